"""A form that is sent once more: by a page that a browser kept, and by programs that look for a way past the gate."""

import re

import pytest

from forum.models import Answer, Comment, Question
from tests.factories import make_answer, make_comment
from tests.support.typing_forms import typed, typed_question


@pytest.mark.parametrize("verb, model", [("answer", Answer), ("comment", Comment)])
def test_other_words_on_a_page_that_was_sent_before_are_not_lost(signed_in, bob, question, verb, model):
    client, path = signed_in(bob), f"/posts/{question.pk}/{verb}/"
    sent = typed(body="The first thought.")
    client.post(path, sent)

    page = client.post(path, sent | {"body": "A second thought."})
    assert (page.status_code, model.objects.count()) == (422, 1)
    assert "A second thought." in page.content.decode()

    number = re.search(r'name="submission_id" value="([^"]+)"', page.content.decode())[1]
    again = client.post(path, sent | {"body": "A second thought.", "submission_id": number})
    assert again.status_code == 302
    assert list(model.objects.order_by("pk").values_list("body", flat=True)) == [
        "The first thought.",
        "A second thought.",
    ]


def test_what_paid_for_clean_words_has_not_paid_for_others(client, question):
    make_answer(question)
    comment = make_comment(question)
    sent = typed(body="Clean words.")
    refused = client.post(f"/posts/{comment.pk}/comment/", sent)  # passes the gate, and the action refuses it

    response = client.post(f"/posts/{question.pk}/comment/", sent | {"body": "Buy: https://example.org/"})

    assert refused.status_code == 403
    assert (response.status_code, "data-work=" in response.content.decode()) == (422, True)


def test_what_paid_for_a_comment_has_not_paid_for_a_question(client, question, sleep):
    comment = make_comment(question)
    for _ in range(4):  # as many questions as two hours allow a guest
        sent = typed_question(sleep, title="", body="Clean words, again and again.")
        client.post(f"/posts/{comment.pk}/comment/", sent)
        client.post("/ask/", sent | {"title": "How do I fall asleep again?"})

    assert Question.objects.filter(guest__isnull=False).count() <= 2
