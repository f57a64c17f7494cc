"""Keep a guest who posts, so that they are known again."""

from forum.effects import events, guest_mails
from forum.models import Guest, Person


def keep(person: Person, email: str | None = None) -> Person:
    """Save `person` when they are a guest, with the address they gave; members are returned as they are.

    An address that is empty now takes away the one there was, so that no more mails come; None was not asked. A new
    address gets the private link.
    """
    if not isinstance(person, Guest):
        return person
    is_new = person.pk is None
    if is_new:
        person = Guest.objects.create(email=email or "")
    elif email is not None and email != person.email:
        person.email = email
        Guest.objects.filter(pk=person.pk).update(email=email)
        is_new = True
    if is_new and person.email:
        guest_mails.queue_private_link(person)
    return person


def forget_address(guest: Guest) -> bool:
    """Forget the address `guest` left, so that no more mails go there; return whether there was one."""
    stopped = Guest.objects.filter(pk=guest.pk).exclude(email="").update(email="")
    if stopped:
        events.record("guest.mails_stopped", actor=guest)
    guest.email = ""
    return bool(stopped)


def remember_address(guest: Guest, email: str) -> bool:
    """Let mails go to `email` again, which `guest` had left; return whether they had been stopped."""
    resumed = Guest.objects.filter(pk=guest.pk, email="").update(email=email)
    if resumed:
        events.record("guest.mails_resumed", actor=guest)
    return bool(resumed)
