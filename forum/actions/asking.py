"""Ask a question."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.choices import Audience, PostKind
from forum.effects import following, guests, posts, reputation, screening
from forum.effects import tags as tagging
from forum.models import Category, ContentNote, Person, Post


@atomic_with_retry
def ask_question(
    author: Person,
    *,
    title: str,
    body: str,
    category: Category,
    tags: Sequence[str],
    intent: str = "",
    notes: Iterable[ContentNote] = (),
    audience: str = Audience.EVERYONE,
    is_anonymous: bool = False,
    guest_name: str = "",
    guest_email: str | None = None,
    submission_id: UUID | None = None,
    follows: Post | None = None,
    must_wait: bool = False,
    seconds_open: float | None = None,
) -> Post:
    """Publish a question by `author`; the same form (`submission_id`) again returns the first one.

    It waits for a moderator when the owner or `must_wait` wants that, or when it is a newcomer's first and looks like
    spam; `seconds_open` says how long they wrote. Raises `PermissionDenied`, or `ValidationError` for tags or a text
    that cannot be used.
    """
    now = rules.current()
    if earlier := posts.published_before(author, submission_id, title=title, body=body):
        return earlier
    permissions.require(permissions.can_ask_in(author, category, now))

    author = guests.keep(author, guest_email)
    question = posts.write(
        Post(
            kind=PostKind.QUESTION,
            title=title,
            body=body,
            category=category,
            intent=intent,
            audience=audience,
            submission_id=submission_id,
            follows=follows,
        ),
        author,
        guest_name=guest_name,
        is_anonymous=is_anonymous,
    )
    question.notes.set(notes)
    names = tagging.set_tags(question, tags, author, now)
    question.revisions.filter(number=1).update(tag_names=sorted(names))
    screening.admit("question.asked", question, author, now, must_wait=must_wait, seconds_open=seconds_open)
    reputation.settle(posts=[question])
    following.follow_own(author, [question])
    return question
