"""Answer a question; choose the best answer."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.choices import PostKind
from forum.effects import events, guests, measures, notifications, posts, reputation, screening
from forum.models import ContentNote, Person, Post


@atomic_with_retry
def answer_question(
    author: Person,
    question: Post,
    *,
    body: str,
    notes: Iterable[ContentNote] = (),
    is_anonymous: bool = False,
    guest_name: str = "",
    guest_email: str | None = None,
    submission_id: UUID | None = None,
    must_wait: bool = False,
    seconds_open: float | None = None,
) -> Post:
    """Publish an answer by `author`; the same form (`submission_id`) again returns the first one.

    Raises `PermissionDenied`, or `ValidationError` for a text that cannot be used.
    """
    question, now = posts.lock_thread(question.pk), rules.current()
    if earlier := posts.published_before(author, submission_id, body=body):
        return earlier
    permissions.require(permissions.can_answer(author, question, now))
    measures.require_pause(author, question)

    author = guests.keep(author, guest_email)
    answer = posts.write(
        Post(
            kind=PostKind.ANSWER,
            question=question,
            parent=question,
            body=body,
            submission_id=submission_id,
        ),
        author,
        guest_name=guest_name,
        is_anonymous=is_anonymous,
    )
    answer.notes.set(notes)
    waits = screening.admit("answer.posted", answer, author, now, must_wait=must_wait, seconds_open=seconds_open)
    reputation.settle(posts=[answer])
    if not waits:
        posts.touch(question)
    return answer


@atomic_with_retry
def accept_answer(actor: Person, answer: Post) -> Post:
    """Make `answer` the best answer of its question, in place of any other; again changes nothing."""
    answer = posts.lock_thread(answer.pk)
    permissions.require(permissions.can_accept(actor, answer, rules.current()))
    question = answer.question
    assert question is not None  # can_accept refuses anything but an answer
    if question.accepted_answer_id == answer.pk:
        return answer

    if Post.objects.filter(accepted_answer=answer).exists():
        raise ValidationError(
            "Someone whose question was merged into this one has already marked this as their best answer."
        )
    before = question.accepted_answer
    _choose(question, answer)
    events.record("answer.accepted", actor=actor, post=answer)
    if before is not None:
        notifications.review(before)
    _settle(question, before, answer)
    return answer


@atomic_with_retry
def unaccept_answer(actor: Person, answer: Post) -> Post:
    """Leave the question without `answer` as its best answer; again changes nothing."""
    answer = posts.lock_thread(answer.pk)
    permissions.require(permissions.can_accept(actor, answer, rules.current()))
    question = answer.question
    assert question is not None  # can_accept refuses anything but an answer
    if question.accepted_answer_id != answer.pk:
        return answer

    _choose(question, None)
    events.record("answer.unaccepted", actor=actor, post=answer)
    _settle(question, answer)
    return answer


def _choose(question: Post, answer: Post | None) -> None:
    question.accepted_answer = answer
    question.accepted_at = timezone.now() if answer else None
    question.save(update_fields=["accepted_answer", "accepted_at"])


def _settle(question: Post, *answers: Post | None) -> None:
    changed = [answer for answer in answers if answer is not None]
    for answer in changed:
        answer.question = question
    reputation.settle(posts=[question, *changed])
