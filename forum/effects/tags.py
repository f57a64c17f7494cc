"""Give a question its tags, making new ones for those who may."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError

from forum import permissions
from forum.effects import scores, tag_rules
from forum.limits import Rules
from forum.models import Person, Post, Tag, TagSynonym

CHANGED_MEANWHILE = "One of these tags has just been changed. Please check them and send it again."


def set_tags(question: Post, names: Sequence[str], person: Person, now: Rules, *, is_moved: bool = False) -> list[str]:
    """Leave `question` with exactly the tags that `names` mean and `usable` lets through, and return those.

    Raises `ValidationError` for what `check` refuses. Lock the question first.
    """
    wanted = check(question, names, person, now, is_moved=is_moved)
    put(question, wanted)
    return wanted


def check(question: Post, names: Sequence[str], person: Person, now: Rules, *, is_moved: bool = False) -> list[str]:
    """Return the tags that `names` mean; raise `ValidationError` where `question` cannot have them in its topic.

    What it carries already is not asked about again, unless it `is_moved` there with them.
    """
    wanted = usable(names, person, now)
    tag_rules.require_number(wanted, person, now)
    carried = set() if is_moved and not person.is_moderator else _carried(question)
    given = Tag.objects.filter(name__in=[name for name in wanted if name not in carried]).order_by("name")
    tag_rules.require_allowed(given, question.category, person, now)
    tag_rules.require_one_of_topic(wanted, question.category, person)
    return wanted


def fitting(question: Post, names: Sequence[str], person: Person, now: Rules) -> list[str]:
    """Return those of `names` that are still tags and that `person` may give `question`: for texts from before."""
    known = known_tags(names)
    carried = _carried(question)
    given = Tag.objects.filter(name__in=[name for name in known if name not in carried])
    refused = {tag.name for tag in given if not permissions.can_give_tag(person, tag, now)}
    refused |= tag_rules.own_elsewhere(given, question.category).keys()
    return [name for name in known if name not in refused]


def put(question: Post, names: Iterable[str]) -> None:
    """Leave `question` with exactly the tags of these names; one that isn't there is made, one removed comes back."""
    wanted = sorted(set(names))
    standing = Tag.objects.standing()
    new = set(wanted) - set(standing.filter(name__in=wanted).values_list("name", flat=True))
    for name in sorted(new):  # in order, so that two questions with the same new tags never wait for each other
        Tag.objects.get_or_create(name=name, defaults={"slug": name})
    before = Tag.objects.filter(tagged__content_object_id=question.pk).values_list("pk", flat=True)
    ids = {*before, *Tag.objects.filter(name__in=wanted).values_list("pk", flat=True)}
    # Whoever merges or deletes a tag waits here, or this waits for them: no row of theirs is left behind.
    locked = list(Tag.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    Tag.objects.filter(pk__in=[tag.pk for tag in locked if tag.name in new]).update(removed_at=None)
    chosen = [tag for tag in locked if tag.name in wanted and (tag.removed_at is None or tag.name in new)]
    if len(chosen) != len(wanted):
        raise ValidationError({"tags": CHANGED_MEANWHILE})
    question.tags.set(chosen)
    scores.recount_tags(Tag.objects.filter(pk__in=ids))


def resolve(names: Sequence[str]) -> list[str]:
    """Return `names` with the tag in the place of another name of it, each once."""
    approved = TagSynonym.objects.approved().filter(name__in=names, tag__removed_at=None)
    meant = dict(approved.values_list("name", "tag__name"))
    return list(dict.fromkeys(meant.get(name, name) for name in names))


def known_tags(names: Sequence[str]) -> list[str]:
    """Return what `names` mean today, of those that are still tags."""
    standing = Tag.objects.standing().filter(name__in=resolve(names))
    return list(standing.order_by("name").values_list("name", flat=True))


def usable(names: Sequence[str], person: Person, now: Rules) -> list[str]:
    """Return the tags that `names` mean. What is no tag yet is left out unless `person` may make it: a word too many
    in an optional field keeps nobody from posting.
    """
    wanted = resolve(names)
    if permissions.can_create_tag(person, now):
        return wanted
    known = set(Tag.objects.visible_to(person).filter(name__in=wanted).values_list("name", flat=True))
    return [name for name in wanted if name in known]


def _carried(question: Post) -> set[str]:
    return set(question.tags.values_list("name", flat=True))
