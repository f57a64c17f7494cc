"""PostgreSQL's index of words learns how new each post is, so that the newest that match are found without the others.

Besides its words each document gets one that names the 8,192 ids its post is among; no word of ours begins with `#`.
SQLite's index walks from the newest post down by itself.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_WORDS = (
    "setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', tags), 'B') ||"
    " setweight(to_tsvector('simple', body), 'C') || setweight(to_tsvector('simple', context), 'D')"
)
_BLOCK = "array_to_tsvector(ARRAY['#' || (post_id / 8192)])"


def with_blocks(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _generate(schema_editor, f"{_WORDS} || {_BLOCK}")


def without_blocks(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _generate(schema_editor, _WORDS)


def _generate(schema_editor: BaseDatabaseSchemaEditor, document: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE forum_searchentry DROP COLUMN document,"
            f" ADD COLUMN document tsvector GENERATED ALWAYS AS ({document}) STORED"
        )
        schema_editor.execute("CREATE INDEX forum_searchentry_document ON forum_searchentry USING gin (document)")
        # The statistics went with the old column, and the next autovacuum may be a while.
        schema_editor.execute("ANALYZE forum_searchentry")


class Migration(migrations.Migration):
    dependencies = [("forum", "0020_pinned_by_kind_and_status")]

    operations = [migrations.RunPython(with_blocks, without_blocks)]
