"""One tap "spam": everything by the account goes, it stays out, the site learns; and all of it comes back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from forum.actions import moderating, reversing, tracing, undoing
from forum.actions.recounting import recount
from forum.choices import CaseKind
from forum.effects import cases
from forum.models import Block, Case, LearnedWord, LogEntry, Post, Suspension
from tests.factories import make_answer, make_guest, make_member
from tests.support.records import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def spammer(db):
    return make_member("pills4u", points=100)


@pytest.fixture
def spam(question, spammer):
    """The second of two answers, from an address."""
    make_answer(question, spammer, body="Cheap calm pills")
    answer = make_answer(question, spammer, body="More cheap calm pills")
    tracing.leave_trace(spammer, "192.0.2.7", "answer", answer)
    return answer


def statuses(author):
    return list(Post.objects.filter(author=author).order_by("pk").values_list("status", flat=True))


def kept_out():
    return sorted(Block.objects.holding().values_list("kind", "value"))


def test_everything_goes_and_the_account_stays_out(mo, spam, spammer):
    reversing.mark_spam(mo, spam)

    assert statuses(spammer) == ["deleted", "deleted"]
    assert User.objects.get(pk=spammer.pk).is_suspended
    assert kept_out() == [("address", "192.0.2.7"), ("email", spammer.email)]
    assert LearnedWord.objects.get(word="").spam_count == 2
    assert recount(check=True) == []


def test_the_log_says_it_once(mo, spam, spammer):
    reversing.mark_spam(mo, spam, reason="Pills")

    entry = LogEntry.objects.select_related("text").get()
    assert (entry.verb, entry.actor, entry.post_id, entry.member) == ("account.undone", mo, spam.pk, spammer)
    assert (entry.text.reason, entry.text.after["posts"], entry.text.after["kind"]) == ("Pills", 2, "spam")


def test_all_of_it_can_be_taken_back(mo, spam, spammer):
    reversing.mark_spam(mo, spam)

    undoing.undo_entry(mo, LogEntry.objects.get())

    assert statuses(spammer) == ["published", "published"]
    assert not User.objects.get(pk=spammer.pk).is_suspended
    assert (kept_out(), list(LearnedWord.objects.exclude(word=""))) == ([], [])
    assert recount(check=True) == []


def test_the_undo_can_be_undone(mo, spam, spammer):
    reversing.mark_spam(mo, spam)
    undoing.undo_entry(mo, LogEntry.objects.get())

    undoing.undo_entry(mo, LogEntry.objects.get(verb="account.restored"))

    assert statuses(spammer) == ["deleted", "deleted"]
    assert User.objects.get(pk=spammer.pk).is_suspended
    assert kept_out() == [("address", "192.0.2.7"), ("email", spammer.email)]
    assert recount(check=True) == []


def test_twice_is_once(mo, spam):
    reversing.mark_spam(mo, spam)
    before = everything()

    assert reversing.mark_spam(mo, spam) is None
    assert everything() == before


def test_of_somebody_trusted_only_the_last_day_goes(mo, bob, question):
    make_answer(question, bob, days_ago=3)
    recent = make_answer(question, bob)

    reversing.mark_spam(mo, recent)

    assert statuses(bob) == ["published", "deleted"]


def test_an_older_post_that_is_marked_goes_along(mo, bob, question):
    older = make_answer(question, bob, days_ago=3)

    reversing.mark_spam(mo, older)

    assert statuses(bob) == ["deleted"]


def test_a_guests_posts_go_and_the_address_stays_out(mo, question):
    guest = make_guest("pills@example.com")
    answer = make_answer(question, guest)
    tracing.leave_trace(guest, "192.0.2.9", "answer", answer)

    reversing.mark_spam(mo, answer)

    assert Post.objects.get(pk=answer.pk).status == "deleted"
    assert kept_out() == [("address", "192.0.2.9"), ("email", "pills@example.com")]
    assert Suspension.objects.count() == 0


def test_the_moderators_own_address_is_never_blocked(mo, spam, spammer):
    reversing.mark_spam(mo, spam, own_address="192.0.2.7")

    assert kept_out() == [("email", spammer.email)]


def test_the_case_is_decided(mo, spam):
    case = cases.open_case(CaseKind.FIRST_POST, post=spam)

    reversing.mark_spam(mo, spam, case_id=case.pk)

    case.refresh_from_db()
    assert (case.closed_by, case.outcome) == (mo, "account.undone")


def test_what_somebody_else_has_decided_is_left(mo, ada, spam):
    case = cases.open_case(CaseKind.FIRST_POST, post=spam)
    moderating.hide_post(ada, spam, case_id=case.pk)
    before = everything()

    with pytest.raises(ValidationError, match="ada has already decided this"):
        reversing.mark_spam(mo, spam, case_id=case.pk)

    assert everything() == before


@pytest.mark.parametrize("who", ["mo", "ada"])
def test_an_anonymous_post_is_never_a_way_to_its_account(request, who, question, spammer):
    answer, actor = make_answer(question, spammer, is_anonymous=True), request.getfixturevalue(who)
    before = everything()

    with pytest.raises(
        PermissionDenied,
        match="This post is anonymous, and acting on the account would reveal its author",
    ):
        reversing.mark_spam(actor, answer)

    assert everything() == before


def test_how_far_it_reaches_is_decided_by_the_points_that_others_see(mo, question):
    member = make_member("lee", points=100)
    older = make_answer(question, member, days_ago=3)
    for _ in range(4):
        make_answer(author=member, is_anonymous=True)  # 40 each, seen by others next month
    assert User.objects.get(pk=member.pk).reputation == 300

    reversing.mark_spam(mo, make_answer(question, member))

    assert Post.objects.get(pk=older.pk).status == "deleted"


def test_old_addresses_are_left_alone(mo, spam, spammer):
    for number in range(8):
        tracing.leave_trace(spammer, f"198.51.100.{number}", "vote")

    reversing.mark_spam(mo, spam)

    expected = [("address", f"198.51.100.{number}") for number in range(3, 8)]
    assert kept_out() == [*expected, ("email", spammer.email)]
    assert Case.objects.open().count() == 0
    assert Block.objects.first().until < timezone.now() + timedelta(days=366)
