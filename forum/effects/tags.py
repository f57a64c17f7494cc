"""Give a question its tags, making new ones for those who may."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from forum import permissions
from forum.effects import scores
from forum.limits import TAGS_MOST, Rules
from forum.models import Person, Post, Tag


def set_tags(question: Post, names: Sequence[str], person: Person, now: Rules) -> list[str]:
    """Leave `question` with exactly `names`; raise `ValidationError` for too many, or new ones without the points."""
    wanted = list(dict.fromkeys(names))
    if len(wanted) > TAGS_MOST:
        raise ValidationError({"tags": f"Up to {TAGS_MOST} tags, please."})
    new = new_among(wanted, person, now)
    before = list(Tag.objects.filter(tagged__content_object_id=question.pk))
    for name in sorted(new):  # in order, so that two questions with the same new tags never wait for each other
        Tag.objects.get_or_create(name=name, defaults={"slug": name})
    question.tags.set(wanted)
    scores.recount_tags({*before, *Tag.objects.filter(name__in=wanted)})
    return wanted


def new_among(names: Sequence[str], person: Person, now: Rules) -> list[str]:
    """Return those of `names` that are no tags yet; raise `ValidationError` unless `person` may make them."""
    known = set(Tag.objects.filter(name__in=names).values_list("name", flat=True))
    new = [name for name in names if name not in known]
    may_create = permissions.can_create_tag(person, now)
    if new and not may_create:
        listed = ", ".join(f"“{name}”" for name in new)
        raise ValidationError({"tags": f"{listed}: no such tag yet. {may_create.reason}"})
    return new
