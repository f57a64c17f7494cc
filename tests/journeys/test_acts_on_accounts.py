"""Nothing that is done to an account tells moderators or administrators which anonymous posts are its own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from forum.actions import editing, flagging, reversing, undoing, voting
from forum.choices import Direction
from forum.models import LogEntry, Post
from tests.factories import make_answer, make_comment, make_member, make_question

pytestmark = pytest.mark.django_db

_LOOKED_AT = ("status", "score", "up_count", "down_count", "comment_count", "answer_count", "is_being_checked", "hot")
_LISTS = ("/moderation/?kind=all", "/admin/forum/case/")


@pytest.fixture
def posts(ann, bob, sleep):
    """What two members wrote anonymously, in the same words; and what ann votes on and reports."""
    asked = make_question(make_member("zoe", points=500), title="Where do I begin?", category=sleep)
    hidden = []
    for member in (ann, bob):
        own = make_question(member, title="A secret question", category=sleep, is_anonymous=True, tags=["secret"])
        answer = make_answer(asked, member, body="A secret answer", is_anonymous=True)
        hidden += [own, answer, make_comment(asked, member, body="A secret comment", is_anonymous=True)]
    voting.cast_vote(bob, hidden[1], Direction.UP)
    voting.cast_vote(ann, hidden[4], Direction.UP)
    flagging.flag_post(bob, hidden[2], reason="spam")
    named = make_answer(asked, ann, body="Under my name", days_ago=0)
    voting.cast_vote(ann, asked, Direction.UP)
    return hidden, named


@pytest.fixture
def looks(client, signed_in, mo, ada, posts):
    """Return what anybody can see of the anonymous posts, by who looks: their state and their own pages."""
    visitors = {"guest": client, "moderator": signed_in(mo), "administrator": signed_in(ada)}
    hidden = [post.pk for post in posts[0]]

    def look():
        state = list(Post.objects.filter(pk__in=hidden).order_by("pk").values(*_LOOKED_AT))
        pages = {}
        for who, visitor in visitors.items():
            for post in hidden:
                answer = visitor.get(f"/{post}/", follow=True)
                pages[who, post] = (answer.status_code, f'id="a{post}"' in answer.content.decode())
            for path in _LISTS if who != "guest" else ():
                pages[who, path] = visitor.get(path, follow=True).content.decode().count("secret")
        return state, pages

    return look


def _within_the_hour(client, ann):
    client.post(f"/moderation/members/{ann.username}/undo/", {"what": "1", "reason": "A look"})


def _many_at_once(client, ann):
    client.post("/moderation/accounts/undo/", {"members": [ann.pk], "what": "168", "reason": "A look"})


def _as_spam(client, ann):
    client.post(f"/moderation/members/{ann.username}/undo/", {"what": "spam", "reason": "A look"})


def _spam_of_a_post(client, ann):
    named = Post.objects.get(author=ann, body="Under my name")
    client.post(f"/posts/{named.pk}/spam/", {"reason": "A look"})


@pytest.mark.parametrize(
    "who, act", [("mo", _within_the_hour), ("mo", _many_at_once), ("ada", _as_spam), ("ada", _spam_of_a_post)]
)
def test_an_account_is_undone_and_its_anonymous_posts_stay(request, ann, posts, looks, act, who):
    actor, before = request.getfixturevalue(who), looks()

    act(request.getfixturevalue("signed_in")(actor), ann)

    entry = LogEntry.objects.select_related("text").get(verb="account.undone")
    assert Post.objects.get(pk=posts[1].pk).status == "deleted"
    assert {name: entry.text.after[name] for name in ("posts", "votes", "flags")} == {
        "posts": 1,
        "votes": 2,
        "flags": 0,
    }
    votes_taken = looks()
    assert [row["status"] for row in votes_taken[0]] == ["published"] * 6
    assert votes_taken[1] == before[1]

    undoing.undo_entry(actor, entry)

    assert looks() == before


def test_there_is_nothing_to_take_back_from_who_wrote_anonymously_alone(mo, ada, question):
    member = make_member("lee")
    make_answer(question, member, is_anonymous=True)
    since = timezone.now() - timedelta(days=1)

    assert [reversing.undo_account(actor, member, since=since, reason="A look") for actor in (mo, ada)] == [None, None]


def test_what_became_anonymous_since_stays_when_it_is_done_again(mo, question):
    member = make_member("lee", points=500)
    kept, gone = make_answer(question, member), make_answer(author=member)
    reversing.undo_account(mo, member, since=timezone.now() - timedelta(hours=1), reason="A look")
    undoing.undo_entry(mo, LogEntry.objects.get(verb="account.undone"))
    editing.edit_post(User.objects.get(pk=member.pk), kept, body=kept.body, is_anonymous=True)

    undoing.undo_entry(mo, LogEntry.objects.get(verb="account.restored"))

    assert [Post.objects.get(pk=post.pk).status for post in (kept, gone)] == ["published", "deleted"]


def test_the_page_says_what_stays_and_what_to_do_instead(signed_in, mo, ann):
    page = signed_in(mo).get(f"/moderation/members/{ann.username}/undo/").content.decode()

    assert "Their anonymous posts stay, because removing them would show who wrote them." in page
    assert "hide that post" in page
