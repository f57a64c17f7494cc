"""The command that makes the owner."""

from contextlib import nullcontext

import pytest
from django.core.management import CommandError, call_command

from accounts.choices import Role
from accounts.models import User
from tests.factories import make_member
from tests.support.accounts import PASSWORD, make_account, sign_in
from tests.support.records import everything

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def password(monkeypatch):
    monkeypatch.setenv("OWNER_PASSWORD", "long gentle river")


def test_the_owner_signs_in_at_once(client, capsys):
    call_command("make_owner", name="Ann Rivers", email="ann@example.org")

    sign_in(client, "ann@example.org")

    owner = client.get("/settings/").context["user"]
    assert (owner.username, owner.role, owner.is_superuser) == ("Ann Rivers", Role.OWNER, True)


def test_twice_is_once(capsys):
    for _ in range(2):
        call_command("make_owner", name="Ann Rivers", email="ann@example.org")

    owner = User.objects.get()
    assert (owner.role, owner.reputation_changes.count()) == (Role.OWNER, 1)


def test_a_member_is_promoted(capsys):
    ann = make_member("Ann Rivers")

    call_command("make_owner", name="ann rivers", email=ann.email, existing=True)

    ann.refresh_from_db()
    assert (ann.role, ann.username, User.objects.count()) == (Role.OWNER, "Ann Rivers", 1)
    assert ann.check_password("long gentle river")


@pytest.mark.parametrize(
    "given",
    [
        {"name": "ann rivers", "email": ""},
        {"name": "Ann Rivers", "email": "owner@example.org"},
        {"name": "Somebody else", "email": "Ann.Rivers@example.org"},
    ],
)
def test_a_script_must_say_that_a_member_is_meant(given):
    ann = make_member("Ann Rivers")
    before = everything()

    with pytest.raises(CommandError, match=f"with the address {ann.email}.* add --existing"):
        call_command("make_owner", **given)

    assert everything() == before


def test_a_password_that_a_member_set_does_not_become_the_owners(monkeypatch):
    make_account("Ann Rivers")
    monkeypatch.delenv("OWNER_PASSWORD")
    before = everything()

    with pytest.raises(CommandError, match="A password is missing"):
        call_command("make_owner", name="Ann Rivers", existing=True)

    assert everything() == before


def test_somebody_of_the_team_keeps_the_password(monkeypatch, capsys):
    mo = make_account("Mo", role=Role.MODERATOR)
    monkeypatch.delenv("OWNER_PASSWORD")

    call_command("make_owner", name="Mo", existing=True)

    mo.refresh_from_db()
    assert (mo.role, mo.check_password(PASSWORD)) == (Role.OWNER, True)


@pytest.mark.parametrize("word, role", [("yes", Role.OWNER), ("no", Role.MEMBER), ("", Role.MEMBER)])
def test_at_a_terminal_the_address_is_shown_and_yes_is_asked_for(monkeypatch, capsys, word, role):
    ann = make_member("Ann Rivers")
    asked = iter(["Ann Rivers", word])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _prompt: next(asked))

    with nullcontext() if word == "yes" else pytest.raises(CommandError, match="Nothing was changed"):
        call_command("make_owner")

    ann.refresh_from_db()
    assert (ann.role, ann.email in capsys.readouterr().out) == (role, True)


@pytest.mark.parametrize(
    ("name", "email"),
    [("admin", "ann@example.org"), ("Ann Rivers", "ann@"), ("", "ann@example.org"), ("Ann Rivers", "")],
)
def test_what_cannot_be_used_is_said_in_a_sentence(name, email):
    with pytest.raises(CommandError):
        call_command("make_owner", name=name, email=email)

    assert User.objects.count() == 0


def test_a_weak_password_is_refused(monkeypatch):
    monkeypatch.setenv("OWNER_PASSWORD", "short")

    with pytest.raises(CommandError, match="OWNER_PASSWORD"):
        call_command("make_owner", name="Ann Rivers", email="ann@example.org")

    assert User.objects.count() == 0
