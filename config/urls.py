"""Mounts the parts: the administration, accounts, and the forum at the root."""

from django.urls import include, path
from django.views.generic import RedirectView

from forum.admin.index import panel

urlpatterns = [
    path("admin/", panel.urls),
    # What people shorten an address to.
    path("accounts/", RedirectView.as_view(url="/settings/sign-in/", http_method_names=["get", "head"])),
    path("accounts/", include("allauth.urls")),
    path("settings/", include("accounts.urls")),
    path("", include("forum.urls")),
]

handler400 = "forum.views.errors.bad_request"
handler403 = "forum.views.errors.permission_denied"
handler404 = "forum.views.errors.page_not_found"
handler500 = "forum.views.errors.server_error"
