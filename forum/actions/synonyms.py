"""Other names of tags: ask for one, and decide."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.choices import SynonymState
from forum.effects import events, naming, synonyms
from forum.limits import TAG_LENGTH
from forum.models import Person, Tag, TagSynonym
from forum.plaintext import tag_name

IS_TAG = "“{}” is the tag’s own name."
HELD = "“{}” is another name for “{}” already."
ASKED_BY_OTHERS = "Someone has just suggested “{}”. Look at the suggested names."
DECIDED = "This name has already been decided."
WHY = "Say briefly why. The person who suggested it will see this."


@atomic_with_retry
def ask_for_synonym(person: Person, tag: Tag, *, name: str) -> TagSynonym:
    """Ask that `name` be another name of `tag`; asked for or approved before, nothing changes.

    A name that is a tag itself may be asked for: approving it merges that tag. Raises `PermissionDenied`, or
    `ValidationError` for a name that cannot be used or is of another tag.
    """
    tag, name = Tag.objects.select_for_update(no_key=True).get(pk=tag.pk), tag_name(name)
    permissions.require(permissions.can_ask_for_synonym(person, tag, rules.current()))
    if not name or len(name) > TAG_LENGTH:
        raise ValidationError({"name": f"Give a name of up to {TAG_LENGTH} letters and digits."})
    if name == tag.name:
        raise ValidationError({"name": IS_TAG.format(name)})
    held = synonyms.holding(name)
    if held is not None and held.tag_id == tag.pk:
        return held
    if held is not None:
        sentence = HELD if held.state == SynonymState.APPROVED else synonyms.IS_WISHED
        raise ValidationError({"name": sentence.format(name, held.tag.name)})
    try:
        with transaction.atomic():
            asked_by = person if isinstance(person, User) else None
            synonym = TagSynonym.objects.create(name=name, tag=tag, asked_by=asked_by)
    except IntegrityError as error:  # somebody asked for it for another tag, at the same moment
        raise ValidationError({"name": ASKED_BY_OTHERS.format(name)}) from error
    events.record("synonym.asked", actor=person, data={"tag": tag.pk, "synonym": synonym.pk})
    return synonym


@atomic_with_retry
def approve_synonym(actor: Person, synonym: TagSynonym, *, reason: str = "") -> TagSynonym:
    """Let a name that was asked for hold; where a tag has it, that tag is merged into the one it was asked for.

    An approved one stays so. Raises `PermissionDenied`, or `ValidationError` when it was decided otherwise.
    """
    named = Tag.objects.standing().filter(name=synonym.name).first()
    naming.lock(*sorted({synonym.tag_id, *([named.pk] if named else [])}))
    synonym = _locked(synonym)
    permissions.require(permissions.can_approve_synonym(actor, synonym, rules.current()))
    if synonym.state == SynonymState.APPROVED:
        return synonym
    _require(synonym, SynonymState.ASKED)
    assert isinstance(actor, User)  # permissions refuse guests
    if named is None:
        _decide("synonym.approved", actor, synonym, SynonymState.APPROVED, reason)
        return synonym
    name = named.name
    naming.write_log("tag.merged", actor, named, name, reason, naming.merge(named, synonym.tag, actor, reason))
    return _locked(synonym)


@atomic_with_retry
def decline_synonym(actor: Person, synonym: TagSynonym, *, reason: str) -> TagSynonym:
    """Leave the tag without the name that was asked for, and say why; a declined one stays so."""
    return _refuse(actor, synonym, SynonymState.ASKED, SynonymState.DECLINED, reason)


@atomic_with_retry
def remove_synonym(actor: Person, synonym: TagSynonym, *, reason: str) -> TagSynonym:
    """Take an approved name away from its tag, and say why; a removed one stays so."""
    return _refuse(actor, synonym, SynonymState.APPROVED, SynonymState.REMOVED, reason)


def _refuse(actor: Person, synonym: TagSynonym, now: SynonymState, wanted: SynonymState, reason: str) -> TagSynonym:
    synonym = _locked(synonym)
    permissions.require(permissions.can_decide_synonyms(actor, rules.current()))
    if synonym.state == wanted:
        return synonym
    _require(synonym, now)
    if not reason:
        raise ValidationError({"reason": WHY})
    assert isinstance(actor, User)  # permissions refuse guests
    _decide(f"synonym.{wanted}", actor, synonym, wanted, reason)
    return synonym


def _decide(verb: str, actor: User, synonym: TagSynonym, state: SynonymState, reason: str) -> None:
    changes = synonyms.set_state([synonym], state, actor, reason)
    facts = ({"name": synonym.name}, {"synonyms": changes})
    naming.write_log(verb, actor, synonym.tag, synonym.tag.name, reason, facts)


def _locked(synonym: TagSynonym) -> TagSynonym:
    """Return the row while nobody else decides, its tag locked before it."""
    Tag.objects.select_for_update(no_key=True).get(pk=synonym.tag_id)
    return TagSynonym.objects.select_for_update(of=("self",), no_key=True).select_related("tag").get(pk=synonym.pk)


def _require(synonym: TagSynonym, state: SynonymState) -> None:
    if synonym.state != state:
        raise ValidationError(DECIDED, code="decided")
