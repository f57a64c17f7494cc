"""Whose clock a member lives by, and whether mails to their address come back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_member_under_moderation"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="mail_refused_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="time_zone",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="user",
            name="unread_notifications",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="user",
            name="guidelines_seen_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
