"""The buttons and list actions of the administration: a confirmation that asks why, the act, and its undo."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import helpers
from django.core.exceptions import BadRequest, ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from accounts.paths import own_path
from accounts.transactions import atomic_with_retry
from forum.admin import steps
from forum.admin.base import ForumAdmin, actor_of, is_id, is_moderator
from forum.admin.forms import ReasonForm
from forum.admin.steps import Step
from forum.queries import log
from forum.views import undo

BULK_MOST = 100  # what one confirmation page can show, and one request can do in a second or two


@dataclass(frozen=True)
class Act:
    """One thing to do with a row: how its button, its question and its message read, and which step it takes."""

    name: str
    label: str
    title: str
    explanation: str
    done: str
    icon: str
    form: type[ReasonForm] = ReasonForm
    is_danger: bool = False
    in_lists: bool = True
    readers: str = "Only moderators read it, in the log."


class ActingAdmin(ForumAdmin):
    """A list whose rows can be acted on, one by one or several at once, each time with a reason."""

    acts: Sequence[Act] = ()

    def fitting(self, thing: Any) -> list[Act]:
        """Return the acts that would change `thing` as it stands."""
        raise NotImplementedError

    def described(self, thing: Any) -> dict[str, Any]:
        """Return how the confirmation page shows `thing`: `title`, and what else there is to say."""
        raise NotImplementedError

    def path_of(self, pk: int) -> str:
        """Return the address of the thing's page here."""
        meta = self.opts
        return f"/admin/{meta.app_label}/{meta.model_name}/{pk}/change/"

    def get_urls(self) -> list[URLPattern]:
        """Add the address of the acts."""
        meta = self.opts
        act = path(
            "<int:object_id>/act/<slug:name>/",
            self.admin_site.admin_view(self.act_view),
            name=f"{meta.app_label}_{meta.model_name}_act",
        )
        return [act, *super().get_urls()]

    def act_view(self, request: HttpRequest, object_id: int, name: str) -> HttpResponse:
        """Ask why; once that is said, act."""
        act = self._act(name)
        if not self.has_view_permission(request):
            raise PermissionDenied
        thing = self.get_queryset(request).filter(pk=object_id).first()
        if thing is None:
            raise Http404("It is no longer here.")
        form = act.form(request.POST if request.method == "POST" else None)
        if form.is_valid():
            self._perform(request, act, [object_id], form)
            return HttpResponseRedirect(next_path(request, self.path_of(object_id)))
        return self._ask(request, act, [thing], form, {"next": next_path(request, self.path_of(object_id))})

    def get_actions(self, request: HttpRequest) -> dict[str, tuple[Callable[..., Any], str, str]]:  # type: ignore[override]
        """Offer the acts for several rows; never the stock deletion."""
        if not is_moderator(request):
            return {}
        return {act.name: (_bulk(act), act.name, act.label) for act in self.acts if act.in_lists}

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Refuse numbers that no row can have before the database is asked."""
        if not all(is_id(pk) for pk in request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)):
            raise BadRequest("Choose something from the list.")
        response: HttpResponse = super().changelist_view(request, extra_context)
        return response

    def act_on_several(self, request: HttpRequest, act: Act, rows: Any) -> HttpResponse | None:
        """Ask why for the chosen rows; once that is said, act on each."""
        chosen = [int(pk) for pk in request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)][:BULK_MOST]
        things = list(rows.filter(pk__in=chosen))
        is_answer = "confirmed" in request.POST
        form = act.form(request.POST if is_answer else None)
        if is_answer and form.is_valid():
            self._perform(request, act, [thing.pk for thing in things], form)
            return None
        return self._ask(request, act, things, form, {"is_bulk": True, "checkbox": helpers.ACTION_CHECKBOX_NAME})

    def _act(self, name: str) -> Act:
        act = next((act for act in self.acts if act.name == name), None)
        if act is None:
            raise Http404("This action does not exist.")
        return act

    def _perform(self, request: HttpRequest, act: Act, pks: Sequence[int], form: ReasonForm) -> None:
        reason, options = form.cleaned_data["reason"], form.options()
        run(request, [Step(act.name, pk, options) for pk in pks], reason, done=act.done)

    def _ask(
        self, request: HttpRequest, act: Act, things: Sequence[Any], form: ReasonForm, extra: dict[str, Any]
    ) -> HttpResponse:
        form.fields["reason"].help_text = f"A sentence or two. {act.readers}"
        context = {
            **self.admin_site.each_context(request),
            "title": act.title,
            "act": act,
            "opts": self.opts,
            "heading": self.heading,
            "things": [{"pk": thing.pk, **self.described(thing)} for thing in things],
            "form": form,
            **extra,
        }
        return TemplateResponse(request, "admin/act.html", context, status=422 if form.is_bound else 200)


def run(request: HttpRequest, wanted: Sequence[Step], reason: str, *, done: str) -> None:
    """Take the steps, each by itself, and say what came of them, with an "Undo" for those that changed something."""
    begin = log.head_number()
    changed, refusals = 0, set()
    for step in wanted:
        before = log.head_number()
        try:
            atomic_with_retry(steps.take)(actor_of(request), step, reason)
        except ObjectDoesNotExist:
            refusals.add("It is no longer here.")
        except PermissionDenied as refusal:
            refusals.add(str(refusal))
        except ValidationError as refusal:
            refusals.update(refusal.messages)
        changed += log.head_number() > before
    for sentence in sorted(refusals):
        messages.error(request, sentence)
    if changed:
        undo.offer(request, done if changed == 1 else f"{done} ({changed})", since=begin)  # type: ignore[arg-type]
    elif not refusals:
        messages.info(request, "No change was needed.")


def next_path(request: HttpRequest, fallback: str) -> str:
    """Return where to go after an act: a path of this site that the form named, or `fallback`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return own_path(wanted, fallback)


def _bulk(act: Act) -> Callable[[ActingAdmin, HttpRequest, Any], HttpResponse | None]:
    def action(panel: ActingAdmin, request: HttpRequest, rows: Any) -> HttpResponse | None:
        return panel.act_on_several(request, act, rows)

    return action
