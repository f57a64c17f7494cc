"""Write what a tag is about: one line and a guide, which everybody with the points improves."""

from django.core.exceptions import ValidationError

from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.effects import events, log, tag_texts
from forum.models import Person, Tag
from forum.plaintext import clean_line, clean_text

CHANGED_MEANWHILE = "Someone changed this text while you were writing. Yours is below; compare and save again."
WHY_BACK = "Say briefly why this version is better."


@atomic_with_retry
def describe_tag(
    person: Person, tag: Tag, *, excerpt: str, guide: str, reason: str = "", base_version: int | None = None
) -> Tag:
    """Save one line and a guide about `tag` as a text of its own; the same words again change nothing.

    `base_version` is the number of the text that `person` has seen. Raises `PermissionDenied`, or `ValidationError`
    when it isn't the latest or the text cannot be used.
    """
    tag = tag_texts.lock(tag)
    permissions.require(permissions.can_describe_tag(person, tag, rules.current()))
    excerpt, guide = clean_line(excerpt), clean_text(guide)
    seen = tag.revision_count
    if (excerpt, guide) != (tag.excerpt, tag.guide) and base_version not in {None, seen}:
        raise ValidationError(CHANGED_MEANWHILE, code="changed_meanwhile")
    _save(person, tag, excerpt, guide, reason)
    return tag


@atomic_with_retry
def roll_back_tag(person: Person, tag: Tag, *, number: int, reason: str = "") -> Tag:
    """Bring text `number` about `tag` back, as a new one; where it says that already, nothing changes."""
    tag = tag_texts.lock(tag)
    permissions.require(permissions.can_describe_tag(person, tag, rules.current()))
    former = tag_texts.get(tag, number)
    if (former.excerpt, former.guide) != (tag.excerpt, tag.guide) and not reason:
        raise ValidationError({"reason": WHY_BACK})
    _save(person, tag, former.excerpt, former.guide, f"Back to version {number}: {reason}")
    return tag


def _save(person: Person, tag: Tag, excerpt: str, guide: str, reason: str) -> None:
    """Save the words; what the team saves stands in the log, by number and never by word."""
    revision = tag_texts.write(tag, excerpt, guide, person, reason=reason)
    if revision is None:
        return
    if not person.is_moderator:
        events.record("tag.edited", actor=person, data={"tag": tag.pk, "text": revision.number})
        return
    log.append(
        "tag.edited",
        actor=person,
        thing=f"tag:{tag.pk}",
        reason=revision.reason,
        before={"text": revision.number - 1},
        after={"text": revision.number},
        names={"thing": tag.name},
        data={"tag": tag.pk, "text": revision.number},
    )
