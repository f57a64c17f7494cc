"""What a suggested edit would make of its post, and the ways back from a decision about one."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from forum import changes, rules
from forum.choices import SuggestionState
from forum.effects import conversations, edits, reputation
from forum.effects.log import Facts, Inverse, Turn
from forum.models import LogEntry, Post, Revision, Suggestion

ANOTHER_OPEN = "The same person has suggested another edit since. Decide that one first."


@dataclass(frozen=True)
class Words:
    """What a post says, and the tags it carries."""

    title: str
    body: str
    tags: tuple[str, ...] = ()


def words_of(post: Post) -> Words:
    """Return what `post` says now."""
    tags = sorted(post.tags.values_list("name", flat=True)) if post.is_question else []
    return Words(post.title, post.body, tuple(tags))


def saved_words(revision: Revision) -> Words:
    """Return what a revision says."""
    return Words(revision.title, revision.body, tuple(sorted(revision.tag_names)))


def suggested_words(suggestion: Suggestion) -> Words:
    """Return what a suggestion says."""
    return Words(suggestion.title, suggestion.body, tuple(sorted(suggestion.tag_names)))


def base_of(suggestion: Suggestion) -> Revision | None:
    """Return the text that a suggestion was made from."""
    texts = Revision.objects.filter(post_id=suggestion.post_id, version__lte=suggestion.base_version)
    return texts.order_by("-number").first()


def made_from(revision: Revision) -> list[Suggestion]:
    """Return the open suggestions that were made from this text."""
    waiting = Suggestion.objects.open().filter(post_id=revision.post_id).order_by("pk")
    return [one for one in waiting if base_of(one) == revision]


def merged(base: Words, current: Words, suggested: Words) -> Words | None:
    """Return the current words with what was suggested; None where both changed the same, and a person decides."""
    title = changes.merged(base.title, current.title, suggested.title)
    body = changes.merged(base.body, current.body, suggested.body)
    tags = changes.merged_names(base.tags, current.tags, suggested.tags)
    if title is None or body is None or len(tags) > rules.current().tags_most:
        return None
    return Words(title, body, tuple(sorted(tags)))


def decide(suggestion: Suggestion, state: SuggestionState, by: User | None, outcome: str) -> None:
    """Give a suggestion its outcome; `by` is None when the author of the post decided, who may be anonymous."""
    suggestion.state, suggestion.outcome = state, outcome
    suggestion.decided_at, suggestion.decided_by = timezone.now(), by
    suggestion.save()


def settle(post: Post, suggestion: Suggestion) -> None:
    """Pay for what was approved on `post`, or take it back; locks the author and whoever suggested, in order."""
    conversations.lock([post.author_id, suggestion.member_id])
    if suggestion.member is not None:
        reputation.settle(edited=[(suggestion.member, post)])


def _reopen(entry: LogEntry, actor: User, reason: str) -> Turn:
    """Let a decided suggestion wait again; the text that an approval gave the post goes with it."""
    post, suggestion = _both(entry)
    if suggestion.state == SuggestionState.OPEN:
        return Turn("edit.reopened", changed=False)
    same = Suggestion.objects.open().filter(post=post, member=suggestion.member_id, guest=suggestion.guest_id)
    if same.exists():
        raise ValidationError(ANOTHER_OPEN)
    before: Facts = {}
    after: Facts = {}
    if entry.verb == "edit.approved":
        before, after = edits.stand_again(post, entry.text.after, entry.text.before, actor, reason)
    suggestion.state, suggestion.outcome = SuggestionState.OPEN, ""
    suggestion.decided_at = suggestion.decided_by = suggestion.revision = None
    suggestion.save()
    settle(post, suggestion)
    return Turn("edit.reopened", before=before, after={**after, "suggestion": suggestion.pk})


def _decide_again(entry: LogEntry, actor: User, reason: str) -> Turn:
    """Decide a reopened suggestion as it had been decided."""
    post, suggestion = _both(entry)
    if suggestion.state != SuggestionState.OPEN or entry.undoes is None:
        return Turn("edit.approved", changed=False)
    outcome = entry.undoes.text.reason
    if entry.undoes.verb == "edit.rejected":
        decide(suggestion, SuggestionState.REJECTED, actor, outcome)
        return Turn("edit.rejected", after={"suggestion": suggestion.pk})
    approved = Revision.objects.filter(post=post, number=entry.text.before["revision"]).first()
    before, after = edits.stand_again(post, entry.text.after, entry.text.before, actor, reason)
    suggestion.revision = approved
    decide(suggestion, SuggestionState.APPROVED, actor, outcome)
    settle(post, suggestion)
    return Turn("edit.approved", before=before, after={**after, "suggestion": suggestion.pk})


def _both(entry: LogEntry) -> tuple[Post, Suggestion]:
    assert entry.post is not None  # the log keeps the post of every entry about one
    found = Suggestion.objects.select_for_update(of=("self",), no_key=True).select_related("member")
    suggestion = found.filter(pk=entry.text.after.get("suggestion", 0)).first()
    if suggestion is None:
        raise ValidationError("This suggestion no longer exists.")
    return entry.post, suggestion


INVERSES: dict[str, Inverse] = {"edit.approved": _reopen, "edit.rejected": _reopen, "edit.reopened": _decide_again}
