"""The triggers that keep the log from being changed: taken away for a moment, as somebody with SQL could do it."""

from contextlib import contextmanager

from django.db import connection
from django.db.backends.sqlite3.base import DatabaseOperations


@contextmanager
def no_guards():
    """Let SQL change and delete what stands in the log."""
    if connection.vendor == "postgresql":
        tables = ("forum_logentry", "forum_logtext")
        off, on = ([f"ALTER TABLE {table} {how} TRIGGER USER" for table in tables] for how in ("DISABLE", "ENABLE"))
        off, on = (["SET CONSTRAINTS ALL IMMEDIATE", *each, "SET CONSTRAINTS ALL DEFERRED"] for each in (off, on))
    else:
        off, on = triggers_of(connection)
    run(off)
    yield
    run(on)


def run(statements):
    """Run SQL as it is."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def triggers_of(database):
    """Return the statements that drop SQLite's triggers, and those that make them again."""
    with database.cursor() as cursor:
        found = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name").fetchall()
    return [f"DROP TRIGGER {name}" for name, _ in found], [sql for _, sql in found]


@contextmanager
def flushes_between_tests():
    """Let Django empty the tables of SQLite after a test with transactions of its own, which our triggers refuse."""
    own = DatabaseOperations.sql_flush

    def sql_flush(self, *args, **options):
        off, on = triggers_of(self.connection)
        return [*off, *own(self, *args, **options), *on]

    DatabaseOperations.sql_flush = sql_flush
    yield
    DatabaseOperations.sql_flush = own
