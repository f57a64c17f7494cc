"""Give every post that waits, and everything with open reports, the case by which somebody finds it."""

from typing import Any

from django.db import migrations


def open_cases(apps: Any, schema_editor: Any) -> None:
    """Open one case for each waiting post and each reported post that has none."""
    post, case, flag = (apps.get_model("forum", name) for name in ("Post", "Case", "Flag"))
    open_ones = case.objects.filter(closed_at=None)
    waiting = post.objects.filter(status="waiting").exclude(
        pk__in=open_ones.filter(kind="approval").exclude(post=None).values("post")
    )
    for each in waiting.select_related("question").iterator(500):
        case.objects.create(kind="approval", post=each, category_id=(each.question or each).category_id, urgency=3)
    reported: dict[int, int] = {}
    flags = flag.objects.filter(state="open").exclude(post=None).exclude(post__status="withdrawn")
    flags = flags.exclude(post__in=open_ones.filter(kind="report").exclude(post=None).values("post"))
    for post_id, urgency, is_care in flags.values_list("post", "reason__urgency", "reason__is_care"):
        reported[post_id] = min(reported.get(post_id, 3), 0 if is_care else urgency)
    for each in post.objects.filter(pk__in=reported).select_related("question").iterator(500):
        place = (each.question or each).category_id
        case.objects.create(kind="report", post=each, category_id=place, urgency=reported[each.pk])


class Migration(migrations.Migration):
    """Data alone; the tables are there."""

    dependencies = [("forum", "0012_points_become_levels")]

    operations = [migrations.RunPython(open_cases, migrations.RunPython.noop, elidable=True)]
