"""Lines from before count as they were shown; what an anonymous asker's own best answer did not show is shown soon.

Which name stood on a post when an old line was written is not known, so each counts by what its post is now, as it did
until now. Lines from before this month are published, as they were.
"""

from django.db import migrations
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

_AT_ONCE = 10_000
_POINTS_ACCEPTED = 300  # unless the owner chose another number
_UNSETTLING = ("waiting", "withdrawn", "undone")


def keep_as_shown(apps, schema_editor):
    """Give the lines that are there what the new columns say of them, and start from this month."""
    lines, members = apps.get_model("forum", "ReputationChange").objects, apps.get_model("accounts", "User").objects
    if not lines.exists():
        return
    for some in _parts(lines):
        some.filter(Q(reason="vote_cast") | Q(post__is_anonymous=True)).update(is_quiet=True)
    _show_own_choices(apps)
    boundary = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    apps.get_model("forum", "PointsPublication").objects.get_or_create(boundary=boundary)
    public = lines.filter(Q(is_quiet=False) | Q(created_at__lt=boundary), member=OuterRef("pk")).order_by()
    total = public.values("member").annotate(total=Sum(F("points") + F("points_for_show"))).values("total")
    for some in _parts(members):
        some.update(public_points=Coalesce(Subquery(total), 0))


def _show_own_choices(apps):
    """Show others what they would see had somebody else chosen; quietly, so that no total moves with the upgrade."""
    lines = apps.get_model("forum", "ReputationChange").objects
    settings = apps.get_model("forum", "SiteSettings").objects.filter(pk=1).first()
    points = int((settings.numbers if settings else {}).get("points_accepted", _POINTS_ACCEPTED))
    removed = apps.get_model("forum", "Removal").objects.filter(lifted_at=None, kind__in=_UNSETTLING).values("post")
    shown = lines.exclude(points_for_show=0).values("post")
    own = apps.get_model("forum", "Post").objects.filter(accepted_for__author=F("author"))
    own = own.filter(Q(is_anonymous=True) | Q(accepted_for__is_anonymous=True))
    own = own.exclude(pk__in=removed).exclude(pk__in=shown)
    line = {"points": 0, "points_for_show": points, "is_quiet": True, "reason": "answer_accepted"}
    model, now = lines.model, timezone.now()
    if points:
        lines.bulk_create(
            [
                model(member_id=member_id, post_id=post_id, created_at=now, **line)
                for post_id, member_id in own.order_by("pk").values_list("pk", "author_id")
            ],
            batch_size=_AT_ONCE,
        )


def _parts(rows):
    last = rows.order_by("-pk").values_list("pk", flat=True).first() or 0
    for first in range(0, last + 1, _AT_ONCE):
        yield rows.filter(pk__gte=first, pk__lt=first + _AT_ONCE)


def forget_what_is_for_show(apps, schema_editor):
    """Delete the lines that hold nothing else: the tables before know no such lines."""
    apps.get_model("forum", "ReputationChange").objects.filter(points=0).delete()


class Migration(migrations.Migration):
    dependencies = [("forum", "0029_quiet_lines_of_the_ledger"), ("accounts", "0005_answer_mails_are_a_choice")]

    operations = [migrations.RunPython(keep_as_shown, forget_what_is_for_show)]
