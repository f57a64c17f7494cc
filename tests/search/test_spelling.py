"""What somebody probably meant: only for words that no post has."""

import pytest

from forum.actions import reindexing
from forum.models import Guest, Post, SearchWord
from forum.search import spelling
from tests.factories import make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def learnt():
    """A few words, each in as many posts as the number says."""
    for word, posts in {"anxiety": 3, "anxious": 1, "insomnia": 2, "depression": 2, "panic": 2, "picnic": 1}.items():
        for _ in range(posts):
            make_question(title=f"About {word} at night")
    reindexing.learn_words()


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("anxitey", "anxiety"),
        ("ANXEITY", "anxiety"),
        ("insom", "insomnia"),
        ("depresion", "depression"),
        ("panik", "panic"),
        ("depressive-ish", None),
        ("zebra", None),
        ("at", None),
        ("😀😀😀", None),
        ("anxiety", None),
        ("x" * 31, None),
        ("", None),
    ],
)
def test_the_nearest_word_is_meant(learnt, typed, meant):
    posts = Post.objects.listed_to(Guest())

    assert spelling.suggest([typed], posts) == ({typed: meant} if meant else {})


def test_three_unknown_words_are_looked_at_and_known_ones_cost_nothing_more(learnt, django_assert_max_num_queries):
    posts = Post.objects.listed_to(Guest())

    with django_assert_max_num_queries(2 + 3 * 7):
        meant = spelling.suggest(["night", "anxitey", "about", "depresion", "panik", "picnik"], posts)

    assert meant == {"anxitey": "anxiety", "depresion": "depression", "panik": "panic"}


def test_words_are_counted_once_by_post_and_only_new_posts_later(learnt):
    before = dict(SearchWord.objects.values_list("word", "post_count"))
    make_question(title="Panic, panic at the picnic")

    learnt_again = reindexing.learn_words()

    after = dict(SearchWord.objects.values_list("word", "post_count"))
    assert (learnt_again, reindexing.learn_words()) == (1, 0)
    assert {word: after[word] - before.get(word, 0) for word in ("panic", "picnic", "the", "anxiety")} == {
        "panic": 1,
        "picnic": 1,
        "the": 1,
        "anxiety": 0,
    }


def test_building_anew_forgets_words_that_no_post_has(learnt):
    SearchWord.objects.create(stem="gone", word="gone", post_count=4)

    sum(reindexing.build_index())

    assert not SearchWord.objects.filter(word="gone").exists()
    assert SearchWord.objects.get(word="anxiety").post_count == 3
