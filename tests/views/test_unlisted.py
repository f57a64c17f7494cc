"""A question that is not for search engines: kept out where it stands, and quoted nowhere it is listed."""

import re

import pytest

from tests.factories import make_answer, make_question

ROW = re.compile(r'<(?:div class="q" role="article"|span) data-nosnippet>(?:(?!</div>).)*?What is wrong', re.DOTALL)


@pytest.fixture
def unlisted(ann, sleep):
    return make_question(ann, title="What is wrong with me?", category=sleep, audience="unlisted", tags=["nights"])


@pytest.mark.parametrize(
    "path",
    ["/", "/questions/", "/questions/sleep/", "/tag/nights/", "/unanswered/", "/user/ann/", "/user/ann/questions/"],
)
def test_where_it_is_listed_it_is_not_to_be_quoted(client, unlisted, path):
    said = client.get(path).content.decode()

    assert len(re.findall(r"<a [^>]*>(?:<bdi>)?What is wrong with me\?", said)) == len(ROW.findall(said)) == 1


def test_what_is_for_everybody_is_quoted(client, question):
    make_answer(question)

    for path in ("/questions/", "/user/ann/", question.get_absolute_url()):
        assert "data-nosnippet" not in client.get(path).content.decode()


def test_beside_another_question_it_is_not_to_be_quoted(client, unlisted, ann, sleep):
    other = make_question(ann, category=sleep)

    said = client.get(other.get_absolute_url()).content.decode()

    assert "<span data-nosnippet><bdi>What is wrong with me?</bdi></span>" in said


@pytest.mark.parametrize("audience, header", [("everyone", None), ("unlisted", "noindex")])
def test_every_answer_for_it_asks_search_engines_to_stay_out(client, ann, audience, header):
    question = make_question(ann, audience=audience)
    answer = make_answer(question)

    for path in (question.get_absolute_url(), f"/{question.pk}/", f"/{question.pk}/other/", f"/{answer.pk}/"):
        assert client.get(path).get("X-Robots-Tag") == header, path
