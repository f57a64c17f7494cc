"""Block a member and take it back; whom one has blocked, and whether mentions reach one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from forum.actions import member_blocks
from forum.forms.member_blocks import BlockForm, MentionsForm
from forum.queries.member_blocks import get_block_list, get_blockable_or_404
from forum.queries.paging import read_place
from forum.views.access import member_required
from forum.views.requests import SiteRequest

_LIST = "/settings/blocks/"


@require_POST
@member_required
def block_member(request: SiteRequest, member_id: int) -> HttpResponse:
    """Block a member, or take that back."""
    form = BlockForm(request.POST)
    if not form.is_valid():
        raise ValidationError("Please use the Block button.")
    other = get_blockable_or_404(member_id, viewer=request.viewer)
    if form.cleaned_data["state"] == "on":
        member_blocks.block_member(request.viewer, other)
        messages.success(request, _blocked(other))
    else:
        member_blocks.unblock_member(request.viewer, other)
        messages.success(request, "Unblocked. You’ll see their posts as before.")
    is_listed = form.cleaned_data["place"] == "list" or other.closed_at is not None
    return redirect(_LIST if is_listed else other.get_absolute_url())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def blocks(request: SiteRequest) -> HttpResponse:
    """Show whom the member has blocked, and whether mentions reach them; change the latter."""
    assert isinstance(request.viewer, User)  # member_required
    if request.method == "POST":
        form = MentionsForm(request.POST)
        form.full_clean()
        member_blocks.choose_mentions(request.viewer, wanted=form.cleaned_data["takes_mentions"])
        messages.success(request, "Saved.")
        return redirect(_LIST)
    found = get_block_list(request.viewer, read_place(request.GET))
    form = MentionsForm(initial={"takes_mentions": found.takes_mentions})
    return render(request, "forum/blocks.html", {"list": found, "form": form})


def _blocked(other: User) -> str:
    said = (
        f"You blocked {other.username}. Their mentions don’t notify you, and their posts are folded. They aren’t told."
    )
    return f"{said} Messages from the moderators still reach you." if other.is_moderator else said
