"""Suggest an edit, see what became of one's own, and decide about those of others."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum import permissions
from forum.actions import suggesting, tracing
from forum.forms.begun import taken_up
from forum.forms.suggestions import ChangeSuggestionForm, DecisionForm, SuggestForm
from forum.queries import edit_page
from forum.queries import log as log_query
from forum.queries import suggestions as query
from forum.queries.lookups import get_post_or_404
from forum.queries.paging import read_place
from forum.queries.question_page import get_post_place
from forum.queries.question_place import question_place
from forum.views import drafts_kept, gate, guest_cookie, posting, typed_tags, undo
from forum.views.posts import conflict_of
from forum.views.requests import SiteRequest

_THANKS = "Thank you. The author or the team will decide."
_SIGNED_OUT = "You’ve been signed out. Sign in in another window, or send it again without an account."
_REJECTED = "Suggestion rejected. Nothing was changed."


@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: SiteRequest, post_id: int) -> HttpResponse:
    """Show a post's text to somebody who would change it, or pass what they suggest on."""
    try:
        post = get_post_or_404(post_id, viewer=request.viewer)
    except Http404:
        if request.method != "POST":
            raise
        return posting.gone(request)
    if permissions.can_edit(request.viewer, post, request.rules):
        return redirect(f"/posts/{post.pk}/edit/")
    if request.method == "POST":
        return _send(request, post)
    permissions.require(permissions.can_suggest(request.viewer, post, request.rules))
    mine = query.get_open_suggestion(post, request.viewer)
    begun = taken_up({}, edit_page.get_edit_fields(post))
    form = _form(request, post, initial=begun | (_fields(mine) if mine else {}))
    return _suggest_page(request, post, form, is_again=mine is not None)


@require_safe
def suggestions(request: SiteRequest) -> HttpResponse:
    """Show what the visitor has suggested, and what others suggest for their posts."""
    context = {
        "page": query.get_own_suggestions(request.viewer, rules=request.rules, place=read_place(request.GET)),
        "waiting": query.get_waiting_suggestions(request.viewer, rules=request.rules),
    }
    return render(request, "forum/suggestions.html", context)


@require_safe
def suggestion(request: SiteRequest, suggestion_id: int) -> HttpResponse:
    """Show a suggested edit and, to those who decide, what approving it would change."""
    return _page(request, _find(request, suggestion_id))


@require_POST
def approve_suggestion(request: SiteRequest, suggestion_id: int) -> HttpResponse:
    """Let a suggested edit become part of its post."""
    found = _find(request, suggestion_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    since = log_query.head_number()
    try:
        suggesting.approve_suggestion(request.viewer, found, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, ValidationError(refusal.messages))
        return _page(request, _find(request, suggestion_id), form)
    return _decided(request, found, since)


@require_POST
def reject_suggestion(request: SiteRequest, suggestion_id: int) -> HttpResponse:
    """Leave the post as it is, and say why."""
    found = _find(request, suggestion_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    since = log_query.head_number()
    try:
        suggesting.reject_suggestion(request.viewer, found, reason=form.cleaned_data["reason"])
    except ValidationError as refusal:
        form.add_error(None, ValidationError(refusal.messages))
        return _page(request, _find(request, suggestion_id), form)
    undo.offer_to_team(request, _REJECTED, found.post, since=since)
    return HttpResponseRedirect(f"/suggestions/{found.pk}/")


@require_POST
def withdraw_suggestion(request: SiteRequest, suggestion_id: int) -> HttpResponse:
    """Take one's own suggestion back."""
    found = _find(request, suggestion_id)
    suggesting.withdraw_suggestion(request.viewer, found)
    messages.success(request, "Suggestion withdrawn.")
    return HttpResponseRedirect("/suggestions/")


@require_http_methods(["GET", "HEAD", "POST"])
def change_suggestion(request: SiteRequest, suggestion_id: int) -> HttpResponse:
    """Approve a suggested edit in other words: a form that begins with what approving would make of the post."""
    found = _find(request, suggestion_id)
    post = found.post
    permissions.require(permissions.can_decide_edit(request.viewer, post, request.rules))
    permissions.require(permissions.can_edit(request.viewer, post, request.rules))
    if request.method != "POST":
        words = query.proposed_words(found)
        begun = {"title": words.title, "body": words.body, "tags": list(words.tags), "base_version": post.text_version}
        return _change_page(request, found, _change_form(request, post, initial=taken_up({}, begun)))
    if typed_tags.is_choosing(request):
        return _change_page(request, found, _change_form(request, post, initial=typed_tags.typed_so_far(request)))
    form = _change_form(request, post, data=request.POST)
    if not form.is_valid():
        return _change_page(request, found, form, posting.Outcome())
    since, data = log_query.head_number(), form.cleaned_data
    words = query.as_words(data.get("title", ""), data["body"], data.get("tags", ()))
    changed = {"reason": data["reason"], "base_version": data["base_version"], "changed": words}
    outcome = posting.save(form, lambda: suggesting.approve_suggestion(request.viewer, found, **changed))
    if outcome.post:
        return _decided(request, found, since)
    now = edit_page.get_fields_now(post.pk)
    now["tags"] = list(query.proposed_words(_find(request, suggestion_id)).tags)
    return _change_page(request, found, form, outcome, conflict=conflict_of(request, post, form, now))


def _send(request: SiteRequest, post: Any) -> HttpResponse:
    if typed_tags.is_choosing(request):
        typed = taken_up({}, edit_page.get_edit_fields(post)) | typed_tags.typed_so_far(request)
        return _suggest_page(request, post, _form(request, post, initial=typed))
    if posting.wants_preview(request):
        typed = taken_up({}, edit_page.get_edit_fields(post)) | posting.typed_before(request)
        shown, outcome = posting.preview_without_script(request)
        return _suggest_page(request, post, _form(request, post, initial=typed), outcome, preview=shown)
    form = _form(request, post, data=request.POST)
    if drafts_kept.was_signed_in(request):
        form.put("signed_in", "")
        form.refuse(_SIGNED_OUT)
        return _suggest_page(request, post, form, posting.Outcome())
    if not form.is_valid():
        return _suggest_page(request, post, form, posting.Outcome())
    outcome = posting.through_gate(request, form, "suggest", lambda: _suggest(request, post, form))
    if not outcome.post:
        return _suggest_page(request, post, form, outcome, conflict=conflict_of(request, post, form))
    made = outcome.post
    tracing.leave_trace(made.member or made.guest, request.address, "suggest", post)
    typed_tags.say_left_out(request, form.cleaned_data.get("tags", ()))
    messages.success(request, _THANKS)
    response = HttpResponseRedirect(f"/suggestions/{made.pk}/")
    guest_cookie.remember(response, made.guest)
    return response


def _suggest(request: SiteRequest, post: Any, form: SuggestForm) -> Any:
    data = form.cleaned_data
    return suggesting.suggest_edit(
        request.viewer,
        post,
        title=data.get("title", ""),
        body=data["body"],
        tags=form.changes.get("tags"),
        reason=data["reason"],
        base_version=data["base_version"],
    )


def _suggest_page(
    request: SiteRequest, post: Any, form: SuggestForm, outcome: posting.Outcome = posting.FRESH, **extra: Any
) -> HttpResponse:
    context = {
        "form": form,
        "post": post,
        "place": question_place(post, request.viewer),
        "back_url": get_post_place(post, viewer=request.viewer),
        "preview": None,
        "conflict": None,
        "is_again": False,
        **extra,
    }
    return posting.show(request, "forum/suggest.html", context, outcome)


def _page(request: SiteRequest, found: Any, form: DecisionForm | None = None) -> HttpResponse:
    page = query.get_suggestion_page(found, viewer=request.viewer, rules=request.rules)
    context = {
        "page": page,
        "form": form or DecisionForm(),
        "place": question_place(found.post, request.viewer),
        "back_url": get_post_place(found.post, viewer=request.viewer),
        "is_side": request.GET.get("view") == "side",
    }
    return posting.show(request, "forum/suggestion.html", context, posting.Outcome(status=422 if form else 200))


def _change_page(
    request: SiteRequest, found: Any, form: SuggestForm, outcome: posting.Outcome = posting.FRESH, **extra: Any
) -> HttpResponse:
    page = query.get_suggestion_page(found, viewer=request.viewer, rules=request.rules)
    place = question_place(found.post, request.viewer)
    context = {"page": page, "post": found.post, "form": form, "place": place, "conflict": None, **extra}
    return posting.show(request, "forum/change_suggestion.html", context, outcome)


def _find(request: SiteRequest, suggestion_id: int) -> Any:
    return query.get_suggestion_or_404(suggestion_id, viewer=request.viewer, rules=request.rules)


def _form(request: SiteRequest, post: Any, **options: Any) -> SuggestForm:
    form = SuggestForm(post=post, viewer=request.viewer, rules=request.rules, **options)
    gate.prepare(request, form)
    return form


def _change_form(request: SiteRequest, post: Any, **options: Any) -> ChangeSuggestionForm:
    return ChangeSuggestionForm(post=post, viewer=request.viewer, rules=request.rules, **options)


def _fields(mine: Any) -> dict[str, Any]:
    fields = {"title": mine.title, "body": mine.body, "tags": list(mine.tag_names)}
    return {**fields, "reason": mine.reason, "base_version": mine.base_version}


def _decided(request: SiteRequest, found: Any, since: int) -> HttpResponse:
    undo.offer_to_team(request, "Suggestion approved.", found.post, since=since)
    return HttpResponseRedirect(get_post_place(found.post, viewer=request.viewer))
