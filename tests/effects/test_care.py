"""Words of danger in posts: an urgent case in the same transaction, and every moderator told at once."""

from datetime import time

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from accounts.choices import Role
from forum.actions import editing, flagging, recounting, suggesting, undoing, voting
from forum.choices import CaseKind, Direction, Urgency
from forum.models import (
    Bundle,
    CarePhrase,
    Case,
    Flag,
    Follow,
    Guest,
    LogEntry,
    NotificationChoice,
    Post,
    Preferences,
    SiteSettings,
)
from tests.factories import make_answer, make_comment, make_guest, make_member, make_question
from tests.support.jobs import run_jobs

SUBJECT = "Please check the moderation queue now"
SENTENCE = "I want to kill myself tonight, I have the pills ready"
FOUND = [f"Someone may be in danger. It says “{words}”." for words in ("kill myself", "pills ready")]


def urgent():
    """Return what is urgent and open: the post, and the sentences that say why."""
    open_ones = Case.objects.open().filter(kind=CaseKind.REPORT, urgency=Urgency.URGENT).order_by("pk")
    return list(open_ones.values_list("post_id", "details"))


def told():
    """Do what waits, and return whom it was mailed to since this was asked last."""
    run_jobs()
    sent = sorted(address for each in mail.outbox if each.subject == SUBJECT for address in each.to)
    mail.outbox.clear()
    return sent


@pytest.fixture
def team(mo, ada):
    """A moderator and an administrator; helpers are not among them."""
    make_member("hal", role=Role.HELPER)
    return [mo.email, ada.email]


@pytest.mark.parametrize("make", [make_question, lambda author, **words: make_answer(None, author, **words)])
def test_a_post_that_calls_for_care_is_urgent_and_tells_every_moderator(team, ann, make):
    post = make(ann, body=SENTENCE)

    assert urgent() == [(post.pk, FOUND)]
    assert Post.objects.get(pk=post.pk).needs_care is True
    assert told() == sorted(team)


def test_comments_titles_and_guests_are_looked_at_too(team, question):
    comment = make_comment(question, make_guest(), body=SENTENCE)
    asked = make_question(make_guest(), title="I want to end my life")

    assert [pk for pk, _ in urgent()] == [comment.pk, asked.pk]


def test_what_is_told_names_nobody_and_nothing_of_the_post(mo):
    make_question(make_member("zebedee"), title="I want to end my life", body=SENTENCE, is_anonymous=True)
    run_jobs()

    [letter] = mail.outbox
    html = letter.alternatives[0].content
    [line] = Bundle.objects.filter(recipient=mo)
    assert letter.subject == SUBJECT
    assert [word for word in ("end my life", "kill", "pills", "zebedee") if word in (letter.body + html).lower()] == []
    assert f"/moderation/?case={Case.objects.get(kind=CaseKind.REPORT).pk}" in letter.body
    assert (line.kind, line.post_id) == ("urgent", None)


def test_neither_quiet_hours_nor_choices_nor_muting_keep_it_from_a_moderator(mo, question):
    Preferences.objects.create(member=mo, rhythm="never", quiet_from=time(0), quiet_until=time(23, 59, 59))
    NotificationChoice.objects.create(member=mo, kind="urgent", on_site=False, mail="never")
    Follow.objects.create(member=mo, question=question, mode="muted")

    make_answer(question, make_guest(), body=SENTENCE)

    assert (told(), Bundle.objects.filter(recipient=mo, kind="urgent").count()) == ([mo.email], 1)


def test_a_post_that_waits_for_a_moderator_calls_too(mo, sleep):
    SiteSettings.objects.update_or_create(pk=1, defaults={"approval": "guests"})

    post = make_question(make_guest(), body=SENTENCE)

    assert (post.status, urgent(), told()) == ("waiting", [(post.pk, FOUND)], [mo.email])


def test_an_edit_calls_once_and_only_with_new_words(mo, ann):
    post = make_question(ann, body="I cannot sleep at all these days.")
    editing.edit_post(ann, post, body="I want to kill myself.")
    first = told()
    editing.edit_post(ann, post, body=f"{SENTENCE}.")

    assert (first, told(), urgent()) == ([mo.email], [], [(post.pk, FOUND)])


def test_words_that_a_moderator_has_decided_about_call_no_more_and_others_do(mo, ann):
    post = make_question(ann, body="I want to kill myself.")
    told()
    flagging.keep_post(mo, post, reason="We have talked.")
    editing.edit_post(ann, post, body="I want to kill myself. Thank you all.")
    same = (urgent(), told())
    editing.edit_post(ann, post, body=f"{SENTENCE}.")

    assert same == ([], [])
    assert (urgent(), told()) == ([(post.pk, FOUND)], [mo.email])


def test_an_approved_suggestion_is_looked_at(ann, newt):
    post = make_question(ann, body="I cannot sleep at all these days.")
    suggestion = suggesting.suggest_edit(newt, post, body=f"{SENTENCE}.", reason="Her words")

    suggesting.approve_suggestion(ann, suggestion)

    assert urgent() == [(post.pk, FOUND)]


def test_ordinary_sadness_and_phrases_not_in_use_call_nobody(mo, ann):
    CarePhrase.objects.filter(phrase__contains="myself").update(is_active=False)
    make_question(ann, body="I feel so sad that I could kill myself laughing")
    make_question(ann, body="I want to kill myself")

    assert (urgent(), told()) == ([], [])


def test_nothing_is_refused_hidden_or_altered(ann):
    post = make_question(ann, body=SENTENCE)

    stands = Post.objects.get(pk=post.pk)
    assert (stands.status, stands.body, stands.is_being_checked) == ("published", SENTENCE, False)


def test_a_report_of_danger_tells_every_moderator_once(team, ann, bob, newt, question):
    flagging.flag_post(bob, question, reason="danger")
    first = told()
    flagging.flag_post(newt, question, reason="danger")
    flagging.report_danger(Guest(), question)

    assert (first, told(), len(urgent())) == (sorted(team), [], 1)


def test_another_report_does_not_become_urgent_and_leaves_what_is(mo, bob, newt, question):
    flagging.report_danger(Guest(), question, text="She has pills")
    flagging.flag_post(bob, question, reason="spam")
    flagging.settle_flag(mo, Flag.objects.get(), upheld=False, outcome="No.")

    assert urgent() == [
        (
            question.pk,
            ["A guest reported that someone may be in danger. They wrote: “She has pills”"],
        )
    ]


def test_a_guests_report_weighs_and_folds_nothing_and_twice_is_once(mo, question):
    for _ in range(3):
        flagging.report_danger(make_guest(), question)

    stands = Post.objects.get(pk=question.pk)
    assert (Flag.objects.count(), stands.is_being_checked, stands.status, len(urgent()[0][1])) == (
        0,
        False,
        "published",
        1,
    )


def test_nobody_reports_their_own_post_as_danger(ann, question):
    with pytest.raises(PermissionDenied, match="If you are in danger"):
        flagging.report_danger(ann, question)

    assert Case.objects.count() == 0


def test_no_vote_goes_down_until_a_moderator_has_decided_and_one_can_be_taken_back(mo, ann):
    voter, late = make_member(points=5_000), make_member(points=5_000)
    post = make_question(ann)
    voting.cast_vote(voter, post, Direction.DOWN)
    editing.edit_post(ann, post, body=SENTENCE)

    with pytest.raises(PermissionDenied, match="Someone may be having a very hard time"):
        voting.cast_vote(late, post, Direction.DOWN)
    voting.retract_vote(voter, post)
    voting.cast_vote(late, post, Direction.UP)
    scores = [Post.objects.get(pk=post.pk).score]
    flagging.keep_post(mo, post, reason="They are safe.")
    voting.cast_vote(late, post, Direction.DOWN)
    scores.append(Post.objects.get(pk=post.pk).score)
    entry = LogEntry.objects.get(verb="post.kept")
    undoing.undo_entry(mo, entry)

    assert (scores, Post.objects.get(pk=post.pk).needs_care, len(urgent())) == ([1, -1], True, 1)


def test_what_posts_say_of_urgent_cases_is_counted_again(ann, question):
    post = make_question(ann, body=SENTENCE)
    Post.objects.filter(pk=post.pk).update(needs_care=False)
    Post.objects.filter(pk=question.pk).update(needs_care=True)

    found = [sentence for sentence in recounting.recount() if "needs_care" in sentence]

    assert found == [
        f"Post {question.pk}: needs_care was True, its rows say False.",
        f"Post {post.pk}: needs_care was False, its rows say True.",
    ]
    assert recounting.recount(check=True) == []
