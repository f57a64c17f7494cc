"""Write what a tag is about, keep each text, and bring an earlier one back."""

from django.core.exceptions import ValidationError

from accounts.models import User
from forum import markup
from forum.effects import picture_uses
from forum.effects.log import Inverse, Turn
from forum.limits import REASON_LENGTH, TAG_EXCERPT_LENGTH, TAG_GUIDE_LENGTH
from forum.models import LogEntry, Person, Tag, TagRevision

CHANGED_SINCE = "It has changed since. Look at it as it is now and decide what should apply."


def lock(tag: Tag) -> Tag:
    """Lock and return the tag."""
    return Tag.objects.select_for_update(no_key=True).get(pk=tag.pk)


def write(tag: Tag, excerpt: str, guide: str, editor: Person, *, reason: str = "") -> TagRevision | None:
    """Let `tag` say this, as a text of its own; None when it says so already. Lock the tag first.

    What stood there before anybody had kept a text becomes the first one.
    """
    if (excerpt, guide) == (tag.excerpt, tag.guide):
        return None
    if tag.revision_count == 0 and (tag.excerpt or tag.guide):
        _keep(tag, None, "As it was before")
    tag.excerpt, tag.guide = excerpt, guide
    render(tag)
    revision = _keep(tag, editor if isinstance(editor, User) else None, reason)
    tag.save(update_fields=["excerpt", "guide", "guide_html", "markup_version", "revision_count"])
    picture_uses.note(tag, guide, tag.guide_html)
    return revision


def render(tag: Tag) -> None:
    """Set the HTML of the tag's guide, for the caller to save; raise `ValidationError` for a text that is refused."""
    if len(tag.excerpt) > TAG_EXCERPT_LENGTH:
        raise ValidationError({"excerpt": f"Use up to {TAG_EXCERPT_LENGTH} characters."})
    if len(tag.guide) > TAG_GUIDE_LENGTH:
        raise ValidationError({"guide": f"Use up to {TAG_GUIDE_LENGTH:,} characters."})
    try:
        tag.guide_html = markup.render(tag.guide) if tag.guide else ""
    except markup.TextRefused as refusal:
        raise ValidationError({"guide": str(refusal)}) from refusal
    tag.markup_version = markup.MARKUP_VERSION


def get(tag: Tag, number: int) -> TagRevision:
    """Return one text of `tag`; 0 is none. Raise `ValidationError` when there is no such number."""
    if number == 0:
        return TagRevision(tag=tag, number=0)
    revision = TagRevision.objects.filter(tag=tag, number=number).first()
    if revision is None:
        raise ValidationError("This tag has no such version.")
    return revision


def _keep(tag: Tag, editor: User | None, reason: str) -> TagRevision:
    tag.revision_count += 1
    return TagRevision.objects.create(
        tag=tag,
        number=tag.revision_count,
        excerpt=tag.excerpt,
        guide=tag.guide,
        editor=editor,
        reason=reason[:REASON_LENGTH],
    )


def _describe_back(entry: LogEntry, actor: User, reason: str) -> Turn:
    """Leave the tag with the words it had before `entry`."""
    tag = Tag.objects.select_for_update(no_key=True).filter(pk=int(entry.thing.partition(":")[2])).first()
    if tag is None:
        raise ValidationError("It no longer exists.")
    before, after = (_words(tag, facts) for facts in (entry.text.before, entry.text.after))
    if (tag.excerpt, tag.guide) == before:
        return Turn("tag.edited", changed=False)
    if (tag.excerpt, tag.guide) != after:
        raise ValidationError(CHANGED_SINCE)
    number = tag.revision_count
    write(tag, *before, actor, reason=reason)
    return Turn("tag.edited", before={"text": number}, after={"text": tag.revision_count})


def _words(tag: Tag, facts: dict[str, object]) -> tuple[str, str]:
    """Return what a tag said; acts of before there were guides keep the one line itself."""
    if "text" not in facts:
        return str(facts["excerpt"]), tag.guide
    text = get(tag, int(str(facts["text"])))
    return text.excerpt, text.guide


INVERSES: dict[str, Inverse] = {"tag.edited": _describe_back}
