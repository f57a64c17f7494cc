"""Take back everything by an account, or by many; make one account of two."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum import permissions
from forum.actions import reversing, uniting
from forum.forms.accounts import ManyAccountsForm, MergeAccountsForm, UndoAccountForm
from forum.queries import log as log_query
from forum.queries.account_merge import get_merge_preview
from forum.queries.members import get_member_or_404
from forum.queries.new_accounts import get_new_accounts
from forum.queries.paging import read_place
from forum.queries.team_member import get_team_member, team_path
from forum.views import undo
from forum.views.access import member_required
from forum.views.requests import SiteRequest

if TYPE_CHECKING:
    from accounts.models import User

_ACCOUNTS = "/moderation/accounts/"


@require_safe
@member_required
def accounts(request: SiteRequest) -> HttpResponse:
    """Show who joined lately, so that a wave of spam is seen and taken back."""
    permissions.require(permissions.can_moderate(request.viewer, request.rules))
    return _accounts_page(request, ManyAccountsForm())


@require_POST
@member_required
def undo_accounts(request: SiteRequest) -> HttpResponse:
    """Take back everything by the accounts that were chosen, each as an act of its own."""
    permissions.require(permissions.can_moderate(request.viewer, request.rules))
    form = ManyAccountsForm(request.POST)
    if not form.is_valid():
        return _accounts_page(request, form, status=422)
    since, refusals = log_query.head_number(), set()
    members = form.cleaned_data["members"]
    for member in members:
        try:
            _undo(request, member, form)
        except PermissionDenied as refusal:
            refusals.add(str(refusal))
    for sentence in sorted(refusals):
        messages.error(request, sentence)
    if len(refusals) < len(members):
        undo.offer(request, f"Undone: everything under the names of {len(members)} accounts.", since=since)
    return HttpResponseRedirect(_ACCOUNTS)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def undo_account(request: SiteRequest, name: str) -> HttpResponse:
    """Ask how far back and why; then take back everything by one account."""
    found = get_member_or_404(name)
    permissions.require(permissions.can_undo_account(request.viewer, found, request.rules))
    form = UndoAccountForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        since = log_query.head_number()
        _undo(request, found, form)
        undo.offer(request, f"Everything under the name of {found.username} in that time was undone.", since=since)
        return HttpResponseRedirect(team_path(found))
    context = {"member": get_team_member(found, request.viewer, request.rules), "form": form}
    return render(request, "forum/undo_account.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def merge_account(request: SiteRequest, name: str) -> HttpResponse:
    """Show what would go to another account; once that was seen, merge the two."""
    found = get_member_or_404(name)
    permissions.require(permissions.can_configure(request.viewer, request.rules))
    form, preview = MergeAccountsForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        target = form.cleaned_data["into"]
        permissions.require(permissions.can_merge_accounts(request.viewer, found, target, request.rules))
        if "confirmed" in request.POST:
            since = log_query.head_number()
            uniting.merge_accounts(request.viewer, found, target, reason=form.cleaned_data["reason"])
            undo.offer(request, f"{found.username} was merged into {target.username}.", since=since)
            return HttpResponseRedirect(team_path(target))
        preview = get_merge_preview(found, target, request.viewer)
    context = {"member": get_team_member(found, request.viewer, request.rules), "form": form, "preview": preview}
    return render(request, "forum/merge_account.html", context, status=422 if form.errors else 200)


def _undo(request: SiteRequest, member: "User", form: UndoAccountForm) -> None:
    reversing.undo_account(
        request.viewer,
        member,
        since=form.since(reversing.beginning_of(member)),
        reason=form.cleaned_data["reason"],
        is_spam=form.is_spam,
        own_address=request.address,
    )


def _accounts_page(request: SiteRequest, form: ManyAccountsForm, status: int = 200) -> HttpResponse:
    chosen = {name: request.GET.get(name, "") for name in ("days", "choose")}
    found = get_new_accounts(request.viewer, **chosen, place=read_place(request.GET))
    ticked = set(request.POST.getlist("members"))
    return render(request, "forum/accounts.html", {"list": found, "form": form, "ticked": ticked}, status=status)
