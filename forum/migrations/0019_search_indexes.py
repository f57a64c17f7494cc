"""The engines' own indexes of the words: an FTS5 table kept by triggers, or a generated tsvector; the first index goes.

A later migration that makes SQLite rebuild one of the two tables must make its triggers anew.
"""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_NEW = "new.post_id, new.title, new.tags, new.body, new.context"
_OLD = "old.post_id, old.title, old.tags, old.body, old.context"
_INTO = "forum_search_index (rowid, title, tags, body, context)"
_FORGET = (
    f"INSERT INTO forum_search_index (forum_search_index, rowid, title, tags, body, context) VALUES ('delete', {_OLD});"
)
_TELL = f"INSERT INTO {_INTO} VALUES ({_NEW});"
_FORGET_WORD = (
    "INSERT INTO forum_search_spelling (forum_search_spelling, rowid, word) VALUES ('delete', old.id, old.word);"
)
_TELL_WORD = "INSERT INTO forum_search_spelling (rowid, word) VALUES (new.id, new.word);"

MAKE = {
    "sqlite": [
        "DROP TABLE forum_search",
        # The words come ready-made, so that both engines find the same: nothing is left for FTS5 to decide.
        "CREATE VIRTUAL TABLE forum_search_index USING fts5(title, tags, body, context,"
        " content = 'forum_searchentry', content_rowid = 'post_id', tokenize = 'ascii')",
        f"CREATE TRIGGER forum_search_told AFTER INSERT ON forum_searchentry BEGIN {_TELL} END",
        f"CREATE TRIGGER forum_search_forgot AFTER DELETE ON forum_searchentry BEGIN {_FORGET} END",
        "CREATE TRIGGER forum_search_changed AFTER UPDATE OF title, tags, body, context ON forum_searchentry"
        f" BEGIN {_FORGET} {_TELL} END",
        "CREATE VIRTUAL TABLE forum_search_spelling USING fts5(word,"
        " content = 'forum_searchword', content_rowid = 'id', tokenize = 'trigram')",
        f"CREATE TRIGGER forum_spelling_told AFTER INSERT ON forum_searchword BEGIN {_TELL_WORD} END",
        f"CREATE TRIGGER forum_spelling_forgot AFTER DELETE ON forum_searchword BEGIN {_FORGET_WORD} END",
        "CREATE TRIGGER forum_spelling_changed AFTER UPDATE OF word ON forum_searchword"
        f" BEGIN {_FORGET_WORD} {_TELL_WORD} END",
    ],
    "postgresql": [
        "DROP TABLE forum_search",
        "ALTER TABLE forum_searchentry ADD COLUMN document tsvector GENERATED ALWAYS AS ("
        "setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', tags), 'B') ||"
        " setweight(to_tsvector('simple', body), 'C') || setweight(to_tsvector('simple', context), 'D')) STORED",
        "CREATE INDEX forum_searchentry_document ON forum_searchentry USING gin (document)",
        # An index by words knows no weights: asked for titles alone, it would read every text that has the words.
        "ALTER TABLE forum_searchentry ADD COLUMN heading tsvector GENERATED ALWAYS AS ("
        "setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', tags), 'B')) STORED",
        "CREATE INDEX forum_searchentry_heading ON forum_searchentry USING gin (heading) WHERE title <> ''",
        "CREATE INDEX forum_searchword_trigrams ON forum_searchword USING gin (word gin_trgm_ops)",
    ],
}
UNMAKE = {
    "sqlite": [
        *(f"DROP TRIGGER forum_{name}" for name in ("search_told", "search_forgot", "search_changed")),
        *(f"DROP TRIGGER forum_{name}" for name in ("spelling_told", "spelling_forgot", "spelling_changed")),
        "DROP TABLE forum_search_index",
        "DROP TABLE forum_search_spelling",
        'CREATE VIRTUAL TABLE forum_search USING fts5(title, body, tokenize = "unicode61 remove_diacritics 2",'
        " prefix = '2 3')",
    ],
    "postgresql": [
        "DROP INDEX forum_searchword_trigrams",
        "ALTER TABLE forum_searchentry DROP COLUMN document",
        "ALTER TABLE forum_searchentry DROP COLUMN heading",
        "CREATE TABLE forum_search (post_id bigint PRIMARY KEY, document tsvector NOT NULL)",
        "CREATE INDEX forum_search_document ON forum_search USING gin (document)",
    ],
}


def make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
    posts, builds = (apps.get_model("forum", name).objects for name in ("Post", "SearchBuild"))
    if posts.exists():
        builds.create()  # it is open, so that `reindex --if-needed` builds it, whatever people write before that


def unmake(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in UNMAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("forum", "0018_daily_views")]

    operations = [TrigramExtension(), migrations.RunPython(make, unmake)]
