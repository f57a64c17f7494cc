"""The card beside a member's name."""

import pytest

from tests.factories import make_answer, make_member

pytestmark = pytest.mark.django_db


def test_it_says_who_somebody_is_and_nothing_anonymous(client, signed_in, ann, question):
    member = make_member("Quiet <Fox>".replace("<", "").replace(">", ""))
    make_answer(question, member)
    make_answer(question, member, is_anonymous=True)

    said = " ".join(client.get(f"{member.get_absolute_url()}card/").content.decode().split())

    assert ("Quiet Fox" in said, "1 answer, 0 marked best · 0 questions" in said) == (True, True)
    assert "<html" not in said


def test_nobody_has_no_card(client):
    assert client.get("/user/nobody/card/").status_code == 404
