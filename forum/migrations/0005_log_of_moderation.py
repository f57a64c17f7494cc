"""The log of moderation: entries that nothing changes or deletes, their words, and where it ends."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# A migration that lets SQLite build one of these tables anew must make its triggers again: they go with the old one.
GUARD = {
    "sqlite": [
        "CREATE TRIGGER forum_log_no_change BEFORE UPDATE ON forum_logentry"
        " BEGIN SELECT RAISE(ABORT, 'The log is append-only.'); END",
        "CREATE TRIGGER forum_log_no_delete BEFORE DELETE ON forum_logentry"
        " BEGIN SELECT RAISE(ABORT, 'The log is append-only.'); END",
        "CREATE TRIGGER forum_log_words_no_delete BEFORE DELETE ON forum_logtext"
        " BEGIN SELECT RAISE(ABORT, 'The log is append-only.'); END",
        "CREATE TRIGGER forum_log_words_no_change BEFORE UPDATE ON forum_logtext"
        " WHEN NEW.erased_at IS NULL OR NEW.entry_id <> OLD.entry_id"
        " BEGIN SELECT RAISE(ABORT, 'The log is append-only.'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION forum_log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'The log is append-only.' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE TRIGGER forum_log_no_change BEFORE UPDATE OR DELETE ON forum_logentry"
        " FOR EACH ROW EXECUTE FUNCTION forum_log_refuse()",
        "CREATE TRIGGER forum_log_words_no_delete BEFORE DELETE ON forum_logtext"
        " FOR EACH ROW EXECUTE FUNCTION forum_log_refuse()",
        "CREATE TRIGGER forum_log_words_no_change BEFORE UPDATE ON forum_logtext FOR EACH ROW"
        " WHEN (NEW.erased_at IS NULL OR NEW.entry_id <> OLD.entry_id) EXECUTE FUNCTION forum_log_refuse()",
    ],
}
UNGUARD = {
    "sqlite": [
        "DROP TRIGGER forum_log_no_change",
        "DROP TRIGGER forum_log_no_delete",
        "DROP TRIGGER forum_log_words_no_delete",
        "DROP TRIGGER forum_log_words_no_change",
    ],
    "postgresql": ["DROP FUNCTION forum_log_refuse() CASCADE"],
}


def guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in GUARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def unguard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in UNGUARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("forum", "0004_flag_and_close_reasons"),
    ]

    operations = [
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("verb", models.CharField(max_length=40)),
                ("thing", models.CharField(blank=True, max_length=40)),
                ("created_at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="log_entries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="log_entries_about",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="log_entries",
                        to="forum.post",
                    ),
                ),
                (
                    "undoes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="forum.logentry",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "log",
            },
        ),
        migrations.CreateModel(
            name="LogText",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="forum.logentry",
                    ),
                ),
                ("salts", models.JSONField(default=dict)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("names", models.JSONField(default=dict)),
                ("erased", models.JSONField(default=dict)),
                ("erased_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="LogHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("hash", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="log_head_is_one_row")],
            },
        ),
        migrations.AddIndex(
            model_name="logentry",
            index=models.Index(fields=["post", "-number"], name="log_by_post"),
        ),
        migrations.AddIndex(
            model_name="logentry",
            index=models.Index(fields=["member", "-number"], name="log_by_member"),
        ),
        migrations.AddIndex(
            model_name="logentry",
            index=models.Index(fields=["actor", "-number"], name="log_by_actor"),
        ),
        migrations.AddIndex(
            model_name="logentry",
            index=models.Index(fields=["verb", "created_at"], name="log_by_verb_and_time"),
        ),
        migrations.RunPython(guard, unguard),
    ]
