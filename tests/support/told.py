"""What people were told, in a form that a test compares."""

from forum.models import Notification


def told(**about):
    """Return what stands, in order of name and kind: who, of which kind, in which line (none: by mail alone), which mail."""
    rows = Notification.objects.standing().filter(**about).select_related("recipient", "bundle")
    return sorted(
        (row.recipient.username, row.kind, row.bundle.subject if row.bundle else "", row.mail_channel) for row in rows
    )
