"""What an owner asks of the tags of a question: how many, which its topic requires, which are kept for others."""

from collections.abc import Collection, Sequence

from django.core.exceptions import ValidationError

from forum import permissions
from forum.limits import Rules
from forum.models import Category, Person, Tag

_NAMED = 5


def required_in(category: Category | None, *, with_reserved: bool) -> list[str]:
    """Return the tags of which a question in `category` carries one, most used first: its own, or those of the nearest
    topic above that has any.
    """
    tags = Tag.objects.standing() if with_reserved else Tag.objects.standing().filter(is_reserved=False)
    nearest = Category.objects.above(category).filter(required_tags__in=tags).order_by("-depth").values("pk")[:1]
    return list(tags.filter(required_in__in=nearest).most_used_first().values_list("name", flat=True))


def require_number(names: Sequence[str], person: Person, now: Rules) -> None:
    """Raise `ValidationError` for too many tags, or too few; moderators may leave them out."""
    if len(names) > now.tags_most:
        raise ValidationError({"tags": f"Use up to {now.tags_most} tags."})
    if len(names) < now.tags_least and not person.is_moderator:
        some = "a tag" if now.tags_least == 1 else f"at least {now.tags_least} tags"
        raise ValidationError({"tags": f"Choose {some}, so that others can find your question."})


def require_one_of_topic(names: Sequence[str], category: Category | None, person: Person) -> None:
    """Raise `ValidationError` where none of `names` is one that the topic requires; moderators may leave it out."""
    if person.is_moderator or category is None:
        return
    required = required_in(category, with_reserved=False)
    if required and not set(required) & set(names):
        listed = ", ".join(f"“{name}”" for name in required[:_NAMED])
        more = ", or another of its tags" if len(required) > _NAMED else ""
        raise ValidationError({"tags": f"Questions in “{category.name}” need one of these: {listed}{more}."})


def require_allowed(tags: Collection[Tag], category: Category | None, person: Person, now: Rules) -> None:
    """Raise `ValidationError` for tags that `person` may not give, and for those that other topics keep."""
    for tag in tags:
        if not (may_give := permissions.can_give_tag(person, tag, now)):
            raise ValidationError({"tags": may_give.reason})
    for name, topics in own_elsewhere(tags, category).items():
        listed = ", ".join(f"“{topic}”" for topic in topics[:_NAMED])
        raise ValidationError({"tags": f"“{name}” is only used in {listed}."})


def own_elsewhere(tags: Collection[Tag], category: Category | None) -> dict[str, list[str]]:
    """Return the names of the topics that keep these tags for themselves, where `category` stands in none of them."""
    ids = {tag.pk: tag.name for tag in tags}
    kept = Category.objects.filter(own_tags__in=ids).order_by("path").values_list("own_tags", "path", "name")
    here = f"{category.path}/" if category else ""
    topics: dict[str, list[tuple[str, str]]] = {}
    for pk, path, name in kept:
        topics.setdefault(ids[pk], []).append((f"{path}/", name))
    return {
        tag_name: [name for _, name in places]
        for tag_name, places in topics.items()
        if not any(here.startswith(path) for path, _ in places)
    }
