"""Who somebody without an account is."""

from django.http import Http404

from forum.models import Guest


def find_guest(guest_id: int | None) -> Guest:
    """Return the guest of that id, or one not yet saved when there is none or a member took their posts over."""
    if guest_id is None:
        return Guest()
    return Guest.objects.filter(pk=guest_id, claimed_by=None).first() or Guest()


def get_mailed_guest_or_404(guest_id: int | None) -> Guest:
    """Return the guest to whom mails went, also once a member has taken their posts over."""
    guest = Guest.objects.filter(pk=guest_id).first() if guest_id else None
    if guest is None:
        raise Http404("This link is incomplete. Copy the whole link from the email.")
    return guest
