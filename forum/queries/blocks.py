"""Whether a visitor or an e-mail address is kept out, and the sentence that says until when and whom to ask."""

from datetime import datetime

from forum.dates import day
from forum.limits import FOREVER, Site
from forum.models import Block
from forum.models.blocks import BlockQuerySet


def address_refusal(address: str, site: Site) -> str:
    """Return why nothing can be written from `address` now, or nothing; one query."""
    until = _until(Block.objects.holding().of_address(address))
    if until is None:
        return ""
    return f"No one can post from your network {_ends(until)}. You can still read. {_ask(site)}"


def email_refusal(email: str, site: Site) -> str:
    """Return why `email` cannot be used here now, or nothing; one query."""
    until = _until(Block.objects.holding().of_email(email))
    return f"This address can’t be used here {_ends(until)}. {_ask(site)}" if until else ""


def _until(blocks: BlockQuerySet) -> datetime | None:
    return blocks.order_by("-until").values_list("until", flat=True).first()


def _ends(until: datetime) -> str:
    return f"until {day(until)}" if until.year < FOREVER.year else "for now"


def _ask(site: Site) -> str:
    whom = site.contact_email or "the people who run this site"
    return f"If you think this is a mistake, write to {whom}."
