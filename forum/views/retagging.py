"""Correct the topic and tags of somebody's question."""

from contextlib import suppress
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from forum import permissions
from forum.actions import editing, limiting
from forum.forms.begun import taken_up
from forum.forms.posts import RetagForm
from forum.queries import ask_page, edit_page
from forum.queries import log as log_query
from forum.queries.lookups import get_question_or_404
from forum.views import posting, typed_tags, undo
from forum.views.access import member_required
from forum.views.posts import conflict_of
from forum.views.requests import SiteRequest


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def retag(request: SiteRequest, post_id: int) -> HttpResponse:
    """Show the topic and tags of a question to those who may correct them, or save them."""
    question = get_question_or_404(post_id, viewer=request.viewer)
    permissions.require(permissions.can_retag(request.viewer, question, request.rules))
    if request.method != "POST":
        begun = taken_up({}, edit_page.get_edit_fields(question))
        return _page(request, question, _form(request, question, initial=begun), posting.FRESH)
    if typed_tags.is_choosing(request):
        typed = taken_up({}, edit_page.get_edit_fields(question)) | typed_tags.typed_so_far(request)
        return _page(request, question, _form(request, question, initial=typed), posting.FRESH)
    form = _form(request, question, data=request.POST)
    if not form.is_valid():
        return _page(request, question, form, posting.Outcome())
    limiting.require_room(request.viewer, request.address, "edit")
    since = log_query.head_number()
    outcome = posting.save(form, lambda: _retag(request, question, form))
    if not outcome.post:
        return _page(request, question, form, outcome, conflict=conflict_of(request, question, form))
    with suppress(limiting.LimitReached):  # what is refused counts nowhere, so it is counted now
        limiting.spend(request.viewer, request.address, "edit")
    typed_tags.say_left_out(request, form.cleaned_data["tags"])
    undo.offer_to_team(request, "Topic and tags saved.", question, since=since)
    return redirect(question.get_absolute_url())


def _form(request: SiteRequest, question: Any, **options: Any) -> RetagForm:
    topics = ask_page.get_topic_offer(request.viewer, request.rules, stands_in=question.category_id)
    return RetagForm(
        viewer=request.viewer, rules=request.rules, categories=topics.choices, refused=topics.refused, **options
    )


def _page(
    request: SiteRequest, question: Any, form: RetagForm, outcome: posting.Outcome, conflict: Any = None
) -> HttpResponse:
    chosen = request.GET.get("category", "") or str(form["category"].value() or "")
    help_there = ask_page.get_tags_help(chosen)
    context = {"form": form, "question": question, "topic_help": help_there, "conflict": conflict}
    return posting.show(request, "forum/retag.html", context, outcome)


def _retag(request: SiteRequest, question: Any, form: RetagForm) -> Any:
    changes = form.changes
    topic = ask_page.get_category(changes["category"]) if "category" in changes else None
    version = form.cleaned_data["base_version"]
    return editing.retag_question(
        request.viewer, question, category=topic, tags=changes.get("tags"), base_version=version
    )
