"""Which answer a question has chosen is unique by an index, so that it is no key which PostgreSQL locks."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("forum", "0027_picture_uses_of_texts")]

    operations = [
        migrations.AlterField(
            model_name="post",
            name="accepted_answer",
            field=models.ForeignKey(
                "forum.post", db_index=False, null=True, on_delete=models.PROTECT, related_name="accepted_for"
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                fields=["accepted_answer"],
                condition=Q(accepted_answer__isnull=False),
                name="post_answer_is_chosen_once",
            ),
        ),
    ]
