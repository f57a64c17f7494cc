"""Deleting one's own post over HTTP, and bringing it back."""

import pytest

from forum.models import Post
from tests.factories import make_answer
from tests.support.records import everything


def test_an_author_takes_an_answer_away_and_brings_it_back(signed_in, bob, question):
    answer = make_answer(question, bob)
    client = signed_in(bob)

    gone = client.post(f"/posts/{answer.pk}/withdraw/", follow=True)
    status = Post.objects.get(pk=answer.pk).status
    back = client.post(f"/posts/{answer.pk}/return/", follow=True)

    assert status == "withdrawn"
    assert b"Your answer was deleted." in gone.content
    assert b"Your answer was restored." in back.content
    assert Post.objects.get(pk=answer.pk).status == "published"


def test_a_post_that_was_answered_stays(signed_in, ann, question):
    make_answer(question)
    client = signed_in(ann)
    before = everything()

    response = client.post(f"/posts/{question.pk}/withdraw/")

    assert response.status_code == 403
    assert b"Someone has answered, so your question stays for those who need the answer." in response.content
    assert everything() == before


@pytest.mark.parametrize("verb", ["withdraw", "return"])
def test_nobody_takes_away_what_another_wrote(signed_in, client, bob, question, verb):
    before = everything()

    statuses = [browser.post(f"/posts/{question.pk}/{verb}/").status_code for browser in (signed_in(bob), client)]

    assert statuses == [403, 403]
    assert everything()["Post"] == before["Post"]


def test_what_was_taken_away_is_not_there_for_others(signed_in, bob, newt, question):
    answer = make_answer(question, bob)
    signed_in(bob).post(f"/posts/{answer.pk}/withdraw/")

    assert signed_in(newt).post(f"/posts/{answer.pk}/return/").status_code == 404
    assert Post.objects.get(pk=answer.pk).status == "withdrawn"
