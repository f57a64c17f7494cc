"""Traces that are there count as quiet by what their post is now; thirty days of them, at most."""

from django.db import migrations

# Both engines read it.
QUIET = """
UPDATE forum_trace SET is_quiet = TRUE
WHERE act = 'vote' OR post_id IN (SELECT id FROM forum_post WHERE is_anonymous)
"""


class Migration(migrations.Migration):
    dependencies = [("forum", "0037_trace_is_quiet")]

    operations = [migrations.RunSQL(QUIET, migrations.RunSQL.noop)]
