"""The administration itself: its first page, its undo, and what it leaves out of the stock one."""

from functools import update_wrapper
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path

from forum import permissions, rules
from forum.actions import recounting
from forum.admin.base import actor_of, is_administrator, is_moderator
from forum.admin.health import PERIODS, site_health
from forum.admin.overview import overview

_DAYS_AT_FIRST = 30
# Which lists stand together on the first page, by their tables; every list stands in one of them.
GROUPS = {
    "Decisions": ("case", "flag", "appeal", "suggestion"),
    "Posts and people": ("post", "user", "revision", "reputationchange"),
    "Team activity": ("logentry", "measure", "closure", "suspension", "reversal", "event"),
    "Blocks": ("block", "watchedword"),
    "Care": ("carephrase", "helpline"),
    "Reasons and templates": ("flagreason", "closereason", "reply", "contentnote"),
    "Background work": ("dbtaskresult", "chore", "mail"),
    "The site": ("sitesettings", "category", "tag", "tagsynonym", "page"),
}


class Panel(AdminSite):
    """The administration of the forum. Nothing stands in it that this package has not registered."""

    site_title = "Administration"
    site_header = "Administration"
    index_title = "Needs your attention"
    enable_nav_sidebar = False
    final_catch_all_view = True

    def has_permission(self, request: HttpRequest) -> bool:
        """Moderators and administrators come in."""
        return is_moderator(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002
        """Send guests to sign in, and tell members at once that this is for moderators."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if self.has_permission(request):
                response: HttpResponse = inner(request, *args, **kwargs)
                return response
            if request.user.is_authenticated:
                raise PermissionDenied("This page is for moderators.")
            return redirect_to_login(request.get_full_path())

        return update_wrapper(guarded, inner)

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Add recount and the page on how the site is."""
        ours = [
            path("health/", self.admin_view(self.health_view), name="health"),
            path("recount/", self.admin_view(self.recount_view), name="recount"),
        ]
        return [*ours, *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show what waits for a decision, then everything there is."""
        shown = {"overview": overview(actor_of(request)), "groups": self._groups(request)}
        return super().index(request, {**shown, **(extra_context or {})})

    def app_index(self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None) -> Any:
        """Show the lists of one application."""
        shown = {"groups": self._groups(request, app_label)}
        return super().app_index(request, app_label, {**shown, **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Call each list what people call its rows."""
        apps: list[Any] = super().get_app_list(request, app_label)
        for row in (row for app in apps for row in app["models"]):
            row["name"] = getattr(self._registry[row["model"]], "heading", "") or row["name"]
        return apps

    def _groups(self, request: HttpRequest, app_label: str | None = None) -> list[tuple[str, list[Any]]]:
        apps = self.get_app_list(request, app_label)
        rows = {row["object_name"].lower(): row for app in apps for row in app["models"]}
        groups = [(name, [rows[table] for table in tables if table in rows]) for name, tables in GROUPS.items()]
        return [(name, lists) for name, lists in groups if lists]

    def health_view(self, request: HttpRequest) -> HttpResponse:
        """Show whether people are answered, how soon, and whether the team keeps up."""
        asked = request.GET.get("days", "")
        days = int(asked) if asked in map(str, PERIODS) else _DAYS_AT_FIRST
        periods = [(each, label, each == days) for each, label in PERIODS.items()]
        context = {
            **self.each_context(request),
            "title": "Site health",
            "health": site_health(days),
            "periods": periods,
        }
        return TemplateResponse(request, "admin/health.html", context)

    def recount_view(self, request: HttpRequest) -> HttpResponse:
        """Count every total anew from its rows, once somebody who may has asked for it."""
        if not is_administrator(request):
            raise PermissionDenied(permissions.can_configure(actor_of(request), rules.current()).reason)
        if request.method == "POST":
            messages.success(request, f"Recounted: {len(recounting.recount()):,} totals corrected.")
        return TemplateResponse(request, "admin/recount.html", {**self.each_context(request), "title": "Recount"})

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        """Passwords are changed where members change them."""
        return HttpResponseRedirect("/accounts/password/change/")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        """Signing out is done where members do it."""
        return HttpResponseRedirect("/accounts/logout/")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """No field completes itself here: completion would be one more list to keep secrets from."""
        raise Http404("There are no suggestions here.")


panel = Panel(name="admin")
# Signing in is allauth's, with its limits and second factor.
panel.login = secure_admin_login(panel.login)  # type: ignore[method-assign]
