"""Ask that somebody look again: at an act of moderation, or at a post that was changed since."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from forum.actions import appealing, limiting
from forum.forms.appeals import AppealForm
from forum.queries.appeals import get_appeal_page, get_entry_or_404
from forum.queries.lookups import get_post_or_404
from forum.queries.question_page import get_post_place
from forum.views.requests import SiteRequest


@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: SiteRequest, number: int) -> HttpResponse:
    """Show an act to whoever it was done to, what became of their appeal, or the form for one; or take it."""
    entry = get_entry_or_404(number, viewer=request.viewer, rules=request.rules)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        limiting.spend(request.viewer, request.address, "appeal")
        appealing.appeal_act(request.viewer, entry, text=form.cleaned_data["text"])
        messages.success(request, "Sent. Another moderator will look at it, and you’ll find their answer here.")
        return HttpResponseRedirect(f"/appeal/{number}/")
    page = get_appeal_page(entry, viewer=request.viewer)
    return render(request, "forum/appeal.html", {"page": page, "form": form}, status=422 if form.is_bound else 200)


@require_POST
def resubmit(request: SiteRequest, post_id: int) -> HttpResponse:
    """Send a hidden post or a closed question to the moderators once more."""
    post = get_post_or_404(post_id, viewer=request.viewer)
    limiting.spend(request.viewer, request.address, "edit")
    appealing.resubmit_post(request.viewer, post)
    messages.success(request, "Sent. A moderator will look at it again.")
    return HttpResponseRedirect(get_post_place(post, viewer=request.viewer))
