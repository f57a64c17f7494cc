"""Who is told of what: notifications, mails, mentions, blocks among members, what runs by the clock."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_told"),
        ("forum", "0021_search_by_blocks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bundle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("answered", "Somebody answers your question"),
                            ("commented", "Somebody comments on your post"),
                            ("replied", "Somebody comments below a comment of yours"),
                            ("mentioned", "Somebody mentions you"),
                            ("accepted", "Your answer is chosen as the best one"),
                            ("voted", "Your post has helped several people"),
                            ("edited", "Somebody edits your post"),
                            ("suggested", "Somebody suggests an edit of your post"),
                            ("decided", "Your suggested edit was decided"),
                            ("closed", "Your question is closed"),
                            ("reopened", "Your question is open again"),
                            ("reported", "What became of your report"),
                            ("message", "A message from the moderators"),
                            ("points", "You reached a number of points"),
                            ("new_answer", "New answers to questions you follow"),
                            ("new_question", "New posts in topics and tags, and by people you follow"),
                        ],
                        max_length=12,
                    ),
                ),
                ("subject", models.CharField(max_length=40)),
                ("count", models.PositiveIntegerField(default=0)),
                ("latest_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Chore",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("due_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("leased_until", models.DateTimeField(null=True)),
                ("said", models.CharField(blank=True, max_length=500)),
                ("error", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100, unique=True)),
                ("token", models.UUIDField(default=uuid.uuid4, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("account", "Account"),
                            ("notification", "Notification"),
                            ("digest", "Summary"),
                            ("guest", "To a guest"),
                            ("follow", "To somebody who follows by mail"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waits"),
                            ("sent", "Sent"),
                            ("skipped", "Not sent, for a reason"),
                            ("dead", "Given up"),
                        ],
                        default="queued",
                        max_length=7,
                    ),
                ),
                ("address", models.EmailField(max_length=254)),
                ("content", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("leased_until", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, max_length=500)),
                ("bounced_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="MailFollow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254)),
                ("token", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="MemberBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("answered", "Somebody answers your question"),
                            ("commented", "Somebody comments on your post"),
                            ("replied", "Somebody comments below a comment of yours"),
                            ("mentioned", "Somebody mentions you"),
                            ("accepted", "Your answer is chosen as the best one"),
                            ("voted", "Your post has helped several people"),
                            ("edited", "Somebody edits your post"),
                            ("suggested", "Somebody suggests an edit of your post"),
                            ("decided", "Your suggested edit was decided"),
                            ("closed", "Your question is closed"),
                            ("reopened", "Your question is open again"),
                            ("reported", "What became of your report"),
                            ("message", "A message from the moderators"),
                            ("points", "You reached a number of points"),
                            ("new_answer", "New answers to questions you follow"),
                            ("new_question", "New posts in topics and tags, and by people you follow"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "mail_channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "No mail"),
                            ("now", "At once"),
                            ("daily", "In the daily summary"),
                            ("weekly", "In the weekly summary"),
                        ],
                        default="",
                        max_length=6,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="NotificationChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("answered", "Somebody answers your question"),
                            ("commented", "Somebody comments on your post"),
                            ("replied", "Somebody comments below a comment of yours"),
                            ("mentioned", "Somebody mentions you"),
                            ("accepted", "Your answer is chosen as the best one"),
                            ("voted", "Your post has helped several people"),
                            ("edited", "Somebody edits your post"),
                            ("suggested", "Somebody suggests an edit of your post"),
                            ("decided", "Your suggested edit was decided"),
                            ("closed", "Your question is closed"),
                            ("reopened", "Your question is open again"),
                            ("reported", "What became of your report"),
                            ("message", "A message from the moderators"),
                            ("points", "You reached a number of points"),
                            ("new_answer", "New answers to questions you follow"),
                            ("new_question", "New posts in topics and tags, and by people you follow"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on_site", models.BooleanField(default=True)),
                (
                    "mail",
                    models.CharField(
                        choices=[("now", "At once"), ("digest", "In the summary"), ("never", "No mail")],
                        default="digest",
                        max_length=6,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Preferences",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="preferences",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[("daily", "Once a day"), ("weekly", "Once a week"), ("never", "Never")],
                        default="daily",
                        max_length=6,
                    ),
                ),
                ("digest_hour", models.PositiveSmallIntegerField(default=18)),
                ("digested_at", models.DateTimeField(null=True)),
                ("quiet_from", models.TimeField(null=True)),
                ("quiet_until", models.TimeField(null=True)),
                ("takes_mentions", models.BooleanField(default=True)),
                ("muted_words", models.TextField(blank=True, max_length=2000)),
                ("hidden", models.JSONField(default=list)),
                ("shows_sensitive", models.BooleanField(default=False)),
                ("welcomed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="follow",
            name="follow_is_of_one_thing",
        ),
        migrations.AddField(
            model_name="follow",
            name="mode",
            field=models.CharField(
                choices=[
                    ("instant", "A mail at once"),
                    ("daily", "In the daily summary"),
                    ("weekly", "In the weekly summary"),
                    ("site", "On the site only"),
                    ("muted", "Not at all"),
                ],
                default="daily",
                max_length=7,
            ),
        ),
        migrations.AddField(
            model_name="follow",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="followers",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sitesettings",
            name="guidelines_changed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.UniqueConstraint(fields=("member", "person"), name="follow_person_once"),
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("category", None), ("person", None), ("question__isnull", False), ("tag", None)),
                    models.Q(("category__isnull", False), ("person", None), ("question", None), ("tag", None)),
                    models.Q(("category", None), ("person", None), ("question", None), ("tag__isnull", False)),
                    models.Q(("category", None), ("person__isnull", False), ("question", None), ("tag", None)),
                    _connector="OR",
                ),
                name="follow_is_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.CheckConstraint(
                condition=models.Q(("member", models.F("person")), _negated=True), name="follow_is_not_of_oneself"
            ),
        ),
        migrations.AddField(
            model_name="bundle",
            name="latest_event",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="forum.event"
            ),
        ),
        migrations.AddField(
            model_name="bundle",
            name="post",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="bundles", to="forum.post"
            ),
        ),
        migrations.AddField(
            model_name="bundle",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="bundles", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="chore",
            index=models.Index(fields=["due_at"], name="chore_due"),
        ),
        migrations.AddField(
            model_name="mail",
            name="event",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="forum.event"
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="guest",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="mails", to="forum.guest"
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="member",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mails",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mailfollow",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="mail_followers", to="forum.post"
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="mail_follow",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="mails", to="forum.mailfollow"
            ),
        ),
        migrations.AddField(
            model_name="memberblock",
            name="blocked",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="blocks_met", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="memberblock",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="blocks_made", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="forum.post"
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="bundle",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="notifications", to="forum.bundle"
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="notifications", to="forum.event"
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="mail",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="notifications", to="forum.mail"
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="post",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="notifications", to="forum.post"
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="notifications", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="notificationchoice",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notification_choices",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="preferences",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest_hour__lt", 24)), name="preferences_hour_is_of_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="preferences",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quiet_from", None), ("quiet_until", None)),
                    models.Q(("quiet_from__isnull", False), ("quiet_until__isnull", False)),
                    _connector="OR",
                ),
                name="preferences_quiet_hours_begin_and_end",
            ),
        ),
        migrations.AddIndex(
            model_name="bundle",
            index=models.Index(
                condition=models.Q(("count__gt", 0)), fields=["recipient", "-latest_at", "-id"], name="bundle_in_inbox"
            ),
        ),
        migrations.AddIndex(
            model_name="bundle",
            index=models.Index(
                condition=models.Q(("count__gt", 0), ("read_at", None)),
                fields=["recipient", "-latest_at", "-id"],
                name="bundle_unread",
            ),
        ),
        migrations.AddIndex(
            model_name="bundle",
            index=models.Index(
                condition=models.Q(("count__gt", 0)),
                fields=["recipient", "kind", "-latest_at", "-id"],
                name="bundle_by_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="bundle",
            constraint=models.UniqueConstraint(
                condition=models.Q(("read_at", None)),
                fields=("recipient", "kind", "subject"),
                name="bundle_one_unread_per_kind_and_subject",
            ),
        ),
        migrations.AddIndex(
            model_name="mailfollow",
            index=models.Index(
                condition=models.Q(("confirmed_at__isnull", False), ("stopped_at", None)),
                fields=["question"],
                name="mail_follow_standing",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailfollow",
            constraint=models.UniqueConstraint(
                models.F("question"),
                django.db.models.functions.text.Lower("email"),
                name="mail_follow_once_per_address",
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(condition=models.Q(("state", "queued")), fields=["due_at"], name="mail_queued"),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["state", "-id"], name="mail_by_state"),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["member", "-id"], name="mail_by_member"),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                    models.Q(("state", "sent"), _negated=True),
                    _connector="OR",
                ),
                name="mail_sent_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="memberblock",
            constraint=models.UniqueConstraint(fields=("member", "blocked"), name="member_block_one_per_pair"),
        ),
        migrations.AddConstraint(
            model_name="memberblock",
            constraint=models.CheckConstraint(
                condition=models.Q(("member", models.F("blocked")), _negated=True),
                name="member_block_is_of_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.UniqueConstraint(fields=("post", "member"), name="mention_one_per_post_and_member"),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(
                    ("mail", None), ("withdrawn_at", None), models.Q(("mail_channel", ""), _negated=True)
                ),
                fields=["recipient", "mail_channel", "id"],
                name="notification_to_be_mailed",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.UniqueConstraint(
                fields=("event", "recipient"), name="notification_one_per_event_and_recipient"
            ),
        ),
        migrations.AddConstraint(
            model_name="notificationchoice",
            constraint=models.UniqueConstraint(
                fields=("member", "kind"), name="notification_choice_one_per_member_and_kind"
            ),
        ),
    ]
