"""/moderation/accounts/ and what is done with whole accounts."""

import pytest
from django.utils import timezone

from accounts.models import User
from forum.actions import flagging, tracing
from forum.models import LogEntry, Post
from tests.factories import make_answer, make_member, make_question
from tests.support.records import everything

pytestmark = pytest.mark.django_db
LIST, UNDO = "/moderation/accounts/", "/moderation/accounts/undo/"


@pytest.fixture
def spammers(question):
    """Two new accounts with an answer each."""
    found = [make_member(f"pills{number}", points=100) for number in range(2)]
    for spammer in found:
        make_answer(question, spammer, body=f"Cheap pills from {spammer.username}")
    return found


def chosen(*members, what="spam", reason="Advertising"):
    return {"members": [member.pk for member in members], "what": what, "reason": reason}


def test_the_list_says_what_each_did(client, signed_in, mo, ann, question, spammers):
    flagging.flag_post(ann, Post.objects.get(author=spammers[0]), reason="spam")
    for spammer in spammers:
        tracing.leave_trace(spammer, "192.0.2.7", "answer")

    page = signed_in(mo).get(LIST).context["list"]

    rows = {row.byline.name: (row.posts, row.removed, row.reports, row.neighbours) for row in page.page.rows}
    assert rows == {"pills1": (1, 0, 0, 1), "pills0": (1, 0, 1, 1), "ann": (1, 0, 0, 0)}


def test_anonymous_posts_count_nowhere(signed_in, mo, question):
    shy = make_member("shy")
    make_answer(question, shy, is_anonymous=True)

    page = signed_in(mo).get(LIST).context["list"]

    assert {row.byline.name: row.posts for row in page.page.rows}["shy"] == 0


def test_older_accounts_are_not_listed(signed_in, mo, ann):
    User.objects.filter(pk=ann.pk).update(date_joined=timezone.now() - timezone.timedelta(days=8))

    assert signed_in(mo).get(LIST).context["list"].page.rows == ()
    assert len(signed_in(mo).get(LIST + "?days=month").context["list"].page.rows) == 1


@pytest.mark.parametrize("times", [1, 3])
def test_the_list_costs_the_same(django_assert_num_queries, signed_in, mo, question, times):
    for number in range(times):
        make_answer(question, make_member(f"newcomer{chr(97 + number)}"))
    browser = signed_in(mo)
    browser.get(LIST)  # the header's number is kept for a minute

    with django_assert_num_queries(8):
        browser.get(LIST)


def test_the_chosen_accounts_are_undone(signed_in, mo, ann, spammers):
    answer = signed_in(mo).post(UNDO, chosen(*spammers))

    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert set(Post.objects.filter(author__in=spammers).values_list("status", flat=True)) == {"deleted"}
    assert list(LogEntry.objects.values_list("verb", "member")) == [
        ("account.undone", spammer.pk) for spammer in spammers
    ]
    assert all(User.objects.get(pk=spammer.pk).is_suspended for spammer in spammers)
    assert Post.objects.get(author=ann).status == "published"


def test_one_tap_takes_all_of_it_back(signed_in, mo, spammers):
    browser = signed_in(mo)
    browser.post(UNDO, chosen(*spammers))
    numbers = " ".join(str(number) for number in LogEntry.objects.values_list("pk", flat=True))

    browser.post("/moderation/undo/", {"entries": numbers})

    assert set(Post.objects.filter(author__in=spammers).values_list("status", flat=True)) == {"published"}
    assert not any(User.objects.get(pk=spammer.pk).is_suspended for spammer in spammers)


def test_the_last_hour_goes_and_the_account_goes_on(signed_in, mo, spammers):
    signed_in(mo).post(UNDO, chosen(spammers[0], what="1"))

    assert list(Post.objects.filter(author=spammers[0]).values_list("status", flat=True)) == ["deleted"]
    assert not User.objects.get(pk=spammers[0].pk).is_suspended


@pytest.mark.parametrize(
    "data, sentence",
    [
        ({"what": "spam", "reason": "Pills"}, "Choose at least one account."),
        ({"members": ["x"], "what": "spam", "reason": "Pills"}, "Choose at least one account."),
        ({"members": ["1"], "what": "all", "reason": "Pills"}, "Choose how far back."),
        ({"members": ["1"], "what": "spam", "reason": " "}, "Say why, in a sentence."),
        ({"members": [str(n) for n in range(51)], "what": "1", "reason": "Pills"}, "Choose up to 50 at once."),
    ],
)
def test_nonsense_gets_a_sentence(signed_in, mo, spammers, data, sentence):
    browser, before = signed_in(mo), everything()

    answer = browser.post(UNDO, data)

    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert everything() == before


@pytest.mark.parametrize("path", [LIST, "/moderation/members/newt/undo/"])
def test_who_comes_in(client, signed_in, path, newt, ann, mo):
    assert client.get(path).status_code == 302
    assert signed_in(ann).get(path).status_code == 403
    assert signed_in(mo).get(path).status_code == 200


def test_members_undo_nobody(signed_in, ann, spammers):
    browser, before = signed_in(ann), everything()

    assert browser.post(UNDO, chosen(*spammers)).status_code == 403
    assert everything() == before


def test_the_teams_accounts_are_refused_and_the_others_go(signed_in, mo, ada, spammers):
    browser = signed_in(mo)

    answer = browser.post(UNDO, chosen(ada, spammers[0]), follow=True)

    assert "This account belongs to the team. Change its role first." in answer.content.decode()
    assert list(LogEntry.objects.values_list("member", flat=True)) == [spammers[0].pk]


def test_one_account_is_undone_from_its_page(signed_in, mo, spammers):
    answer = signed_in(mo).post("/moderation/members/pills0/undo/", {"what": "24", "reason": "A bad day"})

    assert (answer.status_code, answer["Location"]) == (302, "/moderation/members/pills0/")
    assert LogEntry.objects.get().member == spammers[0]


def test_two_accounts_are_merged_after_a_look(signed_in, ada, ann):
    second = make_member("ann2")
    make_question(second)
    browser, path = signed_in(ada), "/moderation/members/ann2/merge/"
    told = {"into": "Ann", "reason": "She asked"}

    look = browser.post(path, told)
    assert (look.status_code, look.context["preview"].posts, Post.objects.filter(author=second).count()) == (200, 1, 1)

    answer = browser.post(path, told | {"confirmed": "1"})

    assert (answer.status_code, answer["Location"]) == (302, "/moderation/members/ann/")
    assert Post.objects.filter(author=second).count() == 0


@pytest.mark.parametrize("who, status", [("mo", 403), ("ann", 403)])
def test_who_merges_no_accounts(request, signed_in, who, status):
    make_member("ann2")
    browser = signed_in(request.getfixturevalue(who))

    assert browser.get("/moderation/members/ann2/merge/").status_code == status


def test_a_name_that_is_nobodys_gets_a_sentence(signed_in, ada):
    make_member("ann2")

    answer = signed_in(ada).post("/moderation/members/ann2/merge/", {"into": "nobody", "reason": "A try"})

    assert (answer.status_code, "There is no member with that name." in answer.content.decode()) == (422, True)
