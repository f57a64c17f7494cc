"""Two members with the same standing: whichever of them acts anonymously, nobody else reads another word or number."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from forum.actions import (
    answering,
    bookmarking,
    claiming,
    editing,
    flagging,
    moderating,
    reversing,
    suggesting,
    telling,
    tidying,
    undoing,
    voting,
)
from forum.actions.recounting import recount
from forum.actions.tracing import leave_trace
from forum.choices import Direction
from forum.models import Guest, LogEntry, Post
from forum.queries.points_curve import get_points_curve
from tests.factories import make_answer, make_category, make_comment, make_guest, make_member, make_question
from tests.support.jobs import run_jobs
from tests.support.twins import differences, read, world

pytestmark = [pytest.mark.exhaustive, pytest.mark.django_db]

HOME = "203.0.113.7"
TWINS = ("Io Twin", "Jo Twin")
FEEDS = ("questions", "activity", "qa", "user/Io Twin", "user/Jo Twin", "tag/nights")
BOOKS = (
    *("forum/reputationchange", "forum/event", "forum/revision", "forum/case", "forum/suggestion", "forum/logentry"),
    *("forum/post", "forum/flag", "forum/mail", "accounts/user", "django_tasks_database/dbtaskresult", "forum/block"),
)
PUBLIC = [
    *(
        "/",
        "/questions/?sort=active",
        "/questions/?sort=votes",
        "/hot/",
        "/activity/",
        "/users/",
        "/users/?sort=newest",
    ),
    *("/tag/nights/", "/tags/", "/can-you-help/", "/search/?q=nights", "/search/?q=user:Io-Twin", "/sitemap.xml"),
    *(f"/user/{name}/{part}" for name in TWINS for part in ("", "questions/", "answers/", "activity/", "points/")),
    *(f"/feed/{name}.rss" for name in FEEDS),
]
OWN = ["/inbox/", "/bookmarks/", "/following/", "/suggestions/", "/reports/", "/messages/"]
TEAM = [
    *("/admin/", "/moderation/", "/moderation/acts/", "/moderation/log/", "/moderation/accounts/"),
    "/moderation/messages/",
    *(f"/moderation/members/{name}/{part}" for name in TWINS for part in ("", "undo/", "merge/")),
    *(f"/admin/{book}/" for book in BOOKS),
    *(f"/admin/forum/{book}/?q={name}" for name in TWINS for book in ("reputationchange", "event", "post", "flag")),
]


class Cast:
    """Everybody of one world."""

    def __init__(self):
        make_category("Sleep")
        self.ann = make_member("Ann", points=500)
        self.bob = make_member("Bob", points=2_500)
        self.mo = make_member("Mo", role=Role.MODERATOR)
        self.ada = make_member("Ada", role=Role.ADMINISTRATOR)
        self.twins = [make_member(name, points=300) for name in TWINS]
        self.guest = make_guest("robin@example.org")


def live_openly(cast):
    """Do what stands under a name, the same in both worlds."""
    asked = make_question(cast.ann, title="How do I sleep through the nights?", tags=["nights"])
    cast.named = [make_answer(asked, twin, body=f"This is what {twin} does at night.") for twin in cast.twins]
    for twin, answer in zip(cast.twins, cast.named, strict=True):
        voting.cast_vote(cast.bob, answer, Direction.UP)
        suggestion = suggesting.suggest_edit(
            twin, asked, title=asked.title, body=f"I wake at four, and {twin} knows.", reason="Clearer"
        )
        suggesting.approve_suggestion(cast.ann, suggestion)
        asked = Post.objects.get(pk=asked.pk)
        leave_trace(twin, HOME, "answer", answer)
    cast.asked = asked
    cast.of_guest = make_question(
        cast.guest, title="May a guest ask about nights?", guest_name="Robin", tags=["nights"]
    )
    cast.to_guest = make_answer(cast.of_guest, cast.twins[0], body="You may, and you are welcome here.")
    answering.accept_answer(cast.guest, cast.to_guest)


def live_unseen(cast, author):
    """Do what has no name on it, as one of the twins."""
    question = make_question(author, title="Whom can I tell about my nights?", tags=["nights"], is_anonymous=True)
    answers = [make_answer(question, twin, body=f"Tell me, says {twin}.") for twin in cast.twins]
    other = make_answer(question, cast.bob, body="Tell anybody who listens.")
    answering.accept_answer(author, answers[0])
    own = make_answer(cast.asked, author, body="I get up and read for an hour.", is_anonymous=True)
    gone = make_answer(question, author, body="I tell nobody at all, sadly.", is_anonymous=True)
    said = make_comment(cast.asked, author, body="So do I, every night of the week.", is_anonymous=True)
    for post, act in ((question, "question"), (own, "answer"), (gone, "answer"), (said, "comment")):
        leave_trace(author, HOME, act, post)
    voting.cast_vote(author, other, Direction.UP)
    leave_trace(author, HOME, "vote", other)
    for voter in (cast.ann, cast.bob, cast.mo):
        voting.cast_vote(voter, own, Direction.UP)
    voting.cast_vote(cast.bob, question, Direction.UP)
    answering.accept_answer(cast.ann, own)
    editing.edit_post(author, own, body="I get up and read for two hours.", reason="Longer")
    editing.withdraw_post(author, gone)
    editing.return_post(author, gone)
    bookmarking.bookmark_post(author, other)
    flagging.flag_post(cast.bob, own, reason="other", text="Is this so?")
    telling.care_for_author(cast.mo, question, text="We are here for you.", reason="Care")
    moderating.hide_post(cast.mo, said, reason="Looked at")
    moderating.show_post(cast.mo, said, reason="Looked at again")
    claiming.claim_posts(author, cast.guest, is_anonymous=True)
    # A vote that is taken back with everything else moves a score that all see: here it is gone before.
    voting.retract_vote(author, other)
    return own


def undo_all(cast):
    """Take back everything by either twin, and for one of them, the same in both worlds, put it back again."""
    for twin in cast.twins:
        reversing.undo_account(cast.mo, twin, since=reversing.beginning_of(twin), reason="A mistake")
    undoing.undo_entry(cast.mo, LogEntry.objects.newest_first().first())


def look(cast, *, most):
    """Return what guests, a stranger, a moderator and an administrator read."""
    posts = [f"/{pk}/" for pk in Post.objects.order_by("pk").values_list("pk", flat=True)]
    texts = [f"/posts/{pk}/revisions/" for pk in Post.objects.order_by("pk").values_list("pk", flat=True)]
    books = [f"/admin/forum/post/{pk}/change/" for pk in Post.objects.order_by("pk").values_list("pk", flat=True)]
    visitors = {
        "guest": (None, PUBLIC + posts),
        "asker": (cast.ann, OWN + posts),
        "stranger": (cast.bob, PUBLIC + OWN + posts + texts),
        "moderator": (cast.mo, PUBLIC + OWN + TEAM + posts + texts + books),
        "administrator": (cast.ada, PUBLIC + TEAM + posts + texts + books),
    }
    return {
        f"{name} {path}": text
        for name, (visitor, start) in visitors.items()
        for path, text in read(visitor, start, most=most).items()
    }


def numbers(cast):
    """Return what others see of the twins' points: total and curve."""
    members = [User.objects.get(pk=twin.pk) for twin in cast.twins]
    return [(member.public_points, get_points_curve(member, Guest()).months[0].total) for member in members]


def live(position, capture, monkeypatch):
    """Return what one world shows: its pages and emails, its numbers after midnight, and after the publication."""
    with world(), monkeypatch.context() as patch:
        cast = Cast()
        with capture(execute=True):
            live_openly(cast)
            own = live_unseen(cast, cast.twins[position])
            undo_all(cast)
        run_jobs()
        pages = look(cast, most=110)
        theirs = {twin.email for twin in cast.twins}
        mails = sorted((sent.to, sent.subject) for sent in mail.outbox if not theirs.intersection(sent.to))
        shown = [numbers(cast)]
        first = (timezone.localtime().replace(day=1) + timedelta(days=32)).replace(day=1, hour=1, minute=0)
        patch.setattr("django.utils.timezone.now", lambda: first)
        voting.retract_vote(cast.bob, own)
        shown.append(numbers(cast))
        tidying.publish_points()
        return pages, mails, shown, numbers(cast), recount(check=True)


def test_nobody_else_can_tell_which_of_two_twins_acted_unseen(django_capture_on_commit_callbacks, monkeypatch):
    (pages, mails, shown, published, wrong), (others, letters, seen, made_public, faults) = (
        live(position, django_capture_on_commit_callbacks, monkeypatch) for position in (0, 1)
    )

    assert differences(pages, others) == {}
    assert (mails, shown) == (letters, seen)
    # Only now the totals may rise, by what the unseen posts brought, the same for either.
    gained = [
        [after - before for (before, _), (after, _) in zip(shown[0], end, strict=True)]
        for end in (published, made_public)
    ]
    assert gained[0][::-1] == gained[1]
    assert (wrong, faults) == ([], [])
