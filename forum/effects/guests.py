"""Keep a guest who posts, so that they are known again."""

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
