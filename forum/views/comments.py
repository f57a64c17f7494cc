"""Comment on a question or an answer."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from forum.actions import commenting
from forum.choices import DraftKind
from forum.forms.comments import CommentForm
from forum.forms.writing import seconds_open
from forum.queries.lookups import get_post_or_404
from forum.queries.question_page import get_post_card
from forum.queries.question_place import question_place
from forum.queries.replies import get_replied
from forum.queries.standing import is_anonymous_in
from forum.views import drafts_kept, gate, guest_cookie, posting
from forum.views.requests import SiteRequest
from forum.views.responses import partial_or_redirect


@require_POST
def comment(request: SiteRequest, post_id: int) -> HttpResponse:
    """Add a comment below a post; the piece that changes is the list of its comments."""
    try:
        post = get_post_or_404(post_id, viewer=request.viewer)
    except Http404:
        return posting.gone(request)
    if drafts_kept.was_signed_in(request):
        return drafts_kept.to_sign_in_with_draft(request)
    hides = is_anonymous_in(request.viewer, post.question_id or post.pk)
    if posting.wants_preview(request):
        form = comment_form(request, hides=hides, initial=posting.typed_before(request))
        preview, outcome = posting.preview_without_script(request, is_comment=True)
        return drafts_kept.kept(request, comment_page(request, post, form, outcome, preview=preview))
    form = comment_form(request, hides=hides, data=request.POST)
    outcome = posting.attempt(request, form, "comment", lambda: _comment(request, post, form))
    if not outcome.post:
        return drafts_kept.kept(request, comment_page(request, post, form, outcome))
    if not request.htmx or outcome.post.needs_care:
        return posting.posted(request, outcome.post, "Your comment is posted.", kind=DraftKind.COMMENT, about=post)
    return _comments(request, post, outcome.post)


def comment_form(request: SiteRequest, *, hides: bool, **options: Any) -> CommentForm:
    """Return the form for a comment by this visitor; one serves for all posts of a page.

    It starts anonymous where they are anonymous in the thread already (`hides`).
    """
    form = CommentForm(viewer=request.viewer, rules=request.rules, auto_id="comment_%s", **options)
    gate.prepare(request, form)
    if hides:
        form.begin_anonymous()
    if replied := get_replied(form["reply_to"].value(), viewer=request.viewer):
        form.reply_name = replied.byline.name
    return form


def comment_page(
    request: SiteRequest, post: Any, form: CommentForm, outcome: posting.Outcome, **extra: Any
) -> HttpResponse:
    """Show the comment's form on a page of its own, or, for htmx, in its place."""
    context = {
        "post": post,
        "place": question_place(post, request.viewer),
        "comment_form": form,
        "post_id": post.pk,
        "preview": None,
        "draft": None,
        **extra,
    }
    response = posting.show(request, "forum/comment.html", context, outcome)
    # Whatever the form was to replace, its own page brings it back with what was typed.
    response["HX-Retarget"] = response["HX-Reselect"] = f"#comment-form-{post.pk}"
    response["HX-Reswap"] = "outerHTML"
    return response


def _comments(request: SiteRequest, post: Any, comment: Any) -> HttpResponse:
    author = comment.author or comment.guest
    posting.forget_draft(request, author, DraftKind.COMMENT, post)
    card = get_post_card(post.pk, viewer=author, rules=request.rules)
    context = {"card": card, "shows_comments": True}
    response = partial_or_redirect(request, "forum/partials/comments.html", context, to=card.path)
    guest_cookie.remember(response, comment.guest)
    return response


def _comment(request: SiteRequest, post: Any, form: CommentForm) -> Any:
    data = form.cleaned_data
    replied = get_replied(data["reply_to"], viewer=request.viewer)
    return commenting.add_comment(
        request.viewer,
        post,
        body=data["body"],
        reply_to=replied.post if replied else None,
        is_anonymous=data.get("is_anonymous", False),
        guest_name=data.get("guest_name", ""),
        guest_email=form.given_email(),
        submission_id=data["submission_id"],
        seconds_open=seconds_open(data["started"]),
    )
