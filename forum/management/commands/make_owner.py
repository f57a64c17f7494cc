"""Make the owner of the site: asks for name, address and password; `make owner` runs it."""

import getpass
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from accounts.choices import Role
from accounts.models import User
from accounts.names import name_key, validate_name
from forum.actions.joining import make_owner


class Command(BaseCommand):
    help = (
        "Make the owner of the site: a member with a confirmed email address who may do everything. "
        "Asks for anything missing. For scripts: --name, --email and the environment variable OWNER_PASSWORD; "
        "--existing if the name or the address is already a member's."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", default="", help="the name others see")
        parser.add_argument("--email", default="", help="the address for signing in and for emails")
        parser.add_argument("--existing", action="store_true", help="make an existing member the owner")

    def handle(self, *args: Any, **options: Any) -> None:
        asks = sys.stdin.isatty()
        name = self._checked("Name others will see", options["name"], _check_name, asks=asks)
        known = User.objects.filter(name_key=name_key(name)).first()
        email = self._checked("Email", options["email"] or (known.email if known else ""), validate_email, asks=asks)
        known = known or User.objects.filter(email__iexact=email).first()
        if known is not None and not (options["existing"] or _is_owner_of(known, email)):
            self._confirm(known, email, asks=asks)
        password = self._password(User(username=name, email=email), known, asks=asks)
        try:
            owner = make_owner(name, email, password)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(self.style.SUCCESS(f"{owner.username} is the owner now. Sign in with {owner.email}."))

    def _checked(self, label: str, given: str, check: Any, *, asks: bool) -> str:
        """Return what was given, or ask until the answer passes `check`."""
        answer = given
        while True:
            if not answer:
                if not asks:
                    raise CommandError(f"{label} is missing. Give --name and --email, or run this at a terminal.")
                answer = input(f"{label}: ").strip()
            try:
                check(answer)
            except ValidationError as refusal:
                if not asks:
                    raise CommandError(" ".join(refusal.messages)) from refusal
                self.stdout.write(" ".join(refusal.messages))
                answer = ""
            else:
                return answer

    def _confirm(self, known: User, email: str, *, asks: bool) -> None:
        """Go on only when the member there is already is the one who is meant: a name alone proves nothing."""
        sentence = f"“{known.username}” is a member already, with the address {known.email or '(none)'}."
        if email.lower() != known.email.lower():
            sentence += f" It would become {email}."
        if not asks:
            raise CommandError(f"{sentence} To make this member the owner, add --existing.")
        self.stdout.write(sentence)
        if input("Make this member the owner? Type yes: ").strip().lower() != "yes":
            raise CommandError("Nothing was changed. Choose another name or address.")

    def _password(self, member: User, known: User | None, *, asks: bool) -> str:
        """Return the new password, or nothing when somebody of the team keeps theirs.

        Who took the name before the owner did set that password, and would be the owner with it.
        """
        given = os.environ.get("OWNER_PASSWORD", "")
        if given:
            try:
                validate_password(given, member)
            except ValidationError as refusal:
                raise CommandError("OWNER_PASSWORD: " + " ".join(refusal.messages)) from refusal
            return given
        if known is not None and known.is_staff and known.has_usable_password():
            self.stdout.write(f"{known.username} is already on the team and keeps their password.")
            return ""
        if not asks:
            raise CommandError("A password is missing. Set the environment variable OWNER_PASSWORD.")
        return self._asked_password(member)

    def _asked_password(self, member: User) -> str:
        while True:
            password = getpass.getpass("Password (at least 10 characters; it does not show): ")
            try:
                validate_password(password, member)
            except ValidationError as refusal:
                self.stdout.write(" ".join(refusal.messages))
                continue
            if password == getpass.getpass("Repeat it: "):
                return password
            self.stdout.write("Those two were different. Please try again.")


def _is_owner_of(member: User, email: str) -> bool:
    return member.role == Role.OWNER and member.email.lower() == email.lower()


def _check_name(name: str) -> None:
    """Accept the name of a member there is, whatever the rules were when they joined."""
    if not User.objects.filter(name_key=name_key(name)).exists():
        validate_name(name)
