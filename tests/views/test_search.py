"""Search over HTTP."""

import pytest

from forum.models import Post
from forum.search.spelling import learn
from tests.factories import make_answer, make_member, make_note, make_question, make_synonym, make_tag


def page(client, url):
    return client.get(url).content.decode()


def test_finds_are_shown_with_their_words_marked(client, question):
    text = page(client, "/search/?q=sleep")

    assert "Results for “<bdi>sleep</bdi>”" in text
    assert f'<a href="{question.get_absolute_url()}">How do I <mark>sleep</mark> better?</a>' in text


def test_an_answer_is_shown_as_one_with_its_place(client, question):
    answer = make_answer(question, body="A weighted blanket.")

    text = page(client, "/search/?q=blanket")

    assert f'<a href="{question.get_absolute_url()}#a{answer.pk}">' in text
    assert '<span class="muted">In an answer: </span>A weighted <mark>blanket</mark>.' in text


@pytest.mark.parametrize(
    "query, sentence",
    [
        ("", "What are you looking for?"),
        ("?q=", "What are you looking for?"),
        ("?q=zzz", "No results"),
        ("?q=%3F%21", "That has no words to search for"),
    ],
)
def test_without_finds_the_page_says_what_to_do(client, db, query, sentence):
    response = client.get(f"/search/{query}")

    assert response.status_code == 200
    assert sentence in response.content.decode()


def test_what_was_typed_is_only_text(client, db):
    text = page(client, "/search/?q=%3Cscript%3Ealert(1)%3C/script%3E%22onfocus%3D1")

    assert "<script>alert" not in text
    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;&quot;onfocus=1"' in text


def test_what_is_found_is_only_text(client, question):
    make_answer(question, body="Try `<img src=x onerror=alert(1)>` thyme.")

    text = page(client, "/search/?q=thyme")

    assert "<img src=x" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text


@pytest.mark.parametrize(
    "query",
    [
        "q=%22&page=-1",
        "q=sleep&page=99999999999&sort=%00x",
        "q=tag:&page=x",
        "q=OR+%7C+is:",
        "q=" + "%F0%9F%98%A2" * 200,
    ],
)
def test_nonsense_is_a_search_too(client, question, query):
    assert client.get(f"/search/?{query.replace('%00', '')}").status_code == 200


def test_what_was_not_understood_and_what_was_meant_are_said(client, question):
    text = page(client, "/search/?q=sleep+is:solved")

    assert (
        "“is:solved” isn’t something search knows."
        ' Did you mean <a href="/search/?q=sleep+is%3Aaccepted"><bdi>is:accepted</bdi></a>?' in text
    )


def test_a_correction_can_be_declined(client, ann, sleep):
    make_question(ann, title="Anxiety before every shift")
    learn(Post.objects.all())

    text = page(client, "/search/?q=anxitey")

    assert "No results for “<bdi>anxitey</bdi>”. Showing results for <b><bdi>anxiety</bdi></b>." in text
    assert '<a href="/search/?q=%22anxitey%22">Search for exactly what you typed</a>' in text


def test_other_names_that_were_searched_for_can_be_declined(client, ann, sleep):
    make_question(ann, title="Insomnia, again and again")
    make_synonym("insomnia", make_tag("sleeplessness"))

    text = page(client, "/search/?q=sleeplessness")

    assert "Also searched for <b><bdi>insomnia</bdi></b>." in text
    assert '<a href="/search/?q=%22sleeplessness%22">Search the exact words instead</a>' in text


def test_filters_are_links_and_those_that_are_on_go_with_a_tap(client, question):
    text = page(client, "/search/?q=sleep+is:question&sort=newest")

    assert '<a href="/search/?q=sleep+is%3Aanswer&amp;sort=newest"><bdi>Answers</bdi></a>' in text
    assert '<a class="tag tag-cat" href="/search/?q=sleep&amp;sort=newest"><bdi>Questions</bdi>' in text


def test_help_is_linked_and_every_example_is_a_search(client, question):
    text = page(client, "/help/search/")

    assert '<a href="/search/?q=created%3A%3C1w"><code class="nowrap">created:&lt;1w</code></a>' in text
    assert '<a href="/help/search/">How to search' in page(client, "/help/")
    assert '<a class="go" href="/help/search/">' in page(client, "/search/")


def test_results_are_not_for_search_engines(client, question):
    assert '<meta name="robots" content="noindex, follow">' in page(client, "/search/?q=sleep")


def test_it_is_not_posted_to(client, db):
    assert client.post("/search/", {"q": "sleep"}).status_code == 405


@pytest.mark.parametrize("reader, queries", [("guest", 11), ("member", 13)], indirect=["reader"])
def test_it_costs_the_same_with_one_row_and_with_three(django_assert_num_queries, reader, question, queries):
    make_answer(question, body="A blanket.")
    with django_assert_num_queries(queries):
        reader.get("/search/?q=blanket")

    make_question(make_member(), title="Which blanket do you use?", tags=["warm"])
    make_answer(make_question(), body="A blanket.", notes=[make_note().pk])
    with django_assert_num_queries(queries):
        reader.get("/search/?q=blanket")
