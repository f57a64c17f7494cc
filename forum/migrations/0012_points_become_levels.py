"""What an owner set as points for a privilege becomes its level."""

from django.db import migrations

LEVEL_OF = {
    "points_to_skip_checks": "level_to_skip_checks",
    "points_to_vote_down": "level_to_vote_down",
    "points_to_create_tag": "level_to_create_tag",
    "points_to_retag": "level_to_retag",
    "points_to_close": "level_to_vote_to_close",
    "points_to_edit_others": "level_to_edit_others",
}


def to_levels(apps, schema_editor):
    """Move each number; no points at all is what every member has."""
    for row in apps.get_model("forum", "SiteSettings").objects.all():
        moved = {LEVEL_OF[name]: row.numbers.pop(name) for name in LEVEL_OF if name in row.numbers}
        row.levels |= {name: str(points) if int(points) > 0 else "member" for name, points in moved.items()}
        row.save()


def to_points(apps, schema_editor):
    """Move back what is a number."""
    for row in apps.get_model("forum", "SiteSettings").objects.all():
        moved = {name: row.levels.pop(level, "") for name, level in LEVEL_OF.items()}
        row.numbers |= {name: int(level) for name, level in moved.items() if level.isdecimal()}
        row.save()


class Migration(migrations.Migration):
    dependencies = [("forum", "0011_blocks_and_spam")]

    operations = [migrations.RunPython(to_levels, to_points)]
