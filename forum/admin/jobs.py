"""Background work, for administrators: jobs with their errors and another try, chores with what they said last."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from forum.actions import working
from forum.admin import words
from forum.admin.base import ForumAdmin, actor_of, is_administrator
from forum.admin.index import panel
from forum.effects.mails import deliver_mail
from forum.effects.notifications import make_notifications
from forum.jobs import outcomes
from forum.jobs.chores import CHORES, Routine, run_chore
from forum.models import Chore
from forum.templatetags.forum_tags import icon

_JOBS = "/admin/django_tasks_database/dbtaskresult/"
_CHORES = "/admin/forum/chore/"
_STATES = {
    TaskResultStatus.READY: ("Waits", "honey"),
    TaskResultStatus.RUNNING: ("Runs", "brand"),
    TaskResultStatus.SUCCESSFUL: ("Done", "leaf"),
    TaskResultStatus.FAILED: ("Given up", "clay"),
}
_TELLING = (make_notifications.module_path, deliver_mail.module_path)
_LINE = 120  # what a list shows of an error
# It belongs to the form around the list, whose token it sends: forms do not stand in forms.
_BUTTON = '<button class="btn btn-quiet nowrap" formaction="{}">{}{}<span class="vh">: {}</span></button>'


class StateFilter(admin.SimpleListFilter):
    """By what became of the job."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return every state, by the words of the list."""
        return [(state.value.lower(), words_of) for state, (words_of, _) in _STATES.items()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep those in this state."""
        state = (self.value() or "").upper()
        return queryset.filter(status=state) if state in _STATES else queryset


class WorkAdmin(ForumAdmin):
    """A list for administrators: what jobs are about are numbers of rows, and traces hold addresses."""

    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators read."""
        return is_administrator(request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Name the page by what people call the rows."""
        return super().changelist_view(request, {"title": self.heading, **(extra_context or {})})


@admin.register(DBTaskResult, site=panel)
class JobAdmin(WorkAdmin):
    """Jobs, the newest first; those that are done stay for a day, those that were given up for two months.

    What tells people something is in no list while it makes no trouble: how much of it there was would say that an
    author answered themself.
    """

    change_form_template = "admin/job.html"
    heading = "Jobs"
    list_display = ("what_column", "state_column", "tries_column", "when_column", "error_column", "again_column")
    list_filter = (StateFilter,)
    ordering = ("-enqueued_at", "-pk")
    fields = (
        *("what_column", "state_column", "arguments", "tries_column", "put_at", "begun_at", "ended_at"),
        *("next_try", "result", "workers", "error"),
    )
    readonly_fields = fields

    def get_urls(self) -> list[URLPattern]:
        """Add the address of another try."""
        again = require_POST(self.admin_site.admin_view(self.retry_view))
        return [path("<uuid:job_id>/retry/", again, name="job_retry"), *super().get_urls()]

    def retry_view(self, request: HttpRequest, job_id: UUID) -> HttpResponse:
        """Have the job done again."""
        try:
            working.retry_job(actor_of(request), job_id)
        except DBTaskResult.DoesNotExist:
            raise Http404("It is no longer here.") from None
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, "It will be tried again now.")
        return HttpResponseRedirect(f"{_JOBS}{job_id}/change/")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out what tells people something and makes no trouble; load no traces into the list."""
        loaded = super().get_queryset(request).exclude(task_path__in=_TELLING, exception_class_path="")
        return (
            loaded
            if request.resolver_match and "object_id" in request.resolver_match.kwargs
            else loaded.defer("traceback", "return_value")
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show one job under the name of what it does."""
        shown = {"retry": f"{_JOBS}{object_id}/retry/", "heading": self.heading}
        return super().change_view(request, object_id, form_url, {**shown, **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Offer another try where there is one, and name the page by what the job does."""
        job = kwargs["obj"]
        context |= {"may_retry": _may_retry(job), "name": _name_of(job), "subtitle": _name_of(job)}
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="What it does")
    def what_column(self, job: DBTaskResult[Any, Any]) -> str:
        """The name of its function, and of the chore."""
        return _name_of(job)

    @admin.display(description="State")
    def state_column(self, job: DBTaskResult[Any, Any]) -> SafeString:
        """How far it is."""
        if job.status == TaskResultStatus.READY and job.exception_class_path:
            return words.pill("Will be tried again", "honey")
        return words.pill(*_STATES[TaskResultStatus(job.status)])

    @admin.display(description="Tries")
    def tries_column(self, job: DBTaskResult[Any, Any]) -> str:
        """How often it was begun."""
        lost = outcomes.losses_of(job)
        return f"{len(job.worker_ids)}{f', {lost} without an end' if lost else ''}"

    @admin.display(description="Since")
    def when_column(self, job: DBTaskResult[Any, Any]) -> SafeString | str:
        """When it got into this state."""
        return words.ago(job.finished_at or job.started_at or job.enqueued_at)

    @admin.display(description="Error")
    def error_column(self, job: DBTaskResult[Any, Any]) -> str:
        """The kind of the last error."""
        return job.exception_class_path.rpartition(".")[2] or words.NOBODY

    @admin.display(description="Try again")
    def again_column(self, job: DBTaskResult[Any, Any]) -> SafeString | str:
        """The button, where there is something to try."""
        if not _may_retry(job):
            return ""
        return format_html(_BUTTON, f"{_JOBS}{job.pk}/retry/", icon("refresh", "s"), "Try again", _name_of(job))

    @admin.display(description="With")
    def arguments(self, job: DBTaskResult[Any, Any]) -> str:
        """What its function is given; of what tells people something, not how far it has come among them."""
        given = job.args_kwargs
        if job.task_path == make_notifications.module_path:
            given = {"args": given["args"][:1], "kwargs": {}}
        named = [f"{name}={value!r}" for name, value in given["kwargs"].items()]
        return ", ".join([*map(repr, given["args"]), *named]) or words.NOBODY

    @admin.display(description="Added to the queue")
    def put_at(self, job: DBTaskResult[Any, Any]) -> str:
        """When somebody wanted it done."""
        return _time(job.enqueued_at)

    @admin.display(description="Begun")
    def begun_at(self, job: DBTaskResult[Any, Any]) -> str:
        """When it was begun last."""
        return _time(job.started_at)

    @admin.display(description="Ended")
    def ended_at(self, job: DBTaskResult[Any, Any]) -> str:
        """When it was done or given up."""
        return _time(job.finished_at)

    @admin.display(description="Due")
    def next_try(self, job: DBTaskResult[Any, Any]) -> str:
        """When it is to be begun."""
        return "At once" if job.run_after == get_date_max() else _time(job.run_after)

    @admin.display(description="Output")
    def result(self, job: DBTaskResult[Any, Any]) -> str:
        """What a chore said. Of other jobs, whether anybody was told would say that an author answered themself."""
        is_chore = job.task_path == run_chore.module_path
        return str(job.return_value) if is_chore and job.return_value is not None else words.NOBODY

    @admin.display(description="Workers")
    def workers(self, job: DBTaskResult[Any, Any]) -> str:
        """Who began it."""
        return "\n".join(job.worker_ids) or words.NOBODY

    @admin.display(description="Last error")
    def error(self, job: DBTaskResult[Any, Any]) -> SafeString | str:
        """The trace."""
        return format_html('<pre class="admin-text">{}</pre>', job.traceback) if job.traceback else words.NOBODY


@admin.register(Chore, site=panel)
class ChoreAdmin(WorkAdmin):
    """What is done by the clock, and what it said last."""

    heading = "Chores"
    list_display = (
        "what_column",
        "when_column",
        "state_column",
        "last_column",
        "next_column",
        "said_column",
        "now_column",
    )
    list_display_links = None
    ordering = ("name",)

    def get_urls(self) -> list[URLPattern]:
        """Add the address of "Run now"."""
        now = require_POST(self.admin_site.admin_view(self.run_view))
        return [path("<slug:name>/run/", now, name="chore_run"), *super().get_urls()]

    def run_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """Let the chore be due now."""
        chore = Chore.objects.filter(name=name).first()
        if chore is None or name not in CHORES:
            raise Http404("This chore does not exist.")
        try:
            working.run_chore_now(actor_of(request), chore)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, f"“{CHORES[name].label}” starts as soon as a worker is free.")
        return HttpResponseRedirect(_CHORES)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out what this version does not know."""
        return super().get_queryset(request).filter(name__in=CHORES)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Chores have no page of their own."""
        raise Http404("Chores have no page of their own.")

    @admin.display(description="What")
    def what_column(self, chore: Chore) -> str:
        """What it does."""
        return _routine(chore).label

    @admin.display(description="When")
    def when_column(self, chore: Chore) -> str:
        """By which clock."""
        return str(_routine(chore).when).capitalize()

    @admin.display(description="State")
    def state_column(self, chore: Chore) -> SafeString:
        """Whether it is done now, and how it ended last."""
        if chore.leased_until is not None and chore.leased_until > timezone.now():
            return words.pill("Starting", "brand")
        if chore.error:
            return words.pill("Look at it", "clay")
        return words.pill("Well", "leaf") if chore.finished_at else words.pill("Not run yet", "fill")

    @admin.display(description="Last done")
    def last_column(self, chore: Chore) -> SafeString | str:
        """How long ago."""
        return words.ago(chore.finished_at)

    @admin.display(description="Next due")
    def next_column(self, chore: Chore) -> str:
        """When, by the site's clock."""
        return f"{timezone.localtime(chore.due_at):%-d %B, %H:%M}"

    @admin.display(description="Output")
    def said_column(self, chore: Chore) -> str:
        """The last line of the error, or what it said."""
        lines = chore.error.strip().splitlines()
        return (lines[-1] if lines else chore.said)[:_LINE] or words.NOBODY

    @admin.display(description="Run")
    def now_column(self, chore: Chore) -> SafeString:
        """The button."""
        label = _routine(chore).label
        return format_html(_BUTTON, f"{_CHORES}{chore.pk}/run/", icon("refresh", "s"), "Run now", label)


def _routine(chore: Chore) -> Routine:
    return CHORES[chore.name]


def _name_of(job: DBTaskResult[Any, Any]) -> str:
    name = job.task_path.rpartition(".")[2].replace("_", " ").capitalize()
    given = job.args_kwargs["args"]
    return f"{name}: {CHORES[given[0]].label}" if name == "Run chore" and given and given[0] in CHORES else name


def _may_retry(job: DBTaskResult[Any, Any]) -> bool:
    waits_for_next = job.status == TaskResultStatus.READY and bool(job.exception_class_path)
    return job.status == TaskResultStatus.FAILED or waits_for_next


def _time(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%-d %B %Y, %H:%M:%S}" if moment else words.NOBODY
