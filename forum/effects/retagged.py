"""Which questions of a merged or deleted tag were given other tags since: those are left as they are."""

from django.db.models import QuerySet

from forum.models import Revision, TagChange, TagChangePost


def unchanged(change: TagChange) -> QuerySet[TagChangePost]:
    """Return the questions of `change` whose tags nobody has chosen anew since."""
    rows = TagChangePost.objects.filter(change=change)
    return rows.exclude(post__in=_chosen_anew(change))


def _chosen_anew(change: TagChange) -> list[int]:
    """Compare, of questions that were edited since, the tags they had with those they were left with."""
    edited = TagChangePost.objects.filter(change=change, post__edited_at__gt=change.created_at).values("post")
    had: dict[int, set[str]] = {}
    has: dict[int, set[str]] = {}
    texts = Revision.objects.filter(post__in=edited).order_by("post", "number")
    for post_id, at, names in texts.values_list("post", "created_at", "tag_names"):
        (has if at > change.created_at else had)[post_id] = set(names)
    gone = {change.former_name}
    given = {change.target.name} if change.target else set()
    return [pk for pk, names in has.items() if names - given != had.get(pk, names) - gone - given]
