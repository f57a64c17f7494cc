"""How far back everything by an account is taken back, why, and of whom; which account it is merged into."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from accounts.fields import LineField
from accounts.models import User
from accounts.names import name_key
from forum.forms.messages import WordsField
from forum.limits import ACCOUNTS_A_PAGE, REASON_LENGTH

SPAM = "spam"
_DIGITS = 15  # of the largest number an id can be
_NOBODY = "Choose at least one account."
_WHAT = [
    (
        SPAM,
        "ban|It’s spam|Everything by a new member, else the last day. The account and its addresses are blocked too.",
    ),
    ("1", "restore|The last hour|Posts, votes and reports. The account stays open."),
    ("24", "restore|The last day|Posts, votes and reports. The account stays open."),
    ("168", "restore|The last week|Posts, votes and reports. The account stays open."),
]


class UndoAccountForm(forms.Form):
    """How far back, and why."""

    what = forms.ChoiceField(
        label="What should be undone?",
        choices=_WHAT,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how far back.", "invalid_choice": "Choose how far back."},
    )
    reason = WordsField(
        label="Why?",
        longest=REASON_LENGTH,
        required_sentence="Say why, in a sentence.",
        help_text="It is kept in the log, and the author sees it beside each post.",
        rows=3,
    )

    @property
    def is_spam(self) -> bool:
        """Whether the account is kept out as well."""
        return bool(self.cleaned_data["what"] == SPAM)

    def since(self, beginning: datetime) -> datetime:
        """Return since when things go; `beginning` for spam."""
        if self.is_spam:
            return beginning
        return timezone.now() - timedelta(hours=int(self.cleaned_data["what"]))


class ManyAccountsForm(UndoAccountForm):
    """Of whom, too."""

    members = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": _NOBODY, "invalid_choice": _NOBODY}
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        given = self.data.getlist("members") if hasattr(self.data, "getlist") else []
        ids = [pk for pk in given if pk.isascii() and pk.isdigit() and len(pk) <= _DIGITS]
        self.fields["members"].choices = [(pk, pk) for pk in ids]  # type: ignore[attr-defined]

    def clean_members(self) -> list[User]:
        """Return the members who were chosen; those who aren't there any more are left out."""
        ids = self.cleaned_data["members"]
        if len(ids) > ACCOUNTS_A_PAGE:
            raise forms.ValidationError(f"Choose up to {ACCOUNTS_A_PAGE} at once.")
        return list(User.objects.filter(pk__in=ids).order_by("pk"))


class MergeAccountsForm(forms.Form):
    """The account that stays, and why."""

    into = LineField(
        label="Name of the account to keep",
        max_length=30,
        error_messages={"required": "Enter the name of the other account."},
    )
    reason = WordsField(
        label="Why?",
        longest=REASON_LENGTH,
        required_sentence="Say why, in a sentence.",
        help_text="It is kept in the log.",
        rows=3,
    )

    def clean_into(self) -> User:
        """Return the member of that name."""
        named = User.objects.open().filter(name_key=name_key(self.cleaned_data["into"]))
        member: User | None = named.first()
        if member is None:
            raise forms.ValidationError("There is no member with that name.")
        return member
