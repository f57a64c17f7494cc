"""Whether mails about answers come is a choice like every other (forum 0023), so the member keeps none of it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_user_by_beginning"),
        ("forum", "0023_no_mails_about_answers_is_a_choice"),
    ]

    operations = [
        migrations.RemoveField(model_name="user", name="wants_answer_mail"),
    ]
