"""Do what a guest pressed before they signed in: by the same checks as any member's press, once, with an undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpResponse

from forum import permissions
from forum.actions.limiting import LimitReached
from forum.choices import Followable
from forum.forms.acts import CloseVoteForm
from forum.forms.moderation import FlagForm
from forum.queries.blocks import address_refusal
from forum.queries.following import mode_of
from forum.queries.lookups import get_post_or_404, get_question_or_404
from forum.queries.members import get_member_or_404
from forum.queries.post_cards import get_bookmark_control, get_vote_control
from forum.queries.question_page import get_post_place
from forum.queries.reasons import close_reasons, flag_reasons
from forum.views import bookmarks, closing, flags, follows, votes, wishes
from forum.views.requests import SiteRequest
from forum.views.responses import sentence_of
from forum.views.wishes import Wish

if TYPE_CHECKING:
    from accounts.models import User

_TOO_LATE = "You wanted to {words}, more than an hour ago. If you still do, press the button again."
_GONE = "You wanted to {words}, which is no longer here."


@dataclass(frozen=True)
class Done:
    """What to say, where to go, and the form that takes it back: an address, a field and its value."""

    said: str
    place: str
    undo: tuple[str, str, str] | None = None


def fulfil(request: SiteRequest, member: User, response: HttpResponse) -> None:
    """Do what the way back in `response` carries for `member`, who has just signed in, and lead them to it."""
    wish, response["Location"] = wishes.take(request, response["Location"])
    if wish is None:
        return
    if wish.is_over:
        messages.info(request, _TOO_LATE.format(words=wish.words))
        return
    member.refresh_from_db()
    request.viewer = member
    try:
        _require_open_network(request)
        done = _ACTS[wish.act](request, wish)
    except Http404:
        messages.error(request, _with_words(_GONE.format(words=wish.words), wish))
    except (PermissionDenied, LimitReached) as refusal:
        messages.error(request, _with_words(getattr(refusal, "sentence", str(refusal)), wish))
    except ValidationError as refusal:
        messages.error(request, _with_words(sentence_of(refusal), wish))
    else:
        undo = " ".join(["act", *done.undo]) if done.undo else ""
        messages.success(request, done.said, extra_tags=undo)
        response["Location"] = done.place


def _require_open_network(request: SiteRequest) -> None:
    refusal = address_refusal(request.address, request.site)
    if refusal and not request.viewer.is_helper:
        raise PermissionDenied(refusal)


def _with_words(sentence: str, wish: Wish) -> str:
    """Give the person back what they had written."""
    text = wish.fields.get("text", "")
    return f"{sentence} You wrote: “{text}”" if text else sentence


def _vote(request: SiteRequest, wish: Wish) -> Done:
    post_id = wish.about["post_id"]
    before = get_vote_control(post_id, viewer=request.viewer, rules=request.rules).mine
    post = votes.cast(request, post_id, wish.fields)
    place = get_post_place(post, viewer=request.viewer)
    direction = wish.fields["direction"]
    if direction == (before or "none"):
        return Done("Your vote was already counted.", place)
    said = "Your vote was removed." if direction == "none" else "Your vote was counted."
    return Done(said, place, (f"/posts/{post_id}/vote/", "direction", before or "none"))


def _bookmark(request: SiteRequest, wish: Wish) -> Done:
    post_id = wish.about["post_id"]
    was_saved = get_bookmark_control(post_id, viewer=request.viewer).is_saved
    post = bookmarks.save(request, post_id, wish.fields)
    place = get_post_place(post, viewer=request.viewer)
    if wish.fields["choice"] == "remove":
        return Done("Removed from your bookmarks.", place, (f"/posts/{post_id}/bookmark/", "choice", "save"))
    if was_saved:
        return Done("You’d already bookmarked this.", place)
    return Done("Bookmarked. Find it under “Bookmarks”.", place, (f"/posts/{post_id}/bookmark/", "choice", "remove"))


def _follow(kind: Followable, field: str) -> Callable[[SiteRequest, Wish], Done]:
    def act(request: SiteRequest, wish: Wish) -> Done:
        key = wish.about[field]
        before = mode_of(kind, key, request.viewer)
        row = follows.set_state(request, kind, key, wish.fields)
        said = "You’re following this now." if row.mode else "You no longer follow this."
        undo = (f"/{kind}s/{key}/follow/", "state", before or "off") if row.mode != before else None
        return Done(said if undo else "You already follow this.", row.path or "/following/", undo)

    return act


def _flag(request: SiteRequest, wish: Wish) -> Done:
    post = get_post_or_404(wish.about["post_id"], viewer=request.viewer)
    permissions.require(permissions.can_flag(request.viewer, post, request.rules))
    form = FlagForm(wish.fields, reasons=flag_reasons())
    _check(form)
    flags.send_flag(request, post, form)
    return Done(*flags.thanks(form, get_post_place(post, viewer=request.viewer)))


def _flag_member(request: SiteRequest, wish: Wish) -> Done:
    member = get_member_or_404(wish.about["name"])
    permissions.require(permissions.can_flag_member(request.viewer, member, request.rules))
    form = FlagForm(wish.fields, reasons=flag_reasons(on_member=True))
    _check(form)
    flags.send_member_flag(request, member, form)
    return Done(*flags.thanks(form, member.get_absolute_url()))


def _vote_to_close(request: SiteRequest, wish: Wish) -> Done:
    question = get_question_or_404(wish.about["post_id"], viewer=request.viewer)
    permissions.require(permissions.can_vote_to_close(request.viewer, question, request.rules))
    form = CloseVoteForm(wish.fields, reasons=close_reasons())
    _check(form)
    said = closing.send_vote(request, question, form.cleaned_data)
    undo = (f"/posts/{question.pk}/vote-to-close/", "vote", "none")
    return Done(said, question.get_absolute_url(), undo if wish.fields["vote"] != "none" else None)


def _check(form: BaseForm) -> None:
    if not form.is_valid():
        raise ValidationError([str(error) for errors in form.errors.values() for error in errors])


_ACTS: dict[str, Callable[[SiteRequest, Wish], Done]] = {
    "vote": _vote,
    "bookmark": _bookmark,
    "follow_question": _follow(Followable.QUESTION, "post_id"),
    "follow_topic": _follow(Followable.TOPIC, "category_id"),
    "follow_tag": _follow(Followable.TAG, "tag_id"),
    "follow_member": _follow(Followable.MEMBER, "member_id"),
    "flag": _flag,
    "flag_member": _flag_member,
    "vote_to_close": _vote_to_close,
}
