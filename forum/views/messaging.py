"""What a member and the moderators say to each other: the member's side."""

from django.contrib.messages import success
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum import permissions
from forum.actions import limiting, messaging
from forum.forms.messages import MessageForm
from forum.queries import messages as query
from forum.queries.paging import read_place
from forum.queries.pauses import get_pauses
from forum.views.access import member_required
from forum.views.requests import SiteRequest
from forum.views.responses import partial_or_redirect

_SENT = "Sent. The moderators will answer here."
_GENERAL = "forum/write.html"


@require_safe
@member_required
def messages(request: SiteRequest) -> HttpResponse:
    """List the member's conversations, and say what they may not do just now."""
    page = query.get_conversation_list(request.viewer, read_place(request.GET))
    return render(request, "forum/messages.html", {"page": page, "pauses": get_pauses(request.viewer)})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def write(request: SiteRequest) -> HttpResponse:
    """Begin a conversation with the moderators about anything."""
    permissions.require(permissions.can_write_to_team(request.viewer, request.site.rules))
    form = MessageForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, _GENERAL, {"form": form}, status=422 if form.is_bound else 200)
    limiting.spend(request.viewer, request.address, "message")
    message = messaging.write_to_team(request.viewer, text=form.cleaned_data["text"])
    success(request, _SENT)
    return HttpResponseRedirect(f"/messages/{message.conversation_id}/")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def conversation(request: SiteRequest, conversation_id: int) -> HttpResponse:
    """Show a conversation of the member, and send what they answer."""
    found = query.get_conversation(conversation_id, request.viewer)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        page = query.get_conversation_page(found, request.viewer, read_place(request.GET))
        context = {"conversation": page, "form": form}
        return render(request, "forum/conversation.html", context, status=422 if form.is_bound else 200)
    limiting.spend(request.viewer, request.address, "message")
    message = messaging.write_to_team(request.viewer, text=form.cleaned_data["text"], conversation=found)
    success(request, _SENT)
    return HttpResponseRedirect(f"/messages/{conversation_id}/#m{message.pk}")


@require_POST
@member_required
def read(request: SiteRequest, conversation_id: int) -> HttpResponse:
    """Say that the member has read what stands in a conversation; a browser with scripts says it by itself."""
    found = query.get_conversation(conversation_id, request.viewer)
    messaging.read_conversation(request.viewer, found)
    context = {"id": conversation_id, "unread": 0}
    return partial_or_redirect(request, "forum/partials/mark_read.html", context, to=f"/messages/{conversation_id}/")


@require_POST
@member_required
def acknowledge(request: SiteRequest, conversation_id: int, message_id: int) -> HttpResponse:
    """Say that the member has read a warning."""
    found = query.get_conversation(conversation_id, request.viewer)
    messaging.acknowledge_warning(request.viewer, query.get_message(message_id, found))
    success(request, "Thank you. You can write and vote again.")
    return HttpResponseRedirect(f"/messages/{conversation_id}/#m{message_id}")
