"""Every saved text of a post: look at them, bring one back, hide one that holds private details."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum import permissions
from forum.actions import editing, limiting
from forum.choices import PostStatus
from forum.forms.revisions import HideRevisionForm, RollBackForm
from forum.queries import log as log_query
from forum.queries.lookups import get_post_or_404
from forum.queries.paging import read_place
from forum.queries.question_page import get_post_place
from forum.queries.question_place import question_place
from forum.queries.revision_list import get_revision_list, get_roll_back_page
from forum.views import posting, undo
from forum.views.access import member_required
from forum.views.requests import SiteRequest

_BACK = "Rolled back to version {}."
_BACK_AND_WAITS = "Rolled back to version {}. A moderator will read it before others can see this."


@require_safe
def revisions(request: SiteRequest, post_id: int) -> HttpResponse:
    """Show every text of a post and what each changed."""
    return _list(request, get_post_or_404(post_id, viewer=request.viewer))


@require_http_methods(["GET", "HEAD", "POST"])
def roll_back(request: SiteRequest, post_id: int, number: int) -> HttpResponse:
    """Show what bringing an earlier text back would change, or bring it back."""
    post = get_post_or_404(post_id, viewer=request.viewer)
    permissions.require(permissions.can_roll_back(request.viewer, post, request.rules))
    page = get_roll_back_page(post, number, viewer=request.viewer, rules=request.rules)
    if request.method != "POST":
        form = RollBackForm(is_own=page.is_own, initial={"base_version": page.version})
        return _roll_back_page(request, post, page, form)
    form = RollBackForm(request.POST, is_own=page.is_own)
    if not form.is_valid():
        return _roll_back_page(request, post, page, form, status=422)
    limiting.spend(request.viewer, request.address, "edit")
    since = log_query.head_number()
    try:
        post = editing.roll_back_post(request.viewer, post, number=number, **form.cleaned_data)
    except ValidationError as refusal:
        _refuse(form, refusal)
        # The page shows the post as it stands now, so that the next press of the button is about that.
        fresh = RollBackForm(is_own=page.is_own, initial={**form.cleaned_data, "base_version": page.version})
        return _roll_back_page(request, post, page, fresh, status=422, refused=form)
    said = (_BACK_AND_WAITS if post.status == PostStatus.WAITING else _BACK).format(number)
    undo.offer_to_team(request, said, post, since=since)
    return HttpResponseRedirect(get_post_place(post, viewer=request.viewer))


@require_POST
@member_required
def hide_revision(request: SiteRequest, post_id: int, number: int) -> HttpResponse:
    """Hide a text that holds private details from all but administrators."""
    post = get_post_or_404(post_id, viewer=request.viewer)
    permissions.require(permissions.can_hide_revision(request.viewer, request.rules))
    form = HideRevisionForm(request.POST)
    if not form.is_valid():
        return _list(request, post, hide_form=form, number=number)
    since = log_query.head_number()
    try:
        editing.hide_revision(request.viewer, post, number=number, reason=form.cleaned_data["reason"])
    except ValidationError as refusal:
        _refuse(form, refusal)
        return _list(request, post, hide_form=form, number=number)
    undo.offer(request, f"Version {number} is hidden.", since=since)
    return HttpResponseRedirect(f"/posts/{post.pk}/revisions/")


@require_POST
@member_required
def show_revision(request: SiteRequest, post_id: int, number: int) -> HttpResponse:
    """Show a hidden text to everybody again."""
    post = get_post_or_404(post_id, viewer=request.viewer)
    since = log_query.head_number()
    editing.show_revision(request.viewer, post, number=number)
    undo.offer(request, f"Version {number} can be read again.", since=since)
    return HttpResponseRedirect(f"/posts/{post.pk}/revisions/")


def _list(
    request: SiteRequest, post: Any, *, hide_form: HideRevisionForm | None = None, number: int = 0
) -> HttpResponse:
    history = get_revision_list(
        post,
        viewer=request.viewer,
        rules=request.rules,
        view=request.GET.get("view", ""),
        place=read_place(request.GET),
    )
    context = {
        "history": history,
        "place": question_place(post, request.viewer),
        "back_url": get_post_place(post, viewer=request.viewer),
        "form": hide_form,
        "number": number,
    }
    return render(request, "forum/revisions.html", context, status=422 if hide_form else 200)


def _roll_back_page(
    request: SiteRequest,
    post: Any,
    page: Any,
    form: RollBackForm,
    *,
    status: int = 200,
    refused: RollBackForm | None = None,
) -> HttpResponse:
    context = {
        "page": page,
        "form": form,
        "refused": refused or form,
        "place": question_place(post, request.viewer),
        "history_url": f"/posts/{post.pk}/revisions/",
        "is_side": request.GET.get("view") == "side",
    }
    return posting.show(request, "forum/roll_back.html", context, posting.Outcome(status=status))


def _refuse(form: Any, refusal: ValidationError) -> None:
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, ValidationError(errors))
