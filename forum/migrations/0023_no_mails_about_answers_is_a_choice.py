"""Whoever wanted no mails about answers chose so: a row like every other choice."""

from django.db import migrations


def keep_choices(apps, _):
    User = apps.get_model("accounts", "User")
    NotificationChoice = apps.get_model("forum", "NotificationChoice")
    unwilling = User.objects.filter(wants_answer_mail=False, is_active=True).order_by("pk").values_list("pk", flat=True)
    batch = []
    for member_id in unwilling.iterator(chunk_size=1000):
        batch.append(NotificationChoice(member_id=member_id, kind="answered", on_site=True, mail="never"))
        if len(batch) == 1000:
            NotificationChoice.objects.bulk_create(batch, ignore_conflicts=True)
            batch = []
    NotificationChoice.objects.bulk_create(batch, ignore_conflicts=True)


def restore_choices(apps, _):
    User = apps.get_model("accounts", "User")
    NotificationChoice = apps.get_model("forum", "NotificationChoice")
    unwilling = NotificationChoice.objects.filter(kind="answered", mail="never")
    User.objects.filter(pk__in=unwilling.values("member_id")).update(wants_answer_mail=False)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_told"),
        ("forum", "0022_told"),
    ]

    operations = [migrations.RunPython(keep_choices, restore_choices)]
