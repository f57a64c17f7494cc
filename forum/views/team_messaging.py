"""What a member and the moderators say to each other: the team's side."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from forum import permissions
from forum.actions import messaging
from forum.forms.messages import TeamMessageForm
from forum.queries import log as log_query
from forum.queries import team_messages as query
from forum.queries.flag_page import get_flag_page
from forum.queries.lookups import get_post_or_404
from forum.queries.paging import read_place
from forum.queries.question_page import get_post_place
from forum.views import undo
from forum.views.access import member_required
from forum.views.composing import compose
from forum.views.requests import SiteRequest

SENT = "Sent."


@require_safe
@member_required
def team_messages(request: SiteRequest) -> HttpResponse:
    """List the conversations that await an answer, or all."""
    permissions.require(permissions.can_moderate(request.viewer, request.site.rules))
    show_all = request.GET.get("show") == "all"
    page = query.get_team_list(request.viewer, read_place(request.GET), show_all=show_all)
    return render(request, "forum/team_messages.html", {"list": page})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def team_conversation(request: SiteRequest, conversation_id: int) -> HttpResponse:
    """Show a conversation to the team, and send what a moderator answers."""
    found = query.get_team_conversation(conversation_id)
    permissions.require(permissions.can_moderate(request.viewer, request.site.rules))
    composing = compose(request, TeamMessageForm)
    if composing.is_sent:
        since = log_query.head_number()
        messaging.write_to_member(request.viewer, found.member, post=found.post, **composing.form.cleaned_data)
        undo.offer(request, SENT, since=since)
        return HttpResponseRedirect(f"/moderation/messages/{conversation_id}/")
    page = query.get_team_conversation_page(found, request.viewer, read_place(request.GET))
    context = {"conversation": page, "composing": composing}
    return render(request, "forum/team_conversation.html", context, status=composing.status)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def write_to_author(request: SiteRequest, post_id: int) -> HttpResponse:
    """Write to whoever wrote a post, about it; of an anonymous author the page knows the alias alone."""
    post = get_post_or_404(post_id, viewer=request.viewer)
    permissions.require(permissions.can_moderate(request.viewer, request.site.rules))
    composing = compose(request, TeamMessageForm)
    if composing.is_sent:
        since = log_query.head_number()
        message = messaging.write_to_author(request.viewer, post, **composing.form.cleaned_data)
        undo.offer(request, SENT, since=since)
        return HttpResponseRedirect(f"/moderation/messages/{message.conversation_id}/")
    context = {
        "page": get_flag_page(post_id, viewer=request.viewer),
        "place": get_post_place(post, viewer=request.viewer),
        "composing": composing,
    }
    return render(request, "forum/write_to_author.html", context, status=composing.status)
