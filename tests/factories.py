"""Make what a test is about: plain functions with no surprises; every default is legal and dull."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from accounts.names import name_key
from forum.actions import answering, asking, commenting
from forum.choices import ReputationReason, SynonymState
from forum.effects.reputation import Cause, append, recount_totals
from forum.models import Category, ContentNote, Guest, Post, Revision, Tag, TagSynonym

LONG_AGO = datetime(2024, 3, 1, 12, tzinfo=UTC)
_numbers = count(1)


def make_member(name: str = "", *, points: int = 100, role: str = Role.MEMBER, **fields: Any) -> User:
    """A member with `points` in the ledger, a confirmed address and no usable password."""
    name = name or f"member {next(_numbers)}"
    email = fields.pop("email", f"{name.replace(' ', '.')}@example.org")
    member = User(username=name, name_key=name_key(name), email=email, role=role, **fields)
    member.set_unusable_password()
    member.save()
    if member.email:
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    if points:
        append(Cause(member.pk, ReputationReason.OPENING_BALANCE), points, post_id=None, at=LONG_AGO)
    recount_totals([member.pk])
    member.refresh_from_db()
    return member


def make_guest(email: str = "") -> Guest:
    """A guest whose browser is known."""
    return Guest.objects.create(email=email)


def make_category(name: str = "", *, parent: Category | None = None, **fields: Any) -> Category:
    """A topic."""
    name = name or f"Topic {next(_numbers)}"
    slug = fields.pop("slug", name.lower().replace(" ", "-"))
    path = f"{parent.path}/{slug}" if parent else slug
    depth = parent.depth + 1 if parent else 1
    return Category.objects.create(name=name, slug=slug, path=path, parent=parent, depth=depth, **fields)


def make_note(name: str = "Drug use") -> ContentNote:
    """A content note that authors may pick."""
    return ContentNote.objects.create(name=name, slug=name.lower().replace(" ", "-"))


def make_tag(name: str, **fields: Any) -> Tag:
    """A tag."""
    return Tag.objects.create(name=name, slug=name, **fields)


def make_synonym(
    name: str, tag: Tag, *, state: str = SynonymState.APPROVED, asked_by: User | None = None
) -> TagSynonym:
    """Another name of `tag`, approved unless a test says otherwise."""
    decided_at = None if state == SynonymState.ASKED else LONG_AGO
    return TagSynonym.objects.create(name=name, tag=tag, state=state, asked_by=asked_by, decided_at=decided_at)


def make_question(author: User | Guest | None = None, *, days_ago: float | None = None, **fields: Any) -> Post:
    """A question, asked by the action; `tags` are made first, so that anybody may use them."""
    asked = {
        "title": f"How do I sleep better, number {next(_numbers)}?",
        "body": "I wake at four.",
        "category": fields.pop("category", None) or Category.objects.order_by("pk").first() or make_category("Sleep"),
        "tags": fields.pop("tags", []),
        **fields,
    }
    for name in asked["tags"]:
        Tag.objects.get_or_create(name=name, defaults={"slug": name})
    return _at(asking.ask_question(author or make_member(), **asked), days_ago)


def make_answer(
    question: Post | None = None, author: User | Guest | None = None, *, days_ago: float | None = None, **fields: Any
) -> Post:
    """An answer, posted by the action."""
    answered = {"body": "A warm drink, and patience.", **fields}
    answer = answering.answer_question(author or make_member(), question or make_question(), **answered)
    return _at(answer, days_ago)


def make_comment(
    post: Post | None = None, author: User | Guest | None = None, *, days_ago: float | None = None, **fields: Any
) -> Post:
    """A comment, added by the action."""
    said = {"body": "The same here.", **fields}
    return _at(commenting.add_comment(author or make_member(), post or make_question(), **said), days_ago)


def _at(post: Post, days_ago: float | None) -> Post:
    """Return the post as the database has it, moved back in time when a test asks for that.

    Its first text was saved an hour ago, so that an edit right after is a text of its own, as most edits are.
    """
    hour_ago = timezone.now() - timedelta(hours=1)
    Revision.objects.filter(post=post, created_at__gt=hour_ago + timedelta(minutes=30)).update(created_at=hour_ago)
    if days_ago is not None:
        at = timezone.now() - timedelta(days=days_ago)
        Post.objects.filter(pk=post.pk).update(created_at=at, last_activity_at=at)
    return Post.objects.get(pk=post.pk)
