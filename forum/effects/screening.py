"""Look at a new post before others do: hold a newcomer's first one that looks like spam, and tell the moderators.

Nothing published is ever altered here, and nobody is refused for their words; too many links are a matter of form.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from forum import permissions, plaintext, spam
from forum.choices import CaseKind, PostStatus, Urgency, WatchAction
from forum.effects import care, cases, posts
from forum.effects.spam import learned
from forum.limits import Rules
from forum.models import Person, Post, WatchedWord
from forum.models.posts import own_posts

RECENT_POSTS = 200  # about a week of a busy site, for texts that are sent again and again


@dataclass(frozen=True)
class Screening:
    """What a first look found: whether the post should wait and why, and what moderators asked to be told of."""

    is_first: bool = False
    held_for: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()


def admit(
    verb: str, post: Post, author: Person, now: Rules, *, must_wait: bool = False, seconds_open: float | None = None
) -> bool:
    """Let a new post take its place, seen or waiting, and open the cases it needs; return whether it waits.

    Raises `ValidationError` for more links than a newcomer may give.
    """
    limit_links(author, post.body_html, now)
    found = _screen(post, author, now, seconds_open)
    waits = must_wait or bool(found.held_for) or posts.must_wait(author, now)
    posts.announce(verb, post, author, waits=waits)
    if waits:
        cases.open_case(CaseKind.APPROVAL, post=post, urgency=Urgency.MEDIUM, details=found.held_for)
    elif found.is_first:
        cases.open_case(CaseKind.FIRST_POST, post=post)
    if found.watched:
        cases.open_case(CaseKind.REPORT, post=post, urgency=Urgency.MEDIUM, details=found.watched)
    care.look(post)
    return waits


def limit_links(author: Person, html: str, now: Rules, *, before: str = "") -> None:
    """Raise `ValidationError` when a newcomer's text holds too many links; those of the text `before` may stay."""
    if not permissions.needs_check(author, now):
        return
    count = len(spam.links_in(html, own=settings.SITE_URL))
    most = max(now.newcomer_links_most, len(spam.links_in(before, own=settings.SITE_URL)))
    if count > most:
        who = "from a new member" if author.is_authenticated else "from a guest"
        links = "link" if most == 1 else "links"
        sentence = f"A post {who} can have {most} {links}, to keep out advertising. This one has {count}."
        raise ValidationError({"body": f"{sentence} Keep the ones that help most."}, code="links")


def _screen(post: Post, author: Person, now: Rules, seconds_open: float | None) -> Screening:
    if author.is_moderator:
        return Screening()
    found = _watched(post)
    flagged = tuple(_sentence(word) for word in found if word.action == WatchAction.FLAG)
    if not permissions.needs_check(author, now) or _is_known(author, post):
        return Screening(watched=flagged)
    held = tuple(_sentence(word) for word in found if word.action == WatchAction.HOLD)
    looks = _score(post, author, seconds_open)
    if looks.total >= now.spam_score_to_hold:
        summary = (
            f"It looks like spam: {looks.total} points of {spam.MOST}, and {now.spam_score_to_hold} hold it for review."
        )
        held = (*held, summary, *looks.reasons)
    return Screening(is_first=True, held_for=held, watched=flagged)


def _watched(post: Post) -> list[WatchedWord]:
    """Return the watched words that the post holds, whatever their case and accents."""
    watched = list(WatchedWord.objects.filter(is_active=True).order_by("pk"))
    if not watched:
        return []
    text = _spaced(f"{post.title}\n{plaintext.shown_in(post.body_html)}\n{' '.join(spam.links_in(post.body_html))}")
    return [word for word in watched if (phrase := _spaced(word.phrase)).strip() and phrase in text]


def _spaced(text: str) -> str:
    return f" {' '.join(plaintext.words(text))} "


def _sentence(word: WatchedWord) -> str:
    note = f" {word.note}" if word.note else ""
    return f"It contains the watched words “{word.phrase}”.{note}"


def _is_known(author: Person, post: Post) -> bool:
    """Say whether something else by `author` stands; who has one post held is no better known by a second one."""
    stands = Post.objects.filter(own_posts(author), status=PostStatus.PUBLISHED)
    return stands.exclude(pk=post.pk).exists()


def _score(post: Post, author: Person, seconds_open: float | None) -> spam.Score:
    source = f"{post.title}\n{post.body}"
    facts = spam.Facts(
        source=source,
        beginning=_beginning(post.title, post.excerpt),
        links=spam.links_in(post.body_html, own=settings.SITE_URL),
        recent=list(_recent(post)),
        age=timezone.now() - author.date_joined if isinstance(author, User) else None,
        seconds_open=seconds_open,
        learned=learned(spam.features(source)),
    )
    return spam.score(facts)


def _recent(post: Post) -> Iterable[str]:
    rows = Post.objects.exclude(pk=post.pk).order_by("-pk").values_list("title", "excerpt")[:RECENT_POSTS]
    return (_beginning(title, excerpt) for title, excerpt in rows)


def _beginning(title: str, excerpt: str) -> str:
    return f"{title}\n{excerpt}"
