"""A member as the team sees them: the timeline, and what can be done."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum import permissions
from forum.actions import messaging, sanctioning
from forum.choices import MessageKind
from forum.forms.messages import NoteForm, SuspensionForm, TeamMessageForm
from forum.queries import log as log_query
from forum.queries.members import get_member_or_404
from forum.queries.team_member import get_note_or_404, get_suspension_or_404, get_team_member, team_path
from forum.queries.timeline import get_timeline
from forum.queries.traces import get_traces
from forum.views import undo
from forum.views.access import member_required
from forum.views.canonical import to_canonical
from forum.views.composing import compose
from forum.views.requests import SiteRequest


@require_safe
@member_required
def member(request: SiteRequest, name: str) -> HttpResponse:
    """Show who a member is and what happened with them, newest first."""
    found = get_member_or_404(name)
    permissions.require(permissions.can_moderate(request.viewer, request.site.rules))
    if found.username != name:
        return to_canonical(request, team_path(found))
    context = {
        "member": get_team_member(found, request.viewer, request.site.rules),
        "timeline": get_timeline(
            found, request.viewer, show=request.GET.get("show", ""), before=request.GET.get("before", "")
        ),
        "traces": get_traces(found, viewer=request.viewer, rules=request.site.rules),
        "form": NoteForm(),
    }
    return render(request, "forum/member.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def note(request: SiteRequest, name: str) -> HttpResponse:
    """Keep a note for the team."""
    found = get_member_or_404(name)
    permissions.require(permissions.can_moderate(request.viewer, request.site.rules))
    form = NoteForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        about = get_team_member(found, request.viewer, request.site.rules)
        context = {"member": about, "form": form}
        return render(request, "forum/member_note.html", context, status=422 if form.is_bound else 200)
    since = log_query.head_number()
    messaging.note_member(request.viewer, found, text=form.cleaned_data["text"])
    undo.offer(request, "Note saved.", since=since)
    return HttpResponseRedirect(team_path(found))


@require_POST
@member_required
def lift_note(request: SiteRequest, note_id: int) -> HttpResponse:
    """Say that a note holds no longer."""
    found = get_note_or_404(note_id)
    permissions.require(permissions.can_moderate(request.viewer, request.site.rules))
    since = log_query.head_number()
    messaging.lift_note(request.viewer, found)
    undo.offer(request, "Note removed.", since=since)
    return HttpResponseRedirect(team_path(found.member))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def write(request: SiteRequest, name: str) -> HttpResponse:
    """Write to a member: a message, a word of care, a warning."""
    found = get_member_or_404(name)
    permissions.require(permissions.can_moderate(request.viewer, request.site.rules))
    composing = compose(request, TeamMessageForm)
    if composing.is_sent:
        since = log_query.head_number()
        messaging.write_to_member(request.viewer, found, **composing.form.cleaned_data)
        undo.offer(request, "Sent.", since=since)
        return HttpResponseRedirect(team_path(found))
    about = get_team_member(found, request.viewer, request.site.rules)
    context = {"member": about, "composing": composing}
    return render(request, "forum/member_write.html", context, status=composing.status)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def suspend(request: SiteRequest, name: str) -> HttpResponse:
    """Let a member only read, or do without one ability, for a while."""
    found = get_member_or_404(name)
    permissions.require(permissions.can_suspend(request.viewer, found, request.site.rules))
    composing = compose(request, SuspensionForm, (MessageKind.SUSPENSION,))
    if composing.is_sent:
        form, since = composing.form, log_query.head_number()
        assert isinstance(form, SuspensionForm)  # which is what `compose` was given
        sanctioning.suspend_member(request.viewer, found, **form.options())
        undo.offer(request, "Suspended. They’ll see why and until when.", since=since)
        return HttpResponseRedirect(team_path(found))
    about = get_team_member(found, request.viewer, request.site.rules)
    context = {"member": about, "composing": composing}
    return render(request, "forum/member_suspend.html", context, status=composing.status)


@require_POST
@member_required
def lift(request: SiteRequest, suspension_id: int) -> HttpResponse:
    """Let a member do again what they were suspended from."""
    found = get_suspension_or_404(suspension_id)
    permissions.require(permissions.can_suspend(request.viewer, found.member, request.site.rules))
    since = log_query.head_number()
    sanctioning.lift_suspension(request.viewer, found.member, ability=found.ability)
    undo.offer(request, "Lifted. They’ve been told.", since=since)
    return HttpResponseRedirect(team_path(found.member))
