"""The head of a tag's page: what it means, what else it is called, who follows it, and what its reader may do."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from forum import permissions
from forum.choices import Followable
from forum.limits import Rules
from forum.models import Person, Tag
from forum.queries.followers import count_followers
from forum.queries.following import mode_of
from forum.queries.tag_panels import TagPanels, get_tag_panels

_LONG_GUIDE = 700  # signs: about ten lines; a longer one opens with a tap, so that the questions stay in sight


@dataclass(frozen=True)
class TagHead:
    """One tag as its page tells of it; `base` is the address below which its texts and acts stand."""

    id: int
    name: str
    base: str
    excerpt: str
    guide: SafeString
    is_guide_long: bool
    also: tuple[str, ...]
    question_count: int
    follower_count: int
    follow_mode: str
    is_reserved: bool
    has_history: bool
    panels: TagPanels
    may_describe: bool
    may_ask_for_name: bool
    may_manage: bool


def get_tag_head(tag: Tag, *, viewer: Person, rules: Rules) -> TagHead:
    """Return the head of `tag`; two queries, one more for a member, and its panels now and then."""
    return TagHead(
        id=tag.pk,
        name=tag.name,
        base=f"/tags/{tag.pk}/",
        excerpt=tag.excerpt,
        guide=mark_safe(tag.guide_html),  # forum/markup/ made it safe
        is_guide_long=len(tag.guide) > _LONG_GUIDE,
        also=tuple(tag.synonyms.approved().order_by("name").values_list("name", flat=True)),
        question_count=tag.question_count,
        follower_count=count_followers(tag),
        follow_mode=mode_of(Followable.TAG, tag.pk, viewer),
        is_reserved=tag.is_reserved,
        has_history=tag.revision_count > 0,
        panels=get_tag_panels(tag, viewer),
        may_describe=bool(permissions.can_describe_tag(viewer, tag, rules)),
        may_ask_for_name=bool(permissions.can_ask_for_synonym(viewer, tag, rules)),
        may_manage=bool(permissions.can_manage_tag(viewer, rules)),
    )
