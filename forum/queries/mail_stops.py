"""The pages behind the links in mails: what they stop, what they confirm."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from forum.choices import MailKind, NotificationKind, Stop
from forum.models import Guest, Mail, MailFollow, Post

_CUT_SHORT = "This link is incomplete. Copy the whole link from the email."
_FOLLOWED = {NotificationKind.NEW_ANSWER, NotificationKind.NEW_QUESTION}


@dataclass(frozen=True)
class Offer:
    """One button: what it stops, and its words."""

    value: str
    label: str


@dataclass(frozen=True)
class StopPage:
    """What the page of one mail says; it names nobody and no question, as the link may be in anybody's hands."""

    about: str
    offers: tuple[Offer, ...]
    is_stopped: bool
    is_account: bool = False


@dataclass(frozen=True)
class ConfirmPage:
    """What whoever follows by mail is asked; the question's title stands where they can read it."""

    title: str
    path: str
    is_confirmed: bool
    is_stopped: bool


def get_mail_or_404(token: UUID) -> Mail:
    """Return the mail whose links hold `token`."""
    mail = Mail.objects.select_related("member", "guest", "mail_follow").filter(token=token).first()
    if mail is None:
        raise Http404(_CUT_SHORT)
    return mail


def get_mail_follow_or_404(token: UUID) -> MailFollow:
    """Return what somebody follows by mail, by the token in its links."""
    follow = MailFollow.objects.filter(token=token).first()
    if follow is None:
        raise Http404(_CUT_SHORT)
    return follow


def get_stop_page(mail: Mail) -> StopPage:
    """Return what the links of `mail` stop."""
    is_stopped = "before" in mail.content
    if mail.kind == MailKind.ACCOUNT:
        return StopPage(
            "Emails about your account, such as codes, can’t be turned off.", (), is_stopped, is_account=True
        )
    if mail.kind == MailKind.URGENT:
        about = "While you’re a moderator, emails that someone may be in danger can’t be turned off."
        return StopPage(about, (), is_stopped, is_account=True)
    if mail.kind == MailKind.FOLLOW:
        offer = Offer(Stop.KIND, "Stop these emails")
        return StopPage("We email you when someone answers one question.", (offer,), is_stopped)
    if mail.kind == MailKind.GUEST:
        offer = Offer(Stop.KIND, "Stop these emails")
        about = "We email you when someone answers or comments on what was posted here with your address."
        return StopPage(about, (offer,), is_stopped)
    everything = Offer(Stop.ALL, "Stop all emails except those about my account")
    if mail.kind == MailKind.DIGEST:
        about = "This email sums up what happened since the last one."
        return StopPage(about, (Offer(Stop.KIND, "Stop the summaries"), everything), is_stopped)
    return _notification_page(mail, everything, is_stopped=is_stopped)


def _notification_page(mail: Mail, everything: Offer, *, is_stopped: bool) -> StopPage:
    row = mail.notifications.order_by("pk").first()
    if row is None:
        return StopPage("We email you when something happens.", (everything,), is_stopped)
    kind = NotificationKind(row.kind)
    same = "No emails right away about what I follow" if kind in _FOLLOWED else "No more emails like this one"
    offers = [Offer(Stop.KIND, same)]
    if row.post_id is not None and kind != NotificationKind.MESSAGE:
        offers.append(Offer(Stop.QUESTION, "No more emails about this question"))
    return StopPage(f"You got this email for “{kind.label}”.", (*offers, everything), is_stopped)


def get_confirm_page(follow: MailFollow) -> ConfirmPage:
    """Return what the page asks; without a path the question cannot be read just now."""
    question = Post.objects.visible_to(Guest()).filter(pk=follow.question_id).first()
    return ConfirmPage(
        title=question.title if question else "",
        path=question.get_absolute_url() if question else "",
        is_confirmed=follow.confirmed_at is not None and follow.stopped_at is None,
        is_stopped=follow.stopped_at is not None,
    )
