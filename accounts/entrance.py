"""The forms of allauth in the site's own words: sign-up, sign-in, codes, passwords, second step."""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib import messages
from django.core.validators import BaseValidator, EmailValidator, MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.shortcuts import redirect

from accounts.members import NAME_TAKEN
from accounts.models import User
from accounts.names import name_key
from accounts.signals import address_given, signing_up

_LONG_ENOUGH = "At least 10 characters. Three or four words that only you would put together work well."
_NO_ADDRESS = "This account has no email address, so we can’t send a code. Please contact the people who run this site."
_LONGEST = 500  # no password or name is; hashing a megabyte would be work for nothing
_CODE = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}


class InOurWords:
    """Gives a form of allauth our labels and hints, and takes its placeholders away: a label stays, they vanish."""

    words: ClassVar[Mapping[str, tuple[str, str]]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = "Fill this in."
            if isinstance(field, forms.CharField):
                field.validators.append(MaxLengthValidator(_LONGEST, f"Use at most {_LONGEST} characters."))
            if isinstance(field, forms.EmailField):
                # Its validator speaks for itself, so it needs the sentence too.
                field.validators = [
                    EmailValidator("Enter an email address, such as name@example.org."),
                    *field.validators[1:],
                ]
            if name == "code":
                field.widget.attrs |= _CODE
            if name in self.words:
                field.label, field.help_text = self.words[name]


class AsksForAddress:
    """Asks whether the address that somebody gives as theirs may be used here."""

    def clean_email(self) -> str:
        """Return the address, unless it is kept out."""
        email: str = super().clean_email()  # type: ignore[misc]
        address_given.send(type(self), email=email)
        return email


class SignInForm(InOurWords, account.LoginForm):  # type: ignore[misc]
    words = {
        "login": ("Email or name", ""),
        "password": ("Password", ""),
        "remember": ("Keep me signed in on this device", "Leave this off on a shared phone or computer."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none", "maxlength": "254"}

    def clean_login(self) -> str:
        """Return the address, or the name as its member wrote it, however it was typed here."""
        login: str = super().clean_login()
        if "@" in login:
            return login
        member = User.objects.filter(name_key=name_key(login)).first()
        return member.username if member else login

    def clean(self) -> dict[str, Any] | None:
        """Refuse an account without an address: no code can reach it, and allauth would lead round in a circle."""
        data: dict[str, Any] | None = super().clean()
        member = getattr(self, "user", None)
        if member is not None and not member.email:
            raise forms.ValidationError(_NO_ADDRESS)
        return data


class SignUpForm(AsksForAddress, InOurWords, account.SignupForm):  # type: ignore[misc]
    field_order = ("username", "email", "password1")
    words = {
        "username": ("Name", "What others see. It doesn’t have to be your real name."),
        "email": ("Email", "Never shown. We send you a code to confirm it."),
        "password1": ("Password", _LONG_ENOUGH),
        "website": ("Leave this empty", ""),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["username"]
        # accounts.names knows how long a name may be in which script, and says it in a sentence. Only what is no name
        # at all stops before: to make half a million piled marks regular would take minutes.
        rules = [rule for rule in name.validators if not isinstance(rule, BaseValidator)]
        name.validators = [*rules, MaxLengthValidator(_LONGEST, f"Use at most {_LONGEST} characters.")]
        name.widget.attrs.pop("minlength", None)
        name.widget.attrs |= {"autocomplete": "username", "spellcheck": "false"}
        trap = self.fields["website"].widget.attrs
        trap.pop("style", None)
        trap["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """Ask whether one more account may be made from here: for sign-ups that would go through, not for mistakes."""
        cleaned: dict[str, Any] = super().clean()
        if not self.errors:
            signing_up.send(type(self), request=context.request)
        return cleaned

    def try_save(self, request: HttpRequest) -> Any:
        """Make the account; when somebody took the name a moment ago, ask for another one."""
        if self.account_already_exists:
            # As long as a new account takes, or the time of the answer would tell who is a member.
            User().set_password(self.cleaned_data["password1"])
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            messages.error(request, NAME_TAKEN)
            return None, redirect("account_signup")


class NewPasswordForm(InOurWords, account.SetPasswordForm):  # type: ignore[misc]
    words = {"password1": ("New password", _LONG_ENOUGH), "password2": ("Repeat new password", "")}


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    words = {"oldpassword": ("Current password", ""), **NewPasswordForm.words}


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):  # type: ignore[misc]
    words = {"email": ("Email", "The email address of your account.")}


class ResetPasswordKeyForm(InOurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    words = NewPasswordForm.words


class PasswordAgainForm(InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    words = {"password": ("Password", "")}


class NewEmailForm(AsksForAddress, InOurWords, account.AddEmailForm):  # type: ignore[misc]
    words = {"email": ("New address", "We’ll send a code there. Your old address stays until you enter it.")}


class OtherEmailForm(AsksForAddress, InOurWords, account.ChangeEmailForm):  # type: ignore[misc]
    words = {"email": ("A different address", "")}


class ConfirmEmailForm(InOurWords, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    words = {"code": ("Code from the email", "")}


class ConfirmResetForm(InOurWords, account.ConfirmPasswordResetCodeForm):  # type: ignore[misc]
    words = {"code": ("Code from the email", "")}


class SecondStepForm(InOurWords, mfa.AuthenticateForm):  # type: ignore[misc]
    words = {"code": ("Code", "From your app, or one of your recovery codes.")}


class SecondStepAgainForm(InOurWords, mfa.ReauthenticateForm):  # type: ignore[misc]
    words = SecondStepForm.words


class ActivateAppForm(InOurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    words = {"code": ("Code from the app", "Six digits.")}
