"""Follow questions, topics, tags and people, see what one follows, and name what one would rather not hear of."""

from collections.abc import Mapping
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum.actions import following as acts
from forum.choices import Followable, FollowMode
from forum.forms.following import FollowForm, MutedWordsForm
from forum.queries.following import (
    FollowRow,
    get_follow_list,
    get_followable_or_404,
    get_muting,
    list_address,
    mode_of,
    row_for,
)
from forum.queries.paging import read_place
from forum.views.access import member_required
from forum.views.requests import SiteRequest
from forum.views.responses import partial_or_redirect


@require_POST
@member_required
def follow_question(request: SiteRequest, post_id: int) -> HttpResponse:
    """Follow a question, stop, or hear of it in another way."""
    return _follow(request, Followable.QUESTION, post_id)


@require_POST
@member_required
def follow_topic(request: SiteRequest, category_id: int) -> HttpResponse:
    """Follow a topic with everything below it, stop, or hear of it in another way."""
    return _follow(request, Followable.TOPIC, category_id)


@require_POST
@member_required
def follow_tag(request: SiteRequest, tag_id: int) -> HttpResponse:
    """Follow a tag, stop, or hear of it in another way."""
    return _follow(request, Followable.TAG, tag_id)


@require_POST
@member_required
def follow_member(request: SiteRequest, member_id: int) -> HttpResponse:
    """Follow a member, stop, or hear of them in another way."""
    return _follow(request, Followable.MEMBER, member_id)


@require_safe
@member_required
def following(request: SiteRequest) -> HttpResponse:
    """Show what the member follows and muted, the last first."""
    show, gone = request.GET.get("show", ""), request.GET.get("gone", "")
    found = get_follow_list(request.viewer, show=show, place=read_place(request.GET), gone=gone)
    return render(request, "forum/following.html", {"list": found})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def muted_words(request: SiteRequest) -> HttpResponse:
    """Show the words the member would rather not hear of, to be changed."""
    if request.method != "POST":
        words, in_lists = get_muting(request.viewer)
        form = MutedWordsForm(initial={"words": words, "mutes_lists": in_lists})
        return render(request, "forum/muted_words.html", {"form": form})
    form = MutedWordsForm(request.POST)
    if form.is_valid():
        try:
            words, in_lists = form.cleaned_data["words"].splitlines(), form.cleaned_data["mutes_lists"]
            kept = acts.mute_words(request.viewer, words, in_lists=in_lists)
        except ValidationError as refusal:
            form.add_error("words", refusal)
        else:
            messages.success(request, "Saved." if kept else "Saved. No words are muted.")
            return redirect("/following/words/")
    return render(request, "forum/muted_words.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def set_state(request: SiteRequest, kind: Followable, key: int, data: Mapping[str, str]) -> FollowRow:
    """Follow the thing, stop, or hear of it in another way, as the form's `data` asks."""
    form = FollowForm(data)
    if not form.is_valid():
        raise ValidationError("Please use the Follow button.")
    state = form.cleaned_data["state"]
    thing = get_followable_or_404(kind, key, viewer=request.viewer)
    if state in FollowMode.values:
        acts.set_follow_mode(request.viewer, thing, state)
    else:
        act = acts.follow if state == "on" else acts.unfollow
        act(request.viewer, thing)
    return row_for(kind, thing, viewer=request.viewer, mode=mode_of(kind, key, request.viewer))


def _follow(request: SiteRequest, kind: Followable, key: int) -> HttpResponse:
    row = set_state(request, kind, key, request.POST)
    mode, place, show = row.mode, request.POST.get("place", ""), request.POST.get("show", "")
    context = {"kind": kind, "id": key, "mode": mode, "label": row.name, "place": place, "show": show}
    listed = f"{list_address(show)}#follow-{kind}-{key}" if mode else list_address(show, gone=f"{kind}-{key}")
    to = listed if place == "list" else row.path or "/following/"
    return partial_or_redirect(request, "forum/partials/follow_button.html", context, to=to)
