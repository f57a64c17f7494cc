"""How allauth behaves here: names, addresses of visitors, mails, closed accounts."""

from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from qrcode import QRCode

from accounts import known_browsers
from accounts.members import NAME_TAKEN, check_name
from accounts.models import User
from accounts.names import clean_name, name_key, validate_name
from accounts.paths import own_path

# For a connection without an address, as through a socket file: the list of sessions must hold one.
_NOWHERE = "0.0.0.0"  # noqa: S104  nothing listens here

_WRONG = "Wrong name or password. Try again, or choose a new password."


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up, sign-in and mail."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _WRONG,
        "username_password_mismatch": _WRONG,
        "username_taken": NAME_TAKEN,
        "too_many_login_attempts": "Too many attempts. Wait 5 minutes, or choose a new password.",
        "incorrect_code": "That’s not the code we sent. Check the latest email and try again.",
        "incorrect_password": "That’s not your password. Try again.",
        "enter_current_password": "That’s not your password. Try again.",
        "duplicate_email": "That’s already your email address.",
        "same_as_current": "That’s your current address. Enter a different one.",
        "rate_limited": "Too many attempts. Wait a minute and try again.",
    }

    def clean_username(self, username: str, shallow: bool = False) -> str:  # noqa: FBT001, FBT002  allauth's signature
        """Return the name as we keep it; refuse bad, reserved and look-alike names with a sentence."""
        if not shallow:
            return check_name(username)
        name = clean_name(username)
        validate_name(name)
        return name

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """Keep the key that tells look-alike names apart in step with the name."""
        super().populate_username(request, user)
        user.name_key = name_key(user.username)

    def set_password(self, user: User, password: str) -> None:
        """Write the password alone: a whole row would overwrite points that were paid meanwhile."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the visitor's address by the site's own rule (`request.address`), so that all limits agree."""
        address = str(getattr(request, "address", "")).partition("/")[0]
        try:
            return str(ip_address(address))
        except ValueError:
            return _NOWHERE

    def is_safe_url(self, url: str | None) -> bool:
        """Say whether a page may lead back there: a path of this site, judged as everywhere else."""
        return bool(own_path(url))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse a password when many were wrong: for this name from here, or from anywhere but where it is known."""
        super().pre_authenticate(request, **credentials)
        if _known_mark(request, credentials):
            return
        key = super()._get_login_attempts_cache_key(request, **credentials)
        anywhere = ratelimit.consume(request, app="allauth.account", action="login_failed_anywhere", key=key)
        if not anywhere:
            self._rollback_login_failed_rl_usage()
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage.usage += anywhere.usage  # taken back together when the password is right

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count by name and by where it is tried, so that nobody keeps a name out that they know."""
        mark = _known_mark(request, credentials)
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{mark or self.get_client_ip(request)}"

    def get_login_stages(self) -> list[str]:
        """Return the steps of signing in; that an account is closed is told after all that prove whose it is."""
        return [*super().get_login_stages(), "accounts.stages.ReopenStage"]

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Lead whoever is new, and was on the way to nothing else, to the first screens."""
        return str(settings.WELCOME_URL)

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        """Let whoever is new and was in the middle of something go on with it, and tell them of the first screens."""
        response: HttpResponse = super().post_login(request, user, **details)
        known_browsers.remember(request, response, user.pk)
        if details["signup"] and response.headers.get("Location") != settings.WELCOME_URL:
            said = 'Welcome. <a href="{}">Three short steps</a> set things up your way, whenever you like.'
            messages.info(request, format_html(said, settings.WELCOME_URL))
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the page the person came from."""
        return "/settings/sign-in/"

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """Lead back to the settings after a changed address was confirmed."""
        if self.request.user.is_authenticated:
            return "/settings/sign-in/"
        return str(super().get_email_verification_redirect_url(email_address))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put a mail into the queue, ahead of all others: nobody waits for a mail server, and none is lost with it."""
        request = allauth_context.request
        words = {"request": request, "email": email, "current_site": get_current_site(request), **context}
        mail = self.render_mail(template_prefix, email, words | {"site_name": _site_name(request)})
        queue: Callable[..., object] = import_string(settings.MAIL_QUEUE)
        member = context.get("user")
        queue(
            email,
            subject=mail.subject,
            text=mail.body,
            html=mail.alternatives[0][0],
            member=member if isinstance(member, User) and member.pk else None,
        )

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMultiAlternatives:
        """Return the mail as plain text and, from the same words, as simple HTML."""
        words = context | {"code": context.get("code", "")}
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", words).split())
        text = render_to_string(f"{template_prefix}_message.txt", words).strip() + "\n"
        paragraphs = [paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip()]
        html = render_to_string("account/email/mail.html", words | {"subject": subject, "paragraphs": paragraphs})
        to = [email] if isinstance(email, str) else email
        mail = EmailMultiAlternatives(subject, text, self.get_from_email(), to, headers=headers)
        mail.attach_alternative(html, "text/html")
        return mail


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second step of signing in."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code didn’t work. Codes change every 30 seconds: try the latest one.",
        "unverified_email": "Confirm your email address first.",
    }

    def build_totp_svg(self, url: str) -> SafeString:
        """Return the QR code as an SVG element to put into the page: the policy allows no data: pictures."""
        code = QRCode(border=3)
        code.add_data(url)
        code.make(fit=True)
        rows = code.get_matrix()
        path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        return format_html(
            '<svg class="qr" viewBox="0 0 {0} {0}" width="220" height="220" role="img"'
            ' aria-label="QR code for your app" shape-rendering="crispEdges">'
            '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path fill="#000" d="{1}"/></svg>',
            len(rows),
            path,
        )


def _known_mark(request: HttpRequest, credentials: dict[str, Any]) -> str:
    """Return the mark of a browser on which this account has signed in before, or nothing."""
    email, name = credentials.get("email"), credentials.get("username")
    found = User.objects.filter(email__iexact=email) if email else User.objects.filter(name_key=name_key(name or ""))
    member_id = found.values_list("pk", flat=True).first()
    return known_browsers.mark_of(request, member_id) if member_id is not None else ""


def _site_name(request: HttpRequest) -> str:
    site = getattr(request, "site", None)
    return str(site.name) if site is not None else request.get_host()
