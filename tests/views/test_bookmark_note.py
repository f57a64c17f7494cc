"""The page for a note and a reminder on a bookmark."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum.actions import bookmarking, moderating
from forum.models import Bookmark

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(newt, question):
    bookmarking.bookmark_post(newt, question)
    return f"/posts/{question.pk}/bookmark/note/"


def test_a_note_and_a_date_are_kept_and_listed(signed_in, newt, path):
    day = timezone.localdate() + timedelta(days=9)

    listed = signed_in(newt).post(path, {"note": "For <Friday>", "remind_on": day.isoformat()}, follow=True)

    assert listed.redirect_chain == [("/bookmarks/", 302)]
    assert "For &lt;Friday&gt;" in listed.content.decode()
    assert f"Reminder on {day:%-d %B %Y}" in listed.content.decode()
    form = signed_in(newt).get(path).content.decode()
    assert ('value="For &lt;Friday&gt;"' in form, f'value="{day.isoformat()}"' in form) == (True, True)


@pytest.mark.parametrize(
    "sent", [{"remind_on": "yesterday"}, {"remind_on": "2001-01-01"}, {"note": "x" * 201}, {"remind_on": "9" * 400}]
)
def test_what_cannot_be_kept_comes_back_and_changes_nothing(signed_in, newt, path, sent):
    answer = signed_in(newt).post(path, sent)

    assert answer.status_code == 422
    assert list(Bookmark.objects.values_list("note", "remind_on")) == [("", None)]


def test_each_has_a_bookmark_of_their_own(client, signed_in, bob, path):
    assert client.get(path).status_code == 302
    signed_in(bob).post(path, {"note": "Mine"})
    assert sorted(Bookmark.objects.values_list("member__username", "note")) == [("bob", "Mine"), ("newt", "")]


def test_what_cannot_be_read_is_not_bookmarked(signed_in, newt, mo, question):
    moderating.hide_post(mo, question, reason="Spam")

    answer = signed_in(newt).post(f"/posts/{question.pk}/bookmark/note/", {"note": "Mine"})

    assert (answer.status_code, Bookmark.objects.count()) == (404, 0)
