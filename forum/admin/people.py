"""Members in the administration: found by name, corrected, appointed, suspended; their anonymous posts stay unknown."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from accounts import members
from accounts.choices import Role
from accounts.fields import TypedField
from accounts.models import User
from accounts.names import clean_name, name_key
from forum import permissions, rules
from forum.actions import staffing
from forum.admin import words
from forum.admin.acts import Act, ActingAdmin
from forum.admin.base import actor_of, is_administrator, is_id
from forum.admin.forms import RoleForm, SuspendForm
from forum.admin.index import panel
from forum.choices import Ability
from forum.dates import day
from forum.models import Suspension

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[User]
else:
    _ModelForm = forms.ModelForm

_SUSPEND = Act(
    "suspend",
    "Suspend",
    "Suspend them for a while?",
    "They can still read, sign in and write to the moderators. This replaces a suspension from the same thing.",
    "Suspended.",
    "hourglass",
    form=SuspendForm,
    is_danger=True,
    readers="The member reads this too, and how to appeal.",
)
_LIFT = Act(
    "lift", "Lift suspensions", "Lift the block?", "They can do everything again right away.", "Lifted.", "restore"
)
_ROLE = Act(
    "role",
    "Change role",
    "Which role?",
    "Takes effect right away.",
    "Role changed.",
    "shield",
    form=RoleForm,
    in_lists=False,
)


class MemberForm(_ModelForm):
    """What an administrator corrects: the name and the words about themselves."""

    about = TypedField(label="About", max_length=280, required=False, widget=forms.Textarea(attrs={"rows": 4}))

    class Meta:
        model = User
        fields = ("username", "about")

    def clean_username(self) -> str:
        """Return the name as we keep it; refuse what nobody may be called, and what is taken."""
        name: str = self.cleaned_data["username"]
        return name if name == self.initial.get("username") else members.check_name(name, self.instance)


@admin.register(User, site=panel)
class MemberAdmin(ActingAdmin):
    """Members, by when they joined."""

    acts = (_SUSPEND, _LIFT, _ROLE)
    form = MemberForm
    change_form_template = "admin/member.html"
    list_display = ("username", "role", "points_column", "state_column", "joined_column")
    list_filter = ("role",)
    search_fields = ("pk",)
    search_help_text = "A member’s name or how it begins. Administrators can also search by email address."
    _shown = ("role", "points_column", "state_column", "joined_column")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators correct."""
        return is_administrator(request)

    def get_list_display(self, request: HttpRequest) -> Any:
        """Show addresses to administrators alone."""
        name, *others = super().get_list_display(request)
        return [name, *(["email"] if is_administrator(request) else []), *others]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by name, its look-alikes and its beginning; an address is for administrators."""
        term = clean_name(search_term)
        if not term:
            return queryset, False
        if "@" in term:
            found = queryset.filter(email__iexact=term) if is_administrator(request) else queryset.none()
            return found, False
        return queryset.filter(name_key__startswith=name_key(term)), False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the address to administrators alone."""
        address = ("email",) if is_administrator(request) else ()
        return ("username", "about", *address, *self._shown)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Let the name and the words be corrected, by those who may."""
        fields = self.get_fields(request, obj)
        return tuple(name for name in fields if name not in {"username", "about"} or not is_administrator(request))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Correct by the action that asks for permission and logs."""
        name, about = form.cleaned_data["username"], form.cleaned_data["about"]
        staffing.correct_member(actor_of(request), obj, name=name, about=about)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show the member with what can be done, and the suspensions there were."""
        member = self.get_queryset(request).filter(pk=int(object_id)).first() if is_id(object_id) else None
        if object_id is not None and member is None:
            raise Http404("This member does not exist.")
        extra: dict[str, Any] = {"show_save_and_add_another": False, "show_save_and_continue": False}
        if member is not None:
            now = rules.current()
            may_suspend = permissions.can_suspend(actor_of(request), member, now)
            may_appoint = permissions.can_change_role(actor_of(request), member, Role.MEMBER, now)
            extra["acts"] = [
                act for act in self.fitting(member) if (may_appoint if act.name == "role" else may_suspend)
            ]
            extra["suspensions"] = [
                {"row": row, "who": words.name_of(row.actor)}
                for row in Suspension.objects.filter(member=member).select_related("actor").order_by("-pk")[:20]
            ]
        return super().changeform_view(request, object_id, form_url, {**extra, **(extra_context or {})})

    def act_view(self, request: HttpRequest, object_id: int, name: str) -> HttpResponse:
        """Appointing is for administrators; the action asks again who may appoint whom."""
        if name == "role" and not is_administrator(request):
            raise PermissionDenied("Only administrators can do this.")
        return super().act_view(request, object_id, name)

    def described(self, thing: User) -> dict[str, Any]:
        """Return what the confirmation page says of a member."""
        return {"title": words.name_of(thing), "note": f"{thing.get_role_display()}, {thing.public_points:,} points"}

    def fitting(self, thing: User) -> list[Act]:
        """Return the acts that would change the member as they stand."""
        if thing.closed_at is not None:
            return []
        return [act for act in self.acts if act is not _LIFT or _lacking(thing)]

    @admin.display(description="Points")
    def points_column(self, member: User) -> str:
        """What others see: the exact sum, watched from day to day, would tell who wrote anonymously."""
        return f"{member.public_points:,}"

    @admin.display(description="State")
    def state_column(self, member: User) -> str:
        """Whether they take part."""
        if member.closed_at is not None:
            return words.pill("Account closed", "fill")
        if member.is_suspended and member.suspended_until is not None:
            return words.pill(f"Read-only until {day(member.suspended_until)}", "clay")
        if lacking := _lacking(member):
            return words.pill(f"Without: {', '.join(lacking).lower()}", "honey")
        return words.pill("Active", "leaf")

    @admin.display(description="Joined")
    def joined_column(self, member: User) -> str:
        """How long ago they joined."""
        return words.ago(member.date_joined)


def _lacking(member: User) -> list[str]:
    """Return what the member may not do just now, in words."""
    if member.is_suspended:
        return [str(Ability.EVERYTHING.label)]
    return [str(Ability(name).label) for name in sorted(member.abilities_until) if member.lacks(name)]
