"""Answer a question."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from forum.actions import answering
from forum.bylines import Byline, byline
from forum.choices import DraftKind
from forum.forms.posts import AnswerForm
from forum.forms.writing import seconds_open
from forum.permissions import is_author
from forum.queries import ask_page
from forum.queries.lookups import get_question_or_404
from forum.queries.standing import is_anonymous_in
from forum.views import drafts_kept, gate, posting
from forum.views.requests import SiteRequest


@require_POST
def answer(request: SiteRequest, post_id: int) -> HttpResponse:
    """Publish an answer to a question; what cannot go through comes back on a page of its own."""
    try:
        question = get_question_or_404(post_id, viewer=request.viewer)
    except Http404:
        return posting.gone(request)
    if drafts_kept.was_signed_in(request):
        return drafts_kept.to_sign_in_with_draft(request)
    options: dict[str, Any] = {
        "hides": is_anonymous_in(request.viewer, question.pk),
        "asker": byline(question, request.viewer),
    }
    if posting.wants_preview(request):
        form = answer_form(request, **options, initial=posting.typed_before(request))
        preview, outcome = posting.preview_without_script(request)
        return drafts_kept.kept(request, answer_page(request, question, form, outcome, preview=preview))
    form = answer_form(request, **options, data=request.POST)
    outcome = posting.attempt(request, form, "answer", lambda: _answer(request, question, form))
    if outcome.post:
        return posting.posted(request, outcome.post, "Your answer is posted.", kind=DraftKind.ANSWER, about=question)
    return drafts_kept.kept(request, answer_page(request, question, form, outcome))


def answer_form(request: SiteRequest, *, hides: bool, asker: Byline, **options: Any) -> AnswerForm:
    """Return the form for an answer by this visitor; one query for the content notes.

    It starts anonymous where they are anonymous in the thread already (`hides`), and asks the one who asked for less.
    """
    notes = ask_page.get_note_choices()
    form = AnswerForm(viewer=request.viewer, rules=request.rules, notes=notes, auto_id="answer_%s", **options)
    gate.prepare(request, form)
    if hides:
        form.begin_anonymous()
    if asker.is_you:
        form.begin_as_asker("" if asker.is_anonymous else asker.name)
    return form


def answer_page(
    request: SiteRequest, question: Any, form: AnswerForm, outcome: posting.Outcome, **extra: Any
) -> HttpResponse:
    """Show the answer's form on a page of its own, below the question's title."""
    is_own = is_author(request.viewer, question)
    context = {
        "question": question,
        "answer_form": form,
        "post_id": question.pk,
        "intent": "" if is_own else question.intent,
        "answer_guidance": "" if is_own else ask_page.get_answer_guidance(question.category_id),
        "preview": None,
        "draft": None,
        **extra,
    }
    return posting.show(request, "forum/answer.html", context, outcome)


def _answer(request: SiteRequest, question: Any, form: AnswerForm) -> Any:
    data = form.cleaned_data
    return answering.answer_question(
        request.viewer,
        question,
        body=data["body"],
        notes=ask_page.get_notes(data.get("notes", [])),
        is_anonymous=data.get("is_anonymous", False),
        guest_name=data.get("guest_name", ""),
        guest_email=form.given_email(),
        submission_id=data["submission_id"],
        seconds_open=seconds_open(data["started"]),
    )
