"""What an engine hands over to be compared: the newest that match, however far back they stand."""

import pytest

from forum.models import Post, SearchEntry
from forum.search.engines import engine
from forum.search.matching import Match, Term
from tests.factories import make_category, make_member

pytestmark = pytest.mark.django_db

# In the newest 8,192 ids, on both sides of their border, in each of the steps before, and beyond the last of them.
IDS = (900_000, 892_929, 892_928, 892_927, 870_000, 840_000, 800_000, 700_000, 600_000, 400_000, 1)
CHAMOMILE, TEA = Term(("chamomil",)), Term(("tea",))


@pytest.fixture
def found():
    """Finds posts that say chamomile, and every other one tea, in the order of their ids."""
    author, topic = make_member(), make_category()
    for number, pk in enumerate(IDS):
        Post.objects.create(pk=pk, kind="question", title="A night", slug="a-night", author=author, category=topic)
        SearchEntry.objects.create(post_id=pk, title="a night", body="chamomil tea" if number % 2 else "chamomil")

    def find(match, limit):
        return sorted(Post.objects.filter(pk__in=engine().candidates(match, limit)).values_list("pk", flat=True))[::-1]

    return find


@pytest.mark.parametrize("limit", range(1, len(IDS) + 2))
def test_the_newest_are_found_wherever_they_stand(found, limit):
    assert found(Match(((CHAMOMILE,),)), limit) == list(IDS[:limit])


@pytest.mark.parametrize("limit", [1, 3, 5, 9])
def test_every_word_counts_in_each_part(found, limit):
    assert found(Match(((CHAMOMILE,), (TEA,))), limit) == list(IDS[1::2][:limit])
    assert found(Match(((CHAMOMILE,),), (TEA,)), limit) == list(IDS[::2][:limit])


def test_nothing_is_found_where_nothing_is():
    assert list(Post.objects.filter(pk__in=engine().candidates(Match(((CHAMOMILE,),)), 5))) == []
