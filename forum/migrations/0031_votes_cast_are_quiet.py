"""A line for votes cast is always quiet: it says who has just voted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0030_lines_become_quiet")]

    operations = [
        migrations.AddConstraint(
            "reputationchange",
            models.CheckConstraint(
                condition=~models.Q(reason="vote_cast") | models.Q(is_quiet=True),
                name="reputation_change_is_quiet_for_votes_cast",
            ),
        ),
    ]
