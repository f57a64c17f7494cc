"""Ask a question."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from forum import permissions
from forum.actions import asking
from forum.choices import DraftKind
from forum.forms.posts import QuestionForm
from forum.forms.writing import seconds_open
from forum.queries import ask_page
from forum.queries.drafts import get_draft, get_own_draft
from forum.queries.similar import get_similar
from forum.queries.standing import is_anonymous_in
from forum.views import drafts_kept, gate, posting, typed_tags
from forum.views.access import to_sign_in
from forum.views.requests import SiteRequest


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SiteRequest) -> HttpResponse:
    """Show the form, or publish the question."""
    if request.method != "POST":
        return _first_page(request)
    if drafts_kept.was_signed_in(request):
        return drafts_kept.to_sign_in_with_draft(request)
    if typed_tags.is_choosing(request):
        return _page(request, _form(request, initial=typed_tags.typed_so_far(request)), posting.FRESH)
    if posting.wants_preview(request):
        form = _form(request, initial=posting.typed_before(request))
        preview, outcome = posting.preview_without_script(request)
        return drafts_kept.kept(request, _page(request, form, outcome, preview=preview))
    form = _form(request, data=request.POST)
    outcome = posting.attempt(request, form, "ask", lambda: _ask(request, form))
    if outcome.post:
        typed_tags.say_left_out(request, form.cleaned_data["tags"])
        return posting.posted(request, outcome.post, "Your question is posted.", kind=DraftKind.QUESTION)
    return drafts_kept.kept(request, _page(request, form, outcome))


@require_safe
def similar(request: SiteRequest) -> HttpResponse:
    """Return the questions that sound like the title typed so far."""
    found = get_similar(request.GET.get("title", ""), viewer=request.viewer)
    return render(request, "forum/partials/similar.html", {"similar": found})


def _first_page(request: SiteRequest) -> HttpResponse:
    decision = permissions.can_ask(request.viewer, request.rules)
    if not decision and not request.viewer.is_authenticated:
        return to_sign_in(request)
    permissions.require(decision)
    follows = ask_page.get_followed_answer(request.GET.get("follow", ""), viewer=request.viewer)
    draft = _draft(request, follows)
    initial = posting.resumed(draft)
    if "category" in request.GET:
        initial["category"] = ask_page.get_category_id(request.GET["category"])
    form = _form(request, initial=initial)
    if follows and is_anonymous_in(request.viewer, follows.question_id or follows.pk):
        form.begin_anonymous("in the question this follows up")
    return _page(request, form, posting.FRESH, draft=draft)


def _draft(request: SiteRequest, follows: Any) -> Any:
    """Return the draft the form begins with: the one that was asked for, else the newest, unless another is begun."""
    if "draft" in request.GET:
        found = get_own_draft(request.viewer, ask_page.read_id(request.GET["draft"]) or 0)
        return found if found and found.kind == DraftKind.QUESTION else None
    newest = None if "new" in request.GET else get_draft(request.viewer, DraftKind.QUESTION)
    goes_on_here = newest and str(newest.fields.get("follows", "")) == (str(follows.pk) if follows else "")
    return newest if goes_on_here or not follows else None


def _ask(request: SiteRequest, form: QuestionForm) -> Any:
    data = form.cleaned_data
    category = ask_page.get_category(data["category"])
    if category is None:
        raise ValidationError({"category": "This topic no longer exists. Choose the closest one."})
    follows = ask_page.get_followed_answer(request.POST.get("follows", ""), viewer=request.viewer)
    return asking.ask_question(
        request.viewer,
        title=data["title"],
        body=data["body"],
        category=category,
        tags=data["tags"],
        intent=data["intent"],
        notes=ask_page.get_notes(data.get("notes", [])),
        audience=data["audience"],
        is_anonymous=data.get("is_anonymous", False),
        guest_name=data.get("guest_name", ""),
        guest_email=form.given_email(),
        submission_id=data["submission_id"],
        seconds_open=seconds_open(data["started"]),
        follows=follows,
    )


def _form(request: SiteRequest, **options: Any) -> QuestionForm:
    topics = ask_page.get_topic_offer(request.viewer, request.rules)
    form = QuestionForm(
        viewer=request.viewer,
        rules=request.rules,
        notes=ask_page.get_note_choices(),
        categories=topics.choices,
        refused=topics.refused,
        **options,
    )
    gate.prepare(request, form)
    return form


def _page(request: SiteRequest, form: QuestionForm, outcome: posting.Outcome, **extra: Any) -> HttpResponse:
    follows = request.POST.get("follows", "") or request.GET.get("follow", "")
    context = {
        "form": form,
        "draft": None,
        "preview": None,
        "similar": get_similar(request.POST.get("title", ""), viewer=request.viewer),
        "follows": ask_page.get_followed_answer(follows, viewer=request.viewer),
        "topic_help": ask_page.get_topic_help(
            str(form["category"].value() or ""), viewer=request.viewer, rules=request.rules
        ),
        **extra,
    }
    return posting.show(request, "forum/ask.html", context, outcome)
