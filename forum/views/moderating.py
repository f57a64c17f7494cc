"""Every act of moderation on one post: a page with all of them, and one address for each."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from forum import permissions
from forum.actions import closing, converting, measuring, merging, moderating, moving, reversing
from forum.choices import MeasureKind, PostKind
from forum.queries.ask_page import get_category
from forum.queries.reasons import get_reply_text
from forum.views.access import member_required
from forum.views.acting import Words, act, act_form, page, question_at, words
from forum.views.requests import SiteRequest


@require_safe
@member_required
def moderate(request: SiteRequest, post_id: int) -> HttpResponse:
    """Show a post to its moderators with its state, its reports, what was done, and what can be done."""
    permissions.require(permissions.can_moderate(request.viewer, request.rules))
    began = {name: request.GET.get(name, "") for name in ("case", "next")}
    return page(request, post_id, act_form(reply=get_reply_text(request.GET.get("reply", "")), **began))


@require_POST
@member_required
def hide(request: SiteRequest, post_id: int) -> HttpResponse:
    """Take a post out of sight; its author may change it and send it again."""
    return act(request, post_id, _do(moderating.hide_post), said="Hidden.")


@require_POST
@member_required
def show(request: SiteRequest, post_id: int) -> HttpResponse:
    """Bring a hidden post back."""
    return act(request, post_id, _do(moderating.show_post), said="Shown again.")


@require_POST
@member_required
def delete(request: SiteRequest, post_id: int) -> HttpResponse:
    """Delete a post; nothing is erased."""
    return act(request, post_id, _do(moderating.delete_post), said="Deleted.")


@require_POST
@member_required
def restore(request: SiteRequest, post_id: int) -> HttpResponse:
    """Bring back a post that a moderator deleted."""
    return act(request, post_id, _do(moderating.restore_post), said="Restored.")


@require_POST
@member_required
def approve(request: SiteRequest, post_id: int) -> HttpResponse:
    """Let a waiting post be seen."""
    return act(request, post_id, _do(moderating.approve_post), said="Approved.")


@require_POST
@member_required
def spam(request: SiteRequest, post_id: int) -> HttpResponse:
    """Take out a post as spam, with everything by whoever wrote it, keep them out, and learn from it."""

    def do(actor: Any, post: Any, data: Words) -> object:
        told = {"reason": data["reason"] or "Spam", "case_id": data["case"]}
        return reversing.mark_spam(actor, post, own_address=request.address, **told)

    return act(request, post_id, do, said="Removed as spam, with everything by this account.")


@require_POST
@member_required
def close(request: SiteRequest, post_id: int) -> HttpResponse:
    """Let a question take no more answers."""

    def do(actor: Any, post: Any, data: Words) -> object:
        same = question_at(data["duplicate_of"], actor)
        told = {"note": data["reason"], "reply": data["reply"], "case_id": data["case"]}
        return closing.close_question(actor, post, reason=data["cause"], duplicate_of=same, **told)

    return act(request, post_id, do, said="Closed.", needs=["cause"])


@require_POST
@member_required
def reopen(request: SiteRequest, post_id: int) -> HttpResponse:
    """Let a closed question take answers again."""
    return act(request, post_id, _do(closing.reopen_question), said="Reopened.")


@require_POST
@member_required
def lock(request: SiteRequest, post_id: int) -> HttpResponse:
    """Let a post and what stands below it stay as they are, for some days or for now."""
    return _lay(request, post_id, MeasureKind.LOCK, "Locked.", "until")


@require_POST
@member_required
def unlock(request: SiteRequest, post_id: int) -> HttpResponse:
    """Take a lock away."""
    return _lift(request, post_id, MeasureKind.LOCK, "Unlocked.")


@require_POST
@member_required
def protect(request: SiteRequest, post_id: int) -> HttpResponse:
    """Keep a question from newcomers' answers."""
    return _lay(request, post_id, MeasureKind.PROTECTION, "Only established members can answer it now.")


@require_POST
@member_required
def unprotect(request: SiteRequest, post_id: int) -> HttpResponse:
    """Let newcomers answer again."""
    return _lift(request, post_id, MeasureKind.PROTECTION, "New members can answer it again.")


@require_POST
@member_required
def slow(request: SiteRequest, post_id: int) -> HttpResponse:
    """Ask each person to wait between two posts in a thread."""
    return _lay(request, post_id, MeasureKind.SLOW_MODE, "Slow mode is on.", "minutes")


@require_POST
@member_required
def unslow(request: SiteRequest, post_id: int) -> HttpResponse:
    """End slow mode."""
    return _lift(request, post_id, MeasureKind.SLOW_MODE, "Slow mode is off.")


@require_POST
@member_required
def pin(request: SiteRequest, post_id: int) -> HttpResponse:
    """Let a question stand first in its lists."""
    return _lay(request, post_id, MeasureKind.PIN, "Pinned.")


@require_POST
@member_required
def unpin(request: SiteRequest, post_id: int) -> HttpResponse:
    """Let a question stand where it was."""
    return _lift(request, post_id, MeasureKind.PIN, "Unpinned.")


@require_POST
@member_required
def notice(request: SiteRequest, post_id: int) -> HttpResponse:
    """Let a notice stand above a post's text."""
    return _lay(request, post_id, MeasureKind.NOTICE, "Notice added.", "text")


@require_POST
@member_required
def unnotice(request: SiteRequest, post_id: int) -> HttpResponse:
    """Take a notice away."""
    return _lift(request, post_id, MeasureKind.NOTICE, "Notice removed.")


@require_POST
@member_required
def convert(request: SiteRequest, post_id: int) -> HttpResponse:
    """Make a comment of an answer, or an answer of a comment."""

    def do(actor: Any, post: Any, data: Words) -> object:
        return converting.convert_post(actor, post, to=PostKind(data["to"]), **words(data))

    return act(request, post_id, do, said="Converted.", needs=["to"])


@require_POST
@member_required
def move(request: SiteRequest, post_id: int) -> HttpResponse:
    """Let a question stand in another topic."""

    def do(actor: Any, post: Any, data: Words) -> object:
        topic = get_category(data["category"]) or post.category
        return moving.move_question(actor, post, category=topic, **words(data))

    return act(request, post_id, do, said="Moved.", needs=["category"])


@require_POST
@member_required
def merge(request: SiteRequest, post_id: int) -> HttpResponse:
    """Let a question become part of the one that was asked before."""

    def do(actor: Any, post: Any, data: Words) -> object:
        return merging.merge_question(actor, post, target=question_at(data["target"], actor), **words(data))

    return act(request, post_id, do, said="Merged. Its link leads there now.", needs=["target"])


def _do(action: Any) -> Any:
    """Return what calls `action` with the words that every action takes."""
    return lambda actor, post, data: action(actor, post, **words(data))


def _lay(request: SiteRequest, post_id: int, kind: MeasureKind, said: str, *needs: str) -> HttpResponse:
    def do(actor: Any, post: Any, data: Words) -> object:
        return measuring.lay_measure(actor, post, kind, **words(data, *needs))

    return act(request, post_id, do, said=said, needs=[name for name in needs if name != "until"])


def _lift(request: SiteRequest, post_id: int, kind: MeasureKind, said: str) -> HttpResponse:
    return act(
        request, post_id, lambda actor, post, data: measuring.lift_measure(actor, post, kind, **words(data)), said=said
    )
