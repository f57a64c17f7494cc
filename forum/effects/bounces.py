"""What follows when a mail comes back: no more mails to an address that does not exist."""

from django.utils import timezone

from accounts.models import User
from forum.models import Guest, Mail, MailFollow


def bounce(mail: Mail) -> bool:
    """Note that `mail` came back for good and send its reader nothing more; False when that is known already.

    Whoever has another address by now is left alone. Each mail teaches once, so that a report that is read again does
    not undo what its reader said since ("Try again").
    """
    now = timezone.now()
    if not Mail.objects.filter(pk=mail.pk, bounced_at=None).update(bounced_at=now):
        return False
    of_reader = {"email__iexact": mail.address}
    if mail.member_id is not None:
        User.objects.filter(pk=mail.member_id, mail_refused_at=None, **of_reader).update(mail_refused_at=now)
    if mail.guest_id is not None:
        Guest.objects.filter(pk=mail.guest_id, **of_reader).update(email="")
    if mail.mail_follow_id is not None:
        MailFollow.objects.filter(pk=mail.mail_follow_id, stopped_at=None).update(stopped_at=now)
    return True
