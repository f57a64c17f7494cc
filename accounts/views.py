"""One's own settings: profile, picture, colours, ways in, closing the account."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.account.stages import LoginStageController
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import members
from accounts.forms import LookForm, PictureForm, ProfileForm
from accounts.models import User
from accounts.stages import ReopenStage

_View = Callable[..., HttpResponse]


def _settings_page(view: _View) -> _View:
    """Open a page of settings to its member alone, for GET and POST, and let nobody keep a copy of it."""
    return never_cache(require_http_methods(["GET", "HEAD", "POST"])(login_required(view)))


@_settings_page
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change name and words about oneself."""
    member = _member(request)
    form = ProfileForm(_posted(request), initial={"name": member.username, "about": member.about})

    def change(data: dict[str, Any]) -> str:
        members.save_profile(member, name=data["name"], about=data["about"])
        return "Profile saved."

    return _change(request, form, change, field="name", page="profile", to="settings_profile")


@_settings_page
def picture(request: HttpRequest) -> HttpResponse:
    """Show one's picture and replace it by an upload."""
    member = _member(request)
    form = PictureForm(_posted(request), request.FILES if request.method == "POST" else None)

    def change(data: dict[str, Any]) -> str:
        members.set_picture(member, data["picture"])
        return "Picture saved."

    return _change(request, form, change, field="picture", page="picture", to="settings_picture")


@require_POST
@login_required
def remove_picture(request: HttpRequest) -> HttpResponse:
    """Go back to the drawn picture."""
    members.remove_picture(_member(request))
    messages.success(request, "You’re using the drawn picture again.")
    return redirect("settings_picture")


@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """Lead to where it is chosen now; older mails name this address."""
    return redirect("/settings/notifications/", permanent=True)


@_settings_page
def look(request: HttpRequest) -> HttpResponse:
    """Choose the colours of the site, and the size and spacing of its text."""
    member = _member(request)
    now = {name: getattr(member, name) for name in ("theme", "text_size", "has_wide_spacing")}
    form = LookForm(_posted(request), initial=now)

    def change(data: dict[str, Any]) -> str:
        members.set_look(member, **data)
        return "Saved."

    response = _change(request, form, change, page="look", to="settings_look")
    if response.status_code == HTTPStatus.FOUND:
        # Chosen in the footer before, for this browser alone; from now on the member's choice counts.
        response.delete_cookie("theme", samesite="Lax")
    return response


@never_cache
@require_safe
@login_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the ways into one's account, each leading to the page that changes it."""
    member = _member(request)
    pending = EmailAddress.objects.get_new(member)
    context = {"has_second_step": is_mfa_enabled(member), "new_email": pending.email if pending else ""}
    return render(request, "accounts/sign_in.html", context)


@_settings_page
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def close(request: HttpRequest) -> HttpResponse:
    """Say what closing the account means; close it, once the person has shown again that it is theirs."""
    member = _member(request)
    form = forms.Form(_posted(request))
    if form.is_valid():
        try:
            closed = members.close_account(member)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return _after_closing(request, closed)
    return _page(request, "close", form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest) -> HttpResponse:
    """Open one's closed account again; the last stage of signing in (`accounts.stages`) leads here."""
    stage = LoginStageController.enter(request, ReopenStage.key)
    if stage is None or not stage.login.user.is_active:
        return redirect("account_login")
    if request.method != "POST":
        return render(request, "accounts/reopen.html", {"last_day": members.last_day(stage.login.user)})
    stage.login.user = members.reopen_account(stage.login.user)
    messages.success(request, "Your account is open again. Everything is as you left it.")
    response: HttpResponse = stage.exit()
    return response


def _change(
    request: HttpRequest,
    form: forms.Form,
    change: Callable[[dict[str, Any]], str],
    *,
    page: str,
    to: str,
    field: str | None = None,
) -> HttpResponse:
    """Make the change and go to `to` with the sentence it returns; show the form with what is wrong, else."""
    if form.is_valid():
        try:
            sentence = change(form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(field, refusal)
        else:
            messages.success(request, sentence)
            return redirect(to)
    return _page(request, page, form)


def _page(request: HttpRequest, page: str, form: forms.Form) -> HttpResponse:
    return render(request, f"accounts/{page}.html", {"form": form}, status=422 if form.errors else 200)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _member(request: HttpRequest) -> User:
    return cast("User", request.user)


def _after_closing(request: HttpRequest, member: User) -> HttpResponse:
    until = date_format(localtime(members.last_day(member)), "j F Y")
    get_adapter().send_mail("account/email/account_closed", member.email, {"until": until})
    logout(request)
    messages.success(request, f"Your account is closed. Until {until} you can sign in to reopen it.")
    return redirect("/")
