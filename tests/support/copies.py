"""Make many rows at once, where a test is about how many there are."""

from django.db import connection


def make_copies(row, number, **columns):
    """Insert copies of `row` by one statement of PostgreSQL; `columns` differ: SQL in which n counts from 1."""
    kept = [field.column for field in row._meta.concrete_fields if not field.primary_key]
    values = [columns.get(column, f'row."{column}"') for column in kept]
    names = ", ".join(f'"{column}"' for column in kept)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {row._meta.db_table} ({names}) SELECT {', '.join(values)}"
            f" FROM {row._meta.db_table} AS row, generate_series(1, {number}) AS n WHERE row.id = {row.pk}"
        )
