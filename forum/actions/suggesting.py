"""Suggest an edit of somebody else's post, and decide about one: approve it, as it is or with changes, or reject it."""

from collections.abc import Sequence
from copy import copy

from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.choices import CaseKind, MessageKind, SuggestionState
from forum.effects import cases, conversations, edits, events, guests, log, picture_uses, posts, screening, suggestions
from forum.effects import tags as tagging
from forum.effects.suggestions import Words
from forum.models import Case, Guest, Person, Post, Suggestion

YOURS = "You can edit this yourself."
SAME = "You haven’t changed anything yet."
DECIDED = "This has already been decided. Nothing was changed."
CHANGED_MEANWHILE = "Someone changed this post while you were writing. Your text is below; compare and send it again."
CHANGED_SINCE = "The post has changed since this was suggested. Look at both changes, then decide."
MEETS = "The same part of the post has changed since. Choose “Approve with changes” to combine the two."
SAYS_SO = "The post already says this, so there’s nothing to approve."
WHY_NOT = "Say briefly why not. The person who suggested it will see this."


@atomic_with_retry
def suggest_edit(
    person: Person,
    post: Post,
    *,
    body: str,
    title: str = "",
    tags: Sequence[str] | None = None,
    reason: str,
    base_version: int | None = None,
) -> Suggestion:
    """Leave one open suggestion of `person` for `post`; another one takes its place, the same one changes nothing.

    Raises `PermissionDenied`, or `ValidationError` when `base_version` isn't the latest or the text cannot be used.
    """
    post, now = posts.lock_thread(post.pk), rules.current()
    permissions.require(permissions.can_suggest(person, post, now))
    if permissions.can_edit(person, post, now):
        raise ValidationError(YOURS)
    stands = suggestions.words_of(post)
    said = Words(
        title if post.is_question and title else post.title,
        body,
        stands.tags if tags is None or not post.is_question else tuple(sorted(tagging.usable(tags, person, now))),
    )
    before = _open_one(person, post)
    if before is not None and (suggestions.suggested_words(before), before.reason) == (said, reason):
        return before
    if base_version is not None and base_version != post.text_version:
        raise ValidationError(CHANGED_MEANWHILE, code="changed_meanwhile")
    if said == stands:
        raise ValidationError(SAME)
    _check(person, post, said)

    person = guests.keep(person)
    suggestion = before or Suggestion(post=post)
    suggestion.member = person if isinstance(person, User) else None
    suggestion.guest = person if isinstance(person, Guest) else None
    suggestion.title, suggestion.body, suggestion.tag_names = said.title, said.body, list(said.tags)
    suggestion.reason, suggestion.base_version = reason, post.text_version
    suggestion.save()
    picture_uses.note(post, body)
    cases.open_case(CaseKind.EDIT, post=post, suggestion=suggestion)
    events.record("edit.suggested", actor=person, post=post, data={"suggestion": suggestion.pk})
    if before is None:
        _tell(post, "Someone suggested an edit to your {}. Approve or reject it: {}.", suggestion)
    return suggestion


@atomic_with_retry
def approve_suggestion(
    actor: Person,
    suggestion: Suggestion,
    *,
    reason: str = "",
    base_version: int | None = None,
    changed: Words | None = None,
) -> Suggestion:
    """Let what was suggested become part of its post; an approved one stays so.

    `base_version` is the text the decider has looked at. What was changed in the post since it was suggested stays;
    where both changed the same words, or the decider wants others, `changed` are the words. Raises `PermissionDenied`,
    or `ValidationError` when it was decided otherwise or the text is another one than the decider has seen.
    """
    post, now = posts.lock_thread(suggestion.post_id), rules.current()
    suggestion = _locked(suggestion)
    permissions.require(permissions.can_decide_edit(actor, post, now))
    permissions.require(permissions.can_edit(actor, post, now))
    if suggestion.state == SuggestionState.APPROVED:
        return suggestion
    _require_open(suggestion)
    words = changed or _merged(post, suggestion, base_version)
    if changed is not None and base_version != post.text_version:
        raise ValidationError(CHANGED_SINCE, code="changed_meanwhile")

    before, is_own = edits.standing(post), permissions.is_author(actor, post)
    has_new_words = edits.set_words(post, words.title, words.body)
    if not edits.set_place(post, actor, None, words.tags, now) and not has_new_words:
        raise ValidationError(SAYS_SO)
    if is_own and has_new_words and posts.must_wait(actor, now):
        edits.wait_again(post, actor)
    editor = actor if changed is not None else suggestion.member or suggestion.guest
    assert editor is not None  # a constraint says that somebody suggested it
    suggestion.revision = edits.save(post, editor, reason=suggestion.reason)
    suggestions.decide(suggestion, SuggestionState.APPROVED, _by(actor, post), reason)
    suggestions.settle(post, suggestion)
    _log("edit.approved", actor, post, suggestion, reason, before)
    return suggestion


@atomic_with_retry
def reject_suggestion(actor: Person, suggestion: Suggestion, *, reason: str) -> Suggestion:
    """Leave the post as it is, and say why; a rejected one stays so."""
    post, now = posts.lock_thread(suggestion.post_id), rules.current()
    suggestion = _locked(suggestion)
    permissions.require(permissions.can_decide_edit(actor, post, now))
    if suggestion.state == SuggestionState.REJECTED:
        return suggestion
    _require_open(suggestion)
    if not reason:
        raise ValidationError({"reason": WHY_NOT})
    suggestions.decide(suggestion, SuggestionState.REJECTED, _by(actor, post), reason)
    _log("edit.rejected", actor, post, suggestion, reason, {})
    return suggestion


@atomic_with_retry
def withdraw_suggestion(person: Person, suggestion: Suggestion) -> Suggestion:
    """Take one's own suggestion back before anybody has decided it; again changes nothing."""
    post = posts.lock_thread(suggestion.post_id)
    suggestion = _locked(suggestion)
    permissions.require(permissions.can_withdraw_suggestion(person, suggestion, rules.current()))
    if suggestion.state == SuggestionState.WITHDRAWN:
        return suggestion
    _require_open(suggestion)
    suggestions.decide(suggestion, SuggestionState.WITHDRAWN, None, "")
    cases.close(Case.objects.filter(suggestion=suggestion), None, "withdrawn")
    events.record("edit.withdrawn", actor=person, post=post, data={"suggestion": suggestion.pk})
    return suggestion


def _open_one(person: Person, post: Post) -> Suggestion | None:
    if person.pk is None:
        return None
    who = {"member": person} if isinstance(person, User) else {"guest": person}
    return Suggestion.objects.open().filter(post=post, **who).first()


def _check(person: Person, post: Post, said: Words) -> None:
    """Refuse now what could not be approved later: a text that cannot be shown, too many links, tags not for them."""
    now, trial = rules.current(), copy(post)
    trial.body = said.body
    posts.set_text(trial)
    screening.limit_links(person, trial.body_html, now, before=post.body_html)
    if said.tags != suggestions.words_of(post).tags:
        tagging.check(post, said.tags, person, now)


def _locked(suggestion: Suggestion) -> Suggestion:
    found = Suggestion.objects.select_for_update(of=("self",), no_key=True).select_related("member", "guest")
    return found.get(pk=suggestion.pk)


def _require_open(suggestion: Suggestion) -> None:
    if suggestion.state != SuggestionState.OPEN:
        raise ValidationError(DECIDED, code="decided")


def _merged(post: Post, suggestion: Suggestion, base_version: int | None) -> Words:
    base, stands = suggestions.base_of(suggestion), suggestions.words_of(post)
    made_from = suggestions.saved_words(base) if base else stands
    if base is not None and base.hidden_at is not None:
        raise ValidationError(edits.IS_HIDDEN)
    has_seen = base_version == post.text_version if base_version is not None else made_from == stands
    if not has_seen:
        raise ValidationError(CHANGED_SINCE, code="changed_meanwhile")
    words = suggestions.merged(made_from, stands, suggestions.suggested_words(suggestion))
    if words is None:
        raise ValidationError(MEETS, code="changed_meanwhile")
    return words


def _by(actor: Person, post: Post) -> User | None:
    """Return who decided, unless that was the author: the row of a suggestion must not name who wrote anonymously."""
    return actor if isinstance(actor, User) and not permissions.is_author(actor, post) else None


def _log(verb: str, actor: Person, post: Post, suggestion: Suggestion, reason: str, before: log.Facts) -> None:
    by = _by(actor, post)
    closed = cases.close(Case.objects.filter(suggestion=suggestion), by, verb)
    decided: log.Facts = {"cases": closed}
    if verb == "edit.approved" and not permissions.is_author(actor, post):
        told = _tell(post, "An edit to your {} was suggested and approved. See it, or undo it: {}.", suggestion)
        decided |= {"message": told} if told else {}
    log.append(
        verb,
        actor=by,
        post=post,
        thing=f"suggestion:{suggestion.pk}",
        reason=reason,
        before={**before, "decided": decided},
        after={**(edits.standing(post) if before else {}), "suggestion": suggestion.pk},
    )


def _tell(post: Post, sentence: str, suggestion: Suggestion) -> int | None:
    text = sentence.format(post.get_kind_display().lower(), f"/suggestions/{suggestion.pk}/")
    message = conversations.tell(post.author, text, kind=MessageKind.NOTICE, actor=None, post=post, told_as=None)
    return message.pk if message else None
