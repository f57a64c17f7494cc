"""What the database holds, without what an undone act may leave behind; two snapshots differ in readable lines."""

from collections import Counter

from django.apps import apps
from django.db.models import DateTimeField

from accounts.models import User

# The record itself, and what grows with it.
RECORDS = {
    *("Event", "LogEntry", "LogText", "LogHead", "Revision", "TagRevision"),
    *("Message", "Conversation", "LimitEntry", "Trace"),
}
# A row of these that was lifted, decided or withdrawn again is as good as none.
LIFTED = {
    **dict.fromkeys(
        ("Removal", "Closure", "Measure", "Merge", "Suspension", "Reversal", "AccountMerge", "Block", "MemberNote"),
        "lifted_at",
    ),
    "Case": "closed_at",
    "TagChange": "lifted_at",
    "TagChangePost": "change__lifted_at",
}
COUNTS_OF_TEXTS = {"text_version", "revision_count"}
# A date that holds in the future is no timestamp.
HOLDING = {"until", "locked_until", "suspended_until"}


def snapshot():
    """Return every row that counts, by table and key, its timestamps told as whether they are set."""
    tables = [User, *apps.get_app_config("forum").get_models(include_auto_created=True)]
    found = {
        table.__name__: {row["pk"]: row for row in map(plain(table), rows_of(table))}
        for table in tables
        if not table._meta.proxy and table.__name__ not in {*RECORDS, "ReputationChange"}
    }
    return {**found, "ReputationChange": ledger(), "Search": searched()}


def differences(before, after):
    """Return what differs, a line each: `Post 3: status was 'published', is 'hidden'`."""
    lines = []
    for table in before:
        for key in sorted({*before[table], *after[table]}, key=str):
            was, now = before[table].get(key), after[table].get(key)
            if was is None or now is None:
                lines.append(f"{table} {key} {'is new' if was is None else 'is gone'}: {now or was}")
                continue
            lines += [
                f"{table} {key}: {name} was {was[name]!r}, is {now[name]!r}" for name in was if was[name] != now[name]
            ]
    return lines


def rows_of(table):
    """Return the rows of a table that hold."""
    column = LIFTED.get(table.__name__)
    rows = table._base_manager.order_by("pk")
    if table.__name__ == "TagSynonym":
        rows = rows.filter(state__in=("asked", "approved"))
    return rows.filter(**{column: None}).values() if column else rows.values()


def plain(table):
    """Return what makes a row comparable: timestamps as whether they are set, join tables by their pair."""
    clocks = {
        field.attname
        for field in table._meta.concrete_fields
        if isinstance(field, DateTimeField) and field.name not in HOLDING
    }

    def row(values):
        told = {name: value is not None if name in clocks else value for name, value in values.items()}
        told = {name: value for name, value in told.items() if name not in COUNTS_OF_TEXTS}
        if table._meta.auto_created or table.__name__ == "TaggedPost":
            told.pop("id")
            return {"pk": tuple(told.values()), **told}
        return {"pk": values[table._meta.pk.attname], **told}

    return row


def ledger():
    """Return what each cause has paid each member; pairs that cancel leave nothing."""
    table = apps.get_model("forum", "ReputationChange")
    sums = Counter()
    for member, reason, post, day, points in table.objects.values_list("member", "reason", "post", "day", "points"):
        sums[member, reason, day or post] += points  # votes cast are paid by the day, whatever post the line names
    return {key: {"points": points} for key, points in sums.items() if points}


def searched():
    """Return what the search index holds."""
    rows = apps.get_model("forum", "SearchEntry").objects.values_list("pk", "title", "tags", "body", "context")
    return {key: {"words": words} for key, *words in rows}
