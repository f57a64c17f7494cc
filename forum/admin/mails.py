"""What leaves by mail, for administrators: how far each mail has come, and nothing of whom or what it is about."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.safestring import SafeString

from forum.actions import mailing
from forum.admin import mail_files, words
from forum.admin.base import ForumAdmin, actor_of, is_administrator
from forum.admin.index import panel
from forum.choices import MailKind, MailState
from forum.models import Mail

_COLOURS = {MailState.QUEUED: "honey", MailState.SENT: "leaf", MailState.SKIPPED: "fill", MailState.DEAD: "clay"}
_GONE = "This email does not exist."


@admin.register(Mail, site=panel)
class MailAdmin(ForumAdmin):
    """Mails, the newest first. Subject, words, post and member stay away: a list of them would say who asked what.

    So would the list itself: whoever answers their own anonymous question is told of nothing. Mails about what
    happened are in it only when they make trouble.
    """

    heading = "Mails"
    change_list_template = "admin/mails.html"
    list_display_links = None
    list_display = (
        *("number_column", "kind", "address_column", "state_column", "attempts"),
        *("error_column", "due_column", "sent_column", "bounced_column"),
    )
    list_filter = ("state", "kind")
    actions = ("send_again",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Where mails go is for administrators, as addresses are."""
        return is_administrator(request)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out what arrives as it should where its number would tell; load what a row shows, and no words."""
        is_well = Q(last_error="", bounced_at=None) & ~Q(state=MailState.DEAD)
        about_what_happened = Q(kind__in=(MailKind.NOTIFICATION, MailKind.DIGEST))
        return super().get_queryset(request).exclude(about_what_happened & is_well).defer("content")

    def get_urls(self) -> list[URLPattern]:
        """Add the mails that were left as files."""
        view = self.admin_site.admin_view
        ours = [
            path("files/", view(self.files_view), name="mail_files"),
            path("files/<str:name>/", view(self.file_view), name="mail_file"),
        ]
        return [*ours, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to the files while mails become files."""
        extra = {"has_files": mail_files.are_kept(), **(extra_context or {})}
        response: HttpResponse = super().changelist_view(request, extra)
        return response

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A mail has no page here."""
        raise Http404(_GONE)

    def files_view(self, request: HttpRequest) -> HttpResponse:
        """Show the mails in the data folder, the newest first."""
        self._require_files(request)
        context = {
            **self.admin_site.each_context(request),
            "title": "Emails as files",
            "files": mail_files.newest(reader=actor_of(request).email),
        }
        return TemplateResponse(request, "admin/mail_files.html", context)

    def file_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """Show one of them as its reader would see its words."""
        self._require_files(request)
        mails = mail_files.read(name, reader=actor_of(request).email)
        if mails is None:
            raise Http404(_GONE)
        context = {**self.admin_site.each_context(request), "title": "An email as a file", "mails": mails, "name": name}
        return TemplateResponse(request, "admin/mail_file.html", context)

    def _require_files(self, request: HttpRequest) -> None:
        if not is_administrator(request) or not mail_files.are_kept():
            raise Http404(_GONE)

    @admin.action(description="Send again", permissions=["view"])
    def send_again(self, request: HttpRequest, mails: Any) -> None:
        """Try the chosen mails again that were given up."""
        again = sum(mailing.resend_mail(actor_of(request), mail) for mail in mails)
        if again:
            messages.success(request, f"Sent again: {again}.")
        else:
            messages.info(request, "No change: only failed emails can be sent again.")

    @admin.display(description="Mail")
    def number_column(self, mail: Mail) -> str:
        """Its number."""
        return str(mail.pk)

    @admin.display(description="To")
    def address_column(self, mail: Mail) -> str:
        """Where it goes, as much as tells one host's trouble from another's; of a mail that arrived, nothing.

        Of mails about what happened the hour tells what they are about: whose they are would say who asked that.
        """
        name, _, host = mail.address.rpartition("@")
        if mail.kind == MailKind.ACCOUNT:
            return f"{name[:1]}…@{host}"
        return f"…@{host}" if mail.last_error or mail.bounced_at else words.NOBODY

    @admin.display(description="State")
    def state_column(self, mail: Mail) -> SafeString:
        """How far it has come."""
        return words.pill(str(MailState(mail.state).label), _COLOURS[MailState(mail.state)])

    @admin.display(description="Last error")
    def error_column(self, mail: Mail) -> str:
        """What the server said, or why it was not sent; addresses are left out when it is kept."""
        return mail.last_error or words.NOBODY

    @admin.display(description="Due")
    def due_column(self, mail: Mail) -> str:
        """When it should leave."""
        return words.ago(mail.due_at) if mail.state == MailState.QUEUED else words.NOBODY

    @admin.display(description="Sent")
    def sent_column(self, mail: Mail) -> str:
        """How long ago it left."""
        return words.ago(mail.sent_at)

    @admin.display(description="Bounced")
    def bounced_column(self, mail: Mail) -> str:
        """How long ago it came back for good."""
        return words.ago(mail.bounced_at)
