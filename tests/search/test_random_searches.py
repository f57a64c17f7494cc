"""Whatever somebody types is a search. `make bench` asks all of them for real; here one in ten is, to save time."""

import pytest

from forum.queries.search import SearchPage, get_search_page
from forum.search.syntax import Search, read
from tests.factories import make_answer, make_question
from tests.support.random_searches import random_searches

pytestmark = pytest.mark.exhaustive
SEARCHES, A_SAMPLE = 5_000, 10


def test_every_random_text_is_read_as_a_search():
    assert {type(read(text)) for text in random_searches(SEARCHES)} == {Search}


@pytest.mark.django_db
def test_no_random_search_fails(ann):
    question = make_question(title="How do I sleep with anxiety?", tags=["sleep", "panic"])
    make_answer(question, body="A walk at night helps me.")
    asked = list(random_searches(SEARCHES))[::A_SAMPLE]

    assert {type(get_search_page(ann, text)) for text in asked} == {SearchPage}
