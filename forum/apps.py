"""The forum as Django knows it, and the one place where it listens: to what happens to accounts."""

from typing import Any

from django.apps import AppConfig
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.html import format_html


class ForumConfig(AppConfig):
    """What people do here."""

    name = "forum"
    verbose_name = "Forum"

    def ready(self) -> None:
        """Listen to sign-in (allauth) and to accounts that go for good, so that accounts need not know the forum.

        And let every `__in` take however many ids.
        """
        from allauth.account.signals import email_confirmed, user_logged_in, user_signed_up

        from accounts import lookups
        from accounts.signals import (
            account_closed,
            account_erased,
            account_reopened,
            address_given,
            member_renamed,
            signing_up,
        )

        lookups.register()
        # Not when somebody signs up: only whoever confirmed an address is a member.
        email_confirmed.connect(_welcome, dispatch_uid="forum.welcome")
        email_confirmed.connect(_trust_address, dispatch_uid="forum.trust_address")
        user_logged_in.connect(_bring_along, dispatch_uid="forum.bring_along")
        user_logged_in.connect(_fulfil_wish, dispatch_uid="forum.fulfil_wish")
        signing_up.connect(_admit, dispatch_uid="forum.admit")
        address_given.connect(_admit_address, dispatch_uid="forum.admit_address")
        user_signed_up.connect(_trace, dispatch_uid="forum.trace")
        account_erased.connect(_forget, dispatch_uid="forum.forget")
        for about_name in (account_closed, account_reopened, member_renamed):
            about_name.connect(_relink, dispatch_uid="forum.relink")
        post_migrate.connect(_furnish, sender=self, dispatch_uid="forum.furnish")


def _welcome(email_address: Any, **_: Any) -> None:
    from forum.actions import joining

    joining.welcome_member(email_address.user)


def _trust_address(email_address: Any, **_: Any) -> None:
    """Send mails again to whoever has just shown that they arrive."""
    from forum.actions import mailing

    mailing.trust_address(email_address.user)


def _bring_along(request: Any, user: Any, **_: Any) -> None:
    """Hand over the drafts this browser kept for a guest; say what waits, and that guests' posts can be claimed."""
    from forum.actions import drafting
    from forum.models import Draft, Post
    from forum.views.guest_cookie import guest_of

    guest = guest_of(request)
    if guest.pk is not None:
        drafting.adopt_drafts(user, guest)
        if Post.objects.filter(guest=guest).exists():
            # Never by itself: a shared computer may have had another guest.
            said = '{} <a href="/guest/claim/">Add those posts to your account</a>'
            messages.info(request, format_html(said, "You posted here as a guest."))
    waiting = Draft.objects.filter(author=user).count()
    if waiting:
        words = "A draft is waiting for you." if waiting == 1 else f"{waiting} drafts are waiting for you."
        messages.info(request, format_html('{} <a href="/drafts/">Continue writing</a>', words))


def _fulfil_wish(request: Any, user: Any, response: Any = None, **_: Any) -> None:
    from forum.views import wished

    if response is not None and "Location" in response:
        wished.fulfil(request, user, response)


def _admit(request: Any, **_: Any) -> None:
    """Count one more account of the visitor's address; one too many is refused on the form, with status 429."""
    from forum.actions import limiting
    from forum.models import Guest

    try:
        limiting.spend(Guest(), request.address, "sign_up")
    except limiting.LimitReached as reached:
        request.limit_reached = reached
        raise ValidationError(reached.sentence, code="limit") from reached


def _admit_address(email: str, **_: Any) -> None:
    from forum import rules
    from forum.queries.blocks import email_refusal

    if refusal := email_refusal(email, rules.site()):
        raise ValidationError(refusal, code="blocked")


def _trace(request: Any, user: Any, **_: Any) -> None:
    from forum.actions import tracing

    tracing.leave_trace(user, request.address, "sign_up")


def _forget(member: Any, addresses: Any, **_: Any) -> None:
    from forum.actions import joining

    joining.forget_member(member, addresses)


def _relink(member: Any, **_: Any) -> None:
    from forum.actions import joining

    joining.relink_member(member)


def _furnish(using: str, **_: Any) -> None:
    """Give new tables, and emptied ones, the reasons and replies that every site begins with."""
    from forum.effects import texts

    if "forum_reply" in connections[using].introspection.table_names():
        texts.add_missing()
