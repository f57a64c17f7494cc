"""Edit a post, take one's own away and bring it back, look at a text before it is posted."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from forum import permissions
from forum.actions import editing, limiting
from forum.choices import DraftKind, PostStatus
from forum.forms.begun import choices_in, taken_up
from forum.forms.posts import EditForm
from forum.queries import ask_page, edit_page
from forum.queries import log as log_query
from forum.queries.drafts import get_draft
from forum.queries.lookups import get_post_or_404
from forum.queries.question_page import get_post_place
from forum.queries.question_place import question_place
from forum.queries.suggestions import as_words
from forum.views import access, drafts_kept, posting, typed_tags, undo
from forum.views.requests import SiteRequest

_SAVED = "Changes saved."
_SAVED_AND_WAITS = f"{_SAVED} A moderator will read them before others can see this."


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SiteRequest, post_id: int) -> HttpResponse:
    """Show a post's text to its editor, or save it as a new revision."""
    if request.method == "POST":
        return _save(request, post_id)
    post = get_post_or_404(post_id, viewer=request.viewer)
    decision = permissions.can_edit(request.viewer, post, request.rules)
    if not decision and not request.viewer.is_authenticated:
        return access.to_sign_in(request)
    permissions.require(decision)
    draft = get_draft(request.viewer, DraftKind.EDIT, post.pk)
    return edit_page_of(request, post, draft=draft)


@require_POST
def withdraw(request: SiteRequest, post_id: int) -> HttpResponse:
    """Take one's own post away; it can be brought back."""
    post = get_post_or_404(post_id, viewer=request.viewer)
    post = editing.withdraw_post(request.viewer, post)
    kind = post.get_kind_display().lower()
    messages.success(request, f"Your {kind} was deleted. Others can no longer see it. You can restore it.")
    return redirect(get_post_place(post, viewer=request.viewer))


@require_POST
def give_back(request: SiteRequest, post_id: int) -> HttpResponse:
    """Bring back a post that its author had deleted."""
    post = get_post_or_404(post_id, viewer=request.viewer)
    post = editing.return_post(request.viewer, post)
    messages.success(request, f"Your {post.get_kind_display().lower()} was restored.")
    return redirect(get_post_place(post, viewer=request.viewer))


@require_POST
def preview(request: SiteRequest) -> HttpResponse:
    """Return a text as readers would see it, for the box below the editor."""
    limiting.spend(request.viewer, request.address, "preview")
    is_comment, is_guide = request.POST.get("kind") == "comment", request.GET.get("of") == "tag"
    shown = posting.preview_of(request.POST.get("body", ""), is_comment=is_comment, links_names=not is_guide)
    return render(request, "forum/partials/preview.html", {"preview": shown}, status=422 if shown.refusal else 200)


def edit_page_of(
    request: SiteRequest,
    post: Any,
    form: EditForm | None = None,
    outcome: posting.Outcome = posting.FRESH,
    **extra: Any,
) -> HttpResponse:
    """Show the form that edits `post`; it begins with the post, or with a draft of it."""
    draft = extra.get("draft")
    if form is None:
        form = _form(request, post, initial=taken_up(posting.resumed(draft), edit_page.get_edit_fields(post)))
    context = {
        "form": form,
        "post": post,
        "place": question_place(post, request.viewer),
        "back_url": get_post_place(post, viewer=request.viewer),
        "is_own": permissions.is_author(request.viewer, post),
        "draft": None,
        "preview": None,
        "conflict": None,
        **extra,
    }
    return posting.show(request, "forum/edit.html", context, outcome)


def _save(request: SiteRequest, post_id: int) -> HttpResponse:
    try:
        post = get_post_or_404(post_id, viewer=request.viewer)
    except Http404:
        return posting.gone(request)
    if not request.viewer.is_authenticated and not permissions.is_author(request.viewer, post):
        return drafts_kept.to_sign_in_with_draft(request)
    if typed_tags.is_choosing(request):
        typed = taken_up({}, edit_page.get_edit_fields(post)) | typed_tags.typed_so_far(request)
        return edit_page_of(request, post, _form(request, post, initial=typed))
    if posting.wants_preview(request):
        form = _form(
            request, post, initial=taken_up({}, edit_page.get_edit_fields(post)) | posting.typed_before(request)
        )
        shown, outcome = posting.preview_without_script(request, is_comment=post.is_comment)
        return drafts_kept.kept(request, edit_page_of(request, post, form, outcome, preview=shown))
    form = _form(request, post, data=request.POST)
    if not form.is_valid():
        return drafts_kept.kept(request, edit_page_of(request, post, form, posting.Outcome()))
    try:
        limiting.require_room(request.viewer, request.address, "edit")
    except limiting.LimitReached as reached:
        form.refuse(reached.sentence)
        outcome = posting.Outcome(status=429, retry_after=reached.retry_after)
        return drafts_kept.kept(request, edit_page_of(request, post, form, outcome))
    since = log_query.head_number()
    outcome = posting.save(form, lambda: editing.edit_post(request.viewer, post, **_changes(form)))
    if outcome.post:
        with suppress(limiting.LimitReached):  # what is refused counts nowhere, so it is counted now
            limiting.spend(request.viewer, request.address, "edit")
        posting.forget_draft(request, request.viewer, DraftKind.EDIT, post)
        typed_tags.say_left_out(request, form.cleaned_data.get("tags", ()))
        waits = outcome.post.status == PostStatus.WAITING and permissions.is_author(request.viewer, post)
        place = get_post_place(outcome.post, viewer=request.viewer)
        if permissions.is_author(request.viewer, post):
            place = posting.after_care(request, outcome.post, place)
        undo.offer_to_team(request, _SAVED_AND_WAITS if waits else _SAVED, post, since=since)
        return redirect(place)
    page = edit_page_of(request, post, form, outcome, conflict=conflict_of(request, post, form))
    return drafts_kept.kept(request, page)


def _form(request: SiteRequest, post: Any, **options: Any) -> EditForm:
    notes = dict(ask_page.get_note_choices())
    if not post.is_comment:
        notes |= edit_page.get_note_choices_of(post)
    topics = ask_page.NO_TOPICS
    if post.is_question:
        topics = ask_page.get_topic_offer(request.viewer, request.rules, stands_in=post.category_id)
    return EditForm(
        post=post,
        viewer=request.viewer,
        rules=request.rules,
        notes=list(notes.items()),
        categories=topics.choices,
        refused=topics.refused,
        **options,
    )


def _changes(form: EditForm) -> dict[str, Any]:
    """Return what the action takes; what the form didn't ask stays out, and so stays as it is."""
    data = form.changes
    names = ("title", "body", "tags", "intent", "audience", "is_anonymous", "reason", "base_version")
    changes = {name: data[name] for name in names if name in data}
    if "category" in data:
        changes["category"] = ask_page.get_category(data["category"])
    if "notes" in data:
        changes["notes"] = ask_page.get_notes(data["notes"])
    return changes


def conflict_of(request: SiteRequest, post: Any, form: Any, now: dict[str, Any] | None = None) -> Any:
    """Return what was changed meanwhile; saving the form again then goes over it.

    The form itself goes on upon what the post is `now`: choices that nobody changed in it are the post's.
    """
    data, now = form.cleaned_data, now or edit_page.get_fields_now(post.pk)
    chosen = form.choices_over(now)
    title, body = data.get("title", now.get("title", "")), data.get("body", now["body"])
    conflict = edit_page.get_conflict(
        post.pk,
        as_words(title, body, chosen.get("tags", ())),
        begun=data.get("begun", {}),
        now=choices_in(now),
        chosen=chosen,
        base_version=data.get("base_version"),
        viewer=request.viewer,
        rules=request.rules,
    )
    if conflict:
        form.take_up(now)
    return conflict
