"""Keep a guest who posts, so that they are known again."""

from forum.effects import events
from forum.models import Guest, Person


def keep(person: Person, email: str | None = None) -> Person:
    """Save `person` when they are a guest, with the address they gave; members are returned as they are.

    An address that is empty now takes away the one there was, so that no more mails come; None was not asked.
    """
    if not isinstance(person, Guest):
        return person
    if person.pk is None:
        return Guest.objects.create(email=email or "")
    if email is not None and email != person.email:
        person.email = email
        Guest.objects.filter(pk=person.pk).update(email=email)
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
