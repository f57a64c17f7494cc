"""Other names of the tags that somebody names in a search, so that whoever lacks our word finds it all the same."""

from collections.abc import Sequence

from django.db.models import Q

from forum.models import Person, Tag, TagSynonym


def synonyms_of(words: Sequence[str], viewer: Person) -> dict[str, tuple[str, ...]]:
    """Return for each written word that names a tag the other names of that tag, from either side; one query.

    Only of tags that `viewer` may know of. A word may be several, as in "panic attack". Names come back as tags are
    written: `panic-attack`.
    """
    written = {word: "-".join(word.lower().split()) for word in words}
    named = set(written.values())
    if not named:
        return {}
    approved = TagSynonym.objects.approved()
    is_meant = Q(tag__name__in=named) | Q(tag__in=approved.filter(name__in=named).values("tag"))
    names: dict[str, set[str]] = {}
    approved = approved.filter(is_meant, tag__in=Tag.objects.visible_to(viewer))
    for tag_name, other in approved.values_list("tag__name", "name"):
        names.setdefault(tag_name, {tag_name}).add(other)
    others = {one: group - {one} for group in names.values() for one in group}
    return {word: tuple(sorted(others[name])) for word, name in written.items() if others.get(name)}
