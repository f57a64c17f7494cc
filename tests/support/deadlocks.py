"""Have PostgreSQL break transactions off, as it does in a deadlock, at the moment a test chooses."""

from contextlib import contextmanager

from django.db import connection

DEADLOCK, SERIALIZATION_FAILURE = "40P01", "40001"


@contextmanager
def broken_off(table, *, times, code=DEADLOCK):
    """Let the first `times` rows that are written into `table` end their transaction with PostgreSQL's `code`."""
    with connection.cursor() as cursor:
        # A sequence counts on through whatever is taken back.
        cursor.execute("CREATE SEQUENCE broken_off")
        cursor.execute(
            "CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF nextval('broken_off') <= {times} THEN RAISE EXCEPTION 'deadlock' USING ERRCODE = '{code}'; END IF;"
            " RETURN NEW; END $$"
        )
        cursor.execute(f"CREATE TRIGGER break_off BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION break_off()")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER break_off ON {table}")
            cursor.execute("DROP FUNCTION break_off; DROP SEQUENCE broken_off")
