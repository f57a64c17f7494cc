"""The command that makes the owner."""

import pytest
from django.core.management import CommandError, call_command

from accounts.choices import Role
from accounts.models import User
from tests.factories import make_member
from tests.support.accounts import sign_in

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

    call_command("make_owner", name="ann rivers", email=ann.email)

    ann.refresh_from_db()
    assert (ann.role, ann.username, User.objects.count()) == (Role.OWNER, "Ann Rivers", 1)


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
