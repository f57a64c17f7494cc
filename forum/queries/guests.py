"""Who somebody without an account is."""

from forum.models import Guest


def find_guest(guest_id: int | None) -> Guest:
    """Return the guest of that id, or one not yet saved when there is none or a member took their posts over."""
    if guest_id is None:
        return Guest()
    return Guest.objects.filter(pk=guest_id, claimed_by=None).first() or Guest()
