"""Tell members of something by mail, as the jobs do, and read what the mail says."""

import re
from itertools import count

from forum.choices import MailChannel, MailKind, NotificationKind
from forum.effects import bundles, inboxes
from forum.effects.mail_writers import write
from forum.models import Bundle, Event, Mail, Notification
from tests.support.html import faults_of

_VERBS = {"decided": "edit.approved"}
_numbers = count(1)


def tell(member, kind, post=None, *, actor=None, subject="", channel=MailChannel.NOW, verb="", **data):
    """Tell `member` of one thing, as a line of their inbox."""
    kind = NotificationKind(kind)
    event = Event.objects.create(verb=verb or _VERBS.get(kind, "thing.happened"), actor=actor, post=post, data=data)
    subject = subject or f"post:{post.question_id or post.pk if post else next(_numbers)}"
    bundle, _ = Bundle.objects.get_or_create(
        recipient=member, kind=kind, subject=subject, read_at=None, defaults={"latest_at": event.created_at}
    )
    told = Notification.objects.create(
        event=event, recipient=member, bundle=bundle, kind=kind, post=post, mail_channel=channel
    )
    bundles.recount([bundle.pk])
    inboxes.recount_unread([member.pk])
    return told


def mail_of(*notifications, kind=MailKind.NOTIFICATION):
    """Return the mail, waiting in the queue, that tells of these."""
    member = notifications[0].recipient
    mail = Mail.objects.create(key=f"told:{next(_numbers)}", kind=kind, address=member.email, member=member)
    Notification.objects.filter(pk__in=[each.pk for each in notifications]).update(mail=mail)
    return mail


def letter_about(*notifications):
    """Return what a mail about these says now, or None."""
    return write(mail_of(*notifications))


def links_of(letter, site):
    """Return the paths of this site that a letter links to, in its text and in its HTML."""
    text = re.findall(rf"{re.escape(site)}(/\S*)", letter.text)
    html = re.findall(rf'href="{re.escape(site)}([^"]*)"', letter.html)
    return text, [path.replace("&amp;", "&") for path in html]


def faults_of_mail(letter):
    """Return what is wrong with the HTML of a letter; its styles are inline, as mail programs drop sheets."""
    return [
        fault for fault in faults_of(letter.html) if not fault.startswith("style is inline") and " style=" not in fault
    ]
