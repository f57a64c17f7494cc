"""What a day leaves behind is tidied away, and nothing else."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.utils import timezone

from accounts.members import close_account
from accounts.models import User
from forum.effects import events
from forum.models import Bundle, Draft, Guest, LimitEntry, Notification, Trace
from tests.factories import make_guest, make_member

LONG = timedelta(days=400)


def _age(row, **fields):
    type(row).objects.filter(pk=row.pk).update(**fields)


def test_tidy_forgets_what_nobody_needs(db, ann, capsys):
    closed = make_member("Closed")
    close_account(closed)
    _age(closed, closed_at=timezone.now() - LONG)
    stranger = make_member("Stranger", points=0)
    EmailAddress.objects.filter(user=stranger).update(verified=False)
    _age(stranger, date_joined=timezone.now() - LONG)
    passer_by = make_guest()
    _age(passer_by, created_at=timezone.now() - LONG)
    draft = Draft.objects.create(author=ann, kind="question")
    _age(draft, updated_at=timezone.now() - LONG)
    LimitEntry.objects.create(key="ask", at=1.0)
    Trace.objects.create(member=ann, address="192.0.2.1", act="vote", created_at=timezone.now() - LONG)
    Trace.objects.create(member=ann, address="192.0.2.2", act="vote", created_at=timezone.now() - LONG / 20)

    for read_at, count in ((timezone.now() - LONG, 1), (timezone.now(), 1), (None, 1), (None, 0)):
        line = Bundle.objects.create(
            recipient=ann,
            kind="voted",
            subject=f"post:{read_at}{count}",
            count=count,
            read_at=read_at,
            latest_at=timezone.now() - LONG,
        )
        Notification.objects.create(
            event=events.record("member.joined", actor=ann), recipient=ann, bundle=line, kind="voted"
        )
    by_mail = events.record("member.joined", actor=ann)
    _age(Notification.objects.create(event=by_mail, recipient=ann, kind="voted"), created_at=timezone.now() - LONG)

    call_command("tidy")

    assert capsys.readouterr().out == (
        "1 closed accounts erased, 1 sign-ups never confirmed, 1 old drafts, 1 spent limits, 0 old reading marks, "
        "1 old traces, "
        "0 uploads that no post uses, 0 pictures of titles, 0 old emails, 2 old inbox items, "
        "0 finished jobs, 0 old view counts, 0 members’ votes undone, 0 posts whose words were learned, "
        "0 totals checked.\n"
    )
    assert list(User.objects.order_by("pk").values_list("username", flat=True)) == ["ann", f"former-member-{closed.pk}"]
    assert [trace.address for trace in Trace.objects.all()] == ["192.0.2.2"]
    assert [line.count for line in Bundle.objects.all()] == [1, 1]
    assert Notification.objects.count() == 2
    assert [Draft.objects.count(), Guest.objects.count(), LimitEntry.objects.count()] == [0, 0, 0]


def test_tidy_leaves_what_is_young_or_confirmed(db, ann, guest):
    confirmed = make_member("Confirmed", points=0)
    _age(confirmed, date_joined=timezone.now() - LONG)
    young = make_member("Young", points=0)
    EmailAddress.objects.filter(user=young).update(verified=False)
    seeded = make_member("Seeded")
    _age(seeded, date_joined=timezone.now() - LONG)
    Draft.objects.create(author=ann, kind="question")

    call_command("tidy", verbosity=0)

    assert User.objects.count() == 4
    assert Draft.objects.count() == 1
    assert Guest.objects.count() == 1
