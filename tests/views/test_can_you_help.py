"""Can you help? over HTTP."""

import pytest

from forum.actions import following
from tests.factories import make_member, make_question
from tests.support.pages import piece

pytestmark = pytest.mark.django_db


def test_a_guest_reads_who_waits_and_what_would_help(client, sleep):
    make_question(make_member("Veronika"), title="Who else wakes at four?", intent="listening", is_anonymous=True)

    page = piece(client.get("/can-you-help/"))

    assert ("Who else wakes at four?" in page, "Wants listening" in page, "Veronika" in page) == (True, True, False)
    assert ("Everywhere" in page, "0 answers" in page) == (True, False)


def test_a_member_reads_what_waits_in_what_they_follow(signed_in, ann, newt, sleep):
    following.follow(newt, sleep)
    make_question(ann, title="Who else wakes at four?", category=sleep)
    client = signed_in(newt)

    assert "In what you follow and answer" in piece(client.get("/can-you-help/"))
    assert "No questions are waiting" in piece(client.get("/can-you-help/?intent=advice"))
    assert client.post("/can-you-help/").status_code == 405
