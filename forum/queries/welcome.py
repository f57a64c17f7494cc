"""What the first screens show a new member."""

from dataclasses import dataclass

from forum.models import Follow, Page, Person, Preferences
from forum.queries.category_tree import get_category_tree


@dataclass(frozen=True)
class TopicChoice:
    """One topic that can be chosen; `is_followed` where the member has done so already."""

    id: int
    name: str
    icon: str
    is_followed: bool


def is_welcomed(member: Person) -> bool:
    """Say whether the first screens are behind `member`; one query."""
    return Preferences.objects.filter(member=member.pk, welcomed_at__isnull=False).exists()


def get_topic_choices(member: Person, chosen: tuple[str, ...] = ()) -> tuple[TopicChoice, ...]:
    """Return the topics at the top of the tree, `chosen` and followed ones ticked; two queries."""
    followed = set(Follow.objects.filter(member=member.pk, category__isnull=False).values_list("category", flat=True))
    return tuple(
        TopicChoice(root.id, root.name, root.icon, root.id in followed or str(root.id) in chosen)
        for root in get_category_tree().roots
    )


def get_guidelines_html() -> str:
    """Return the owner's guidelines, made by the markup module when they were saved; empty without any."""
    return Page.objects.filter(slug="guidelines").values_list("body_html", flat=True).first() or ""
