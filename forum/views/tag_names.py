"""Other names of tags: ask for one, decide about those that wait."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum import permissions
from forum.actions import limiting
from forum.actions import synonyms as acts
from forum.forms.tags import SynonymForm, WhyForm
from forum.queries import log as log_query
from forum.queries import tag_names
from forum.queries.paging import read_place
from forum.queries.tag_texts import get_tag_by_id_or_404
from forum.views import undo
from forum.views.access import member_required, to_sign_in
from forum.views.requests import SiteRequest

_ASKED = "Thank you. A moderator will decide."


@require_http_methods(["GET", "HEAD", "POST"])
def tag_synonyms(request: SiteRequest, tag_id: int) -> HttpResponse:
    """Show the other names of a tag, or ask for one more."""
    tag = get_tag_by_id_or_404(tag_id, request.viewer)
    if request.method != "POST":
        return _names_page(request, tag, SynonymForm())
    if not request.viewer.is_authenticated:
        return to_sign_in(request)
    form = SynonymForm(request.POST)
    if not form.is_valid():
        return _names_page(request, tag, form, status=422)
    try:
        limiting.spend(request.viewer, request.address, "suggest")
        acts.ask_for_synonym(request.viewer, tag, name=form.cleaned_data["name"])
    except ValidationError as refusal:
        form.refuse(refusal)
        return _names_page(request, tag, form, status=422)
    except limiting.LimitReached as reached:
        form.add_error(None, reached.sentence)
        return _names_page(request, tag, form, status=429)
    messages.success(request, _ASKED)
    return HttpResponseRedirect(f"/tags/{tag.pk}/synonyms/")


@require_safe
@member_required
def synonyms(request: SiteRequest) -> HttpResponse:
    """Show the names that wait to those who decide about them."""
    permissions.require(permissions.can_decide_synonyms(request.viewer, request.rules))
    return _waiting_page(request)


@require_POST
@member_required
def approve_synonym(request: SiteRequest, synonym_id: int) -> HttpResponse:
    """Let a name lead to its tag."""
    found = tag_names.get_name_or_404(synonym_id)
    since = log_query.head_number()
    acts.approve_synonym(request.viewer, found)
    undo.offer(request, f"“{found.name}” leads to {found.tag.name} now.", since=since)
    return HttpResponseRedirect("/tags/synonyms/")


@require_POST
@member_required
def decline_synonym(request: SiteRequest, synonym_id: int) -> HttpResponse:
    """Leave a tag without a name that somebody asked for, and say why."""
    found = tag_names.get_name_or_404(synonym_id)
    permissions.require(permissions.can_decide_synonyms(request.viewer, request.rules))
    form = WhyForm(request.POST, auto_id=f"decline-{found.pk}-%s")
    if not form.is_valid():
        return _waiting_page(request, form=form, number=found.pk)
    since = log_query.head_number()
    try:
        acts.decline_synonym(request.viewer, found, reason=form.cleaned_data["reason"])
    except ValidationError as refusal:
        form.refuse(refusal)
        return _waiting_page(request, form=form, number=found.pk)
    undo.offer(request, f"“{found.name}” was declined. The person who suggested it will see why.", since=since)
    return HttpResponseRedirect("/tags/synonyms/")


@require_POST
@member_required
def remove_synonym(request: SiteRequest, synonym_id: int) -> HttpResponse:
    """Take a name away from its tag."""
    found = tag_names.get_name_or_404(synonym_id)
    permissions.require(permissions.can_decide_synonyms(request.viewer, request.rules))
    form = WhyForm(request.POST, auto_id=f"remove-{found.pk}-%s")
    if not form.is_valid():
        return _names_page(request, found.tag, SynonymForm(), status=422, why=form, number=found.pk)
    since = log_query.head_number()
    acts.remove_synonym(request.viewer, found, reason=form.cleaned_data["reason"])
    undo.offer(request, f"“{found.name}” was removed.", since=since)
    return HttpResponseRedirect(f"/tags/{found.tag_id}/synonyms/")


def _names_page(
    request: SiteRequest,
    tag: Any,
    form: SynonymForm,
    *,
    status: int = 200,
    why: WhyForm | None = None,
    number: int = 0,
) -> HttpResponse:
    names = tag_names.get_tag_names(tag, viewer=request.viewer, rules=request.rules)
    context = {"names": names, "form": form, "why": why, "number": number}
    return render(request, "forum/tag_synonyms.html", context, status=status)


def _waiting_page(request: SiteRequest, *, form: WhyForm | None = None, number: int = 0) -> HttpResponse:
    page = tag_names.get_waiting_names(viewer=request.viewer, place=read_place(request.GET))
    context = {"page": page, "form": form, "number": number}
    return render(request, "forum/synonyms.html", context, status=422 if form else 200)
