"""The question page, and the way from a post's number to its place there."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from forum.choices import DraftKind, PostStatus
from forum.queries.drafts import get_draft
from forum.queries.lookups import get_post_or_404, is_erased
from forum.queries.merged_place import get_merged_place
from forum.queries.question_page import QuestionPage, get_post_place, get_question_page, is_indexed, read_view
from forum.queries.question_place import question_place
from forum.queries.share_pictures import picture_path
from forum.queries.structured_data import get_structured_data
from forum.views import errors, posting
from forum.views.answers import answer_form
from forum.views.canonical import to_canonical
from forum.views.comments import comment_form
from forum.views.requests import SiteRequest
from forum.views.seen import seen_questions


@require_safe
def question(request: SiteRequest, question_id: int, slug: str) -> HttpResponse:
    """Show a question with its answers; under another slug, lead to the right one."""
    try:
        page = get_question_page(question_id, viewer=request.viewer, rules=request.rules, view=read_view(request.GET))
    except Http404:
        return _to_what_it_is_part_of(request, question_id)
    if request.path != page.path:
        return _for_search(to_canonical(request, page.path), is_indexed=page.is_indexed)
    if request.method == "GET" and not request.GET and not page.question.byline.is_you:
        seen_questions.note(request, question_id)
    if request.method == "GET" and request.viewer.is_authenticated:
        seen_questions.mark(request.viewer.pk, question_id)
    response = render(request, "forum/question.html", _context(request, page, comment_on=_asked(request)))
    return _for_search(response, is_indexed=page.is_indexed)


@require_safe
def post_address(request: SiteRequest, post_id: int) -> HttpResponse:
    """Lead from a post's number to its place; a browser asks again, as the place can change."""
    try:
        post = get_post_or_404(post_id, viewer=request.viewer)
    except Http404:
        return _to_what_it_is_part_of(request, post_id)
    if (post.question or post).status == PostStatus.MERGED:
        return _to_what_it_is_part_of(request, post_id)
    if not question_place(post, request.viewer).path:
        raise Http404("This belongs to a question that isn’t public.")
    response = HttpResponsePermanentRedirect(get_post_place(post, viewer=request.viewer))
    patch_cache_control(response, no_cache=True, private=True)
    return _for_search(response, is_indexed=is_indexed(post.question or post))


def _to_what_it_is_part_of(request: SiteRequest, post_id: int) -> HttpResponse:
    """Lead to the question that another became part of, for now: a merge can be taken back. What was erased is gone."""
    place = get_merged_place(post_id, viewer=request.viewer)
    if not place and is_erased(post_id, viewer=request.viewer):
        return errors.gone(request)
    if not place:
        raise Http404("There is no such question here.")
    response = HttpResponseRedirect(place)
    patch_cache_control(response, no_cache=True, private=True)
    return response


def _for_search(response: HttpResponse, *, is_indexed: bool) -> HttpResponse:
    """Ask search engines to stay out, in the head too: the address they are led to tells the title."""
    if not is_indexed:
        response["X-Robots-Tag"] = "noindex"
    return response


def _context(request: SiteRequest, page: QuestionPage, *, comment_on: int) -> dict[str, Any]:
    """Add the forms to the page, each with what the viewer typed before."""
    context: dict[str, Any] = {
        "page": page,
        "comment_on": comment_on,
        "has_given_address": page.question.byline.is_you and bool(request.viewer.email),
    }
    if page.is_indexed and not request.viewer.is_authenticated:
        # Programs read as guests do; members need not carry it.
        context["picture"] = picture_path(page.question.id, page.question.title, request.site)
        context["structured_data"] = [] if request.GET else get_structured_data(page)
    if page.may_answer:
        draft = get_draft(request.viewer, DraftKind.ANSWER, page.question.id)
        context |= {
            "answer_form": answer_form(
                request,
                hides=page.is_anonymous_here,
                asker=page.question.byline,
                initial=posting.resumed(draft),
            ),
            "draft": draft,
        }
    card = page.card(comment_on)
    if card and card.may_comment:
        draft = get_draft(request.viewer, DraftKind.COMMENT, card.id)
        begun = {"reply_to": request.GET.get("reply", "")} | posting.resumed(draft)
        form = comment_form(request, hides=page.is_anonymous_here, initial=begun)
        form.fields["body"].widget.attrs["autofocus"] = True  # it was asked for; htmx focuses it as browsers do
        context |= {"comment_form": form, "comment_draft": draft}
    return context


def _asked(request: SiteRequest) -> int:
    """Return the post whose comment form was asked for with `?comment=`, or 0."""
    return read_view({"comment": request.GET.get("comment", "")}).show
