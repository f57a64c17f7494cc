"""The list below the search field."""

import pytest

from tests.factories import make_question

pytestmark = pytest.mark.django_db


def test_what_fits_comes_as_options_that_are_links(client):
    question = make_question(title="How do I sleep <b>better</b>?")

    answer = client.get("/search/suggest/", {"q": "sleep"})

    page = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"].count("no-store")) == (200, 1)
    assert f'<a role="option" tabindex="-1" href="{question.get_absolute_url()}">' in page
    assert "&lt;b&gt;better" in page


@pytest.mark.parametrize("text", ["", "xyzzy", "%", "x" * 5_000, "-is:", "' OR 1=1 --", "🐶"])
def test_nonsense_gets_an_empty_answer(client, text):
    make_question(title="How do I sleep better?")

    answer = client.get("/search/suggest/", {"q": text})

    assert (answer.status_code, answer.content.decode().strip()) == (200, "")


def test_every_search_field_asks_for_them(client):
    for path in ("/", "/search/", "/search/?q=sleep", "/help/search/", "/nowhere/at/all/"):
        assert 'hx-get="/search/suggest/"' in client.get(path).content.decode(), path
    assert client.get("/tags/").content.decode().count("/search/suggest/") == 1
