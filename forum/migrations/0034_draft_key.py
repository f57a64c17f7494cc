"""Give drafts the number of their writing and the time they began, and take away that there is one per form."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0033_privacy_page_without_note")]

    operations = [
        migrations.AddField("draft", "key", models.UUIDField(null=True)),
        migrations.AddField("draft", "begun_at", models.DateTimeField(null=True)),
        migrations.RemoveConstraint("draft", "draft_one_per_author_and_place"),
        migrations.RemoveConstraint("draft", "draft_one_per_guest_and_place"),
        migrations.RemoveConstraint("draft", "draft_one_question_per_author"),
        migrations.RemoveConstraint("draft", "draft_one_question_per_guest"),
    ]
