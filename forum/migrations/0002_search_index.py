"""The search index: an FTS5 table on SQLite, a table of tsvectors on PostgreSQL."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

MAKE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE forum_search USING fts5("
        "title, body, tokenize = \"unicode61 remove_diacritics 2\", prefix = '2 3')",
    ],
    "postgresql": [
        "CREATE TABLE forum_search (post_id bigint PRIMARY KEY, document tsvector NOT NULL)",
        "CREATE INDEX forum_search_document ON forum_search USING gin (document)",
    ],
}


def make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unmake(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("DROP TABLE forum_search")


class Migration(migrations.Migration):
    dependencies = [("forum", "0001_forum")]

    operations = [migrations.RunPython(make, unmake)]
