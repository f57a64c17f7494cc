"""The words about a tag: write them, look at their history, bring earlier ones back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from forum import permissions
from forum.actions import describing, limiting
from forum.forms.tags import TagRollBackForm, TagTextForm
from forum.queries import log as log_query
from forum.queries import tag_texts
from forum.queries.paging import read_place
from forum.queries.tag_texts import get_tag_by_id_or_404
from forum.views import posting, undo
from forum.views.access import member_required, to_sign_in
from forum.views.requests import SiteRequest

_SAVED = "Changes saved."
_SIGNED_OUT = "You’ve been signed out. Your text is below, to copy. Sign in and add it again."


@require_http_methods(["GET", "HEAD", "POST"])
def edit_tag(request: SiteRequest, tag_id: int) -> HttpResponse:
    """Show the words about a tag to those who may write them, or save them as a new text."""
    if not request.viewer.is_authenticated:
        return _signed_out(request) if request.method == "POST" else to_sign_in(request)
    tag = get_tag_by_id_or_404(tag_id, request.viewer)
    permissions.require(permissions.can_describe_tag(request.viewer, tag, request.rules))
    if request.method != "POST":
        return _edit_page(request, tag, TagTextForm(initial=tag_texts.get_tag_fields(tag)), posting.FRESH)
    if posting.wants_preview(request):
        form = TagTextForm(initial={name: request.POST.get(name, "") for name in TagTextForm.base_fields})
        shown, outcome = posting.preview_without_script(request, name="guide")
        return _edit_page(request, tag, form, outcome, preview=shown)
    form = TagTextForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, tag, form, posting.Outcome())
    return _save(request, tag, form)


@require_safe
def tag_history(request: SiteRequest, tag_id: int) -> HttpResponse:
    """Show every text about a tag and what each changed."""
    history = tag_texts.get_tag_history(
        get_tag_by_id_or_404(tag_id, request.viewer),
        viewer=request.viewer,
        rules=request.rules,
        view=request.GET.get("view", ""),
        place=read_place(request.GET),
    )
    return render(request, "forum/tag_history.html", {"history": history})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def roll_back_tag(request: SiteRequest, tag_id: int, number: int) -> HttpResponse:
    """Show what bringing an earlier text about a tag back would change, or bring it back."""
    tag = get_tag_by_id_or_404(tag_id, request.viewer)
    permissions.require(permissions.can_describe_tag(request.viewer, tag, request.rules))
    page = tag_texts.get_tag_roll_back(tag, number, viewer=request.viewer)
    form = TagRollBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        limiting.spend(request.viewer, request.address, "edit")
        since = log_query.head_number()
        try:
            describing.roll_back_tag(request.viewer, tag, number=number, **form.cleaned_data)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            _say(request, f"Rolled back to version {number}.", since=since)
            return HttpResponseRedirect(tag.get_absolute_url())
    context = {"page": page, "form": form, "tag": tag, "history_url": f"/tags/{tag.pk}/history/"}
    return render(request, "forum/roll_back_tag.html", context, status=422 if form.is_bound else 200)


def _save(request: SiteRequest, tag: Any, form: TagTextForm) -> HttpResponse:
    try:
        limiting.spend(request.viewer, request.address, "edit")
    except limiting.LimitReached as reached:
        form.add_error(None, reached.sentence)
        return _edit_page(request, tag, form, posting.Outcome(status=429, retry_after=reached.retry_after))
    since = log_query.head_number()
    try:
        describing.describe_tag(request.viewer, tag, **form.cleaned_data)
    except ValidationError as refusal:
        form.refuse(refusal)
        return _edit_page(request, tag, form, posting.Outcome(), conflict=_conflict_of(tag, form, request.viewer))
    _say(request, _SAVED, since=since)
    return HttpResponseRedirect(tag.get_absolute_url())


def _conflict_of(tag: Any, form: TagTextForm, viewer: Any) -> Any:
    """Return what somebody else has written meanwhile; saving the form again then goes over their words."""
    data = form.cleaned_data
    conflict = tag_texts.get_tag_conflict(
        tag.pk,
        data.get("excerpt", ""),
        data.get("guide", ""),
        base_version=data.get("base_version"),
        viewer=viewer,
    )
    if conflict:
        form.put("base_version", str(conflict.version))
    return conflict


def _edit_page(
    request: SiteRequest, tag: Any, form: TagTextForm, outcome: posting.Outcome, **extra: Any
) -> HttpResponse:
    context = {"form": form, "tag": tag, "preview": None, "conflict": None, **extra}
    return posting.show(request, "forum/edit_tag.html", context, outcome)


def _say(request: SiteRequest, sentence: str, *, since: int) -> None:
    """Say `sentence`; to a moderator with the button that takes it back."""
    if request.viewer.is_moderator:
        undo.offer(request, sentence, since=since)
    else:
        messages.success(request, sentence)


def _signed_out(request: SiteRequest) -> HttpResponse:
    texts = [text for name in ("excerpt", "guide", "reason") if (text := request.POST.get(name, "").strip())]
    return render(request, "forum/typed.html", {"sentence": _SIGNED_OUT, "texts": texts}, status=403)
