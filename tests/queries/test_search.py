"""What a search finds."""

import time

import pytest

from forum.actions import moderating
from forum.choices import Audience
from forum.models import Guest
from forum.queries.question_rows import Words
from forum.queries.search import get_search_page, split_words
from tests.factories import make_answer, make_comment, make_note, make_question

NOBODY = Guest()


def found(text, viewer=NOBODY):
    return [(row.question.title, row.place, row.path) for row in get_search_page(viewer, text).rows]


def marked(words):
    return [piece.text for piece in words if piece.is_found]


def test_a_question_is_found_by_its_title_and_its_body(ann, sleep):
    by_title = make_question(ann, title="Is melatonin worth trying?", body="I wake.")
    by_body = make_question(ann, title="I wake at four every day", body="Somebody named melatonin.")

    assert {path for _, _, path in found("melatonin")} == {by_title.get_absolute_url(), by_body.get_absolute_url()}


def test_an_answer_and_a_comment_lead_to_their_place(question):
    answer = make_answer(question, body="A weighted blanket helped.")
    other = make_question(title="I cannot fall asleep at all")
    comment = make_comment(other, body="Try chamomile.")

    assert found("blanket") == [(question.title, "In an answer", f"{question.get_absolute_url()}#a{answer.pk}")]
    assert found("chamomile") == [(other.title, "In a comment", f"{other.get_absolute_url()}#c{comment.pk}")]


def test_a_question_is_found_once_however_often_the_words_stand_below_it(question):
    make_answer(question, body="A blanket.")
    make_answer(question, body="Another blanket, a blanket.")

    assert len(found("blanket")) == 1


def test_what_cannot_be_seen_is_not_found(ann, mo, sleep):
    hidden = make_question(ann, title="About hibiscus in the evening")
    moderating.hide_post(mo, hidden, reason="Spam")
    waits = make_question(ann, title="A question that will be hidden")
    make_answer(waits, body="Hibiscus tea.")
    moderating.hide_post(mo, waits, reason="Spam")
    make_answer(make_question(ann, title="For members alone here", audience=Audience.MEMBERS), body="More hibiscus.")

    assert found("hibiscus") == []
    assert [title for title, _, _ in found("hibiscus", ann)] == ["For members alone here"]


def test_an_anonymous_find_says_nothing_of_its_author(ann, sleep):
    make_question(ann, title="Does lavender help anybody?", is_anonymous=True)

    [row] = get_search_page(NOBODY, "lavender").rows

    assert (row.question.byline.name, row.question.byline.url) == ("Anonymous", "")


def test_words_are_marked_in_title_and_text(ann, sleep):
    make_question(ann, title="Sleeping in a loud house", body="I **sleep** [badly](https://example.org) there.")

    [row] = get_search_page(NOBODY, "sleep").rows

    assert marked(row.question.title_words) == ["Sleeping"]
    assert row.question.excerpt_words == (Words("I "), Words("sleep", is_found=True), Words(" badly there."))


def test_a_text_under_a_content_note_stays_folded(question):
    make_answer(question, body="About naloxone.", notes=[make_note().pk])

    [row] = get_search_page(NOBODY, "naloxone").rows

    assert (row.question.excerpt_words, row.question.excerpt) == ((), "")


def test_a_long_text_is_cut_around_the_words(question):
    make_answer(question, body="Before. " * 200 + "Then valerian came. " + "After. " * 200)

    [row] = get_search_page(NOBODY, "valerian").rows
    text = "".join(piece.text for piece in row.question.excerpt_words)

    assert text.startswith("… ")
    assert "Then valerian came." in text
    assert len(text) <= 245


def test_markup_in_a_text_is_words(question):
    make_answer(question, body="See `<script>alert(1)</script>` about thyme.")

    [row] = get_search_page(NOBODY, "thyme").rows

    assert "<script>alert(1)</script>" in "".join(piece.text for piece in row.question.excerpt_words)


@pytest.mark.parametrize("text", ["", "   ", "---", "\x00", "😀", '"" OR *'])
def test_without_a_match_nothing_is_found(question, text):
    assert found(text) == []


@pytest.mark.parametrize("text", ["", "  ", "?!"])
def test_no_words_ask_nothing(db, django_assert_num_queries, text):
    with django_assert_num_queries(0):
        assert get_search_page(NOBODY, text).words == ()


@pytest.mark.parametrize(
    "text", ['sleep "', "sleep AND", "NEAR(sleep", "sleep*", "-sleep", "sleep:", "(sleep", "sl'eep"]
)
def test_signs_of_a_search_language_are_only_signs(question, text):
    assert get_search_page(NOBODY, text).query == text


def test_words_are_cut_where_they_stand():
    assert split_words("Sleep, a sleeper, asleep", ["sleep"]) == (
        Words("Sleep", is_found=True),
        Words(", a "),
        Words("sleeper", is_found=True),
        Words(", asleep"),
    )
    assert split_words("我睡不着", ["睡"]) == (Words("我"), Words("睡", is_found=True), Words("不着"))


@pytest.mark.parametrize("body", ["[" * 30_000, "[a](" * 7_000, "*_" * 15_000, "sleep " * 5_000, "s" * 30_000])
def test_no_text_takes_long_to_shorten(body):
    started = time.perf_counter()

    split_words(body, ["sleep", "well"])

    assert time.perf_counter() - started < 1


def test_a_page_costs_six_queries(django_assert_num_queries, question):
    make_answer(question, body="A blanket.")
    with django_assert_num_queries(7):
        get_search_page(NOBODY, "blanket")

    make_answer(make_question(), body="A blanket too.")
    make_question(title="Which blanket do you use?", tags=["warm"])
    with django_assert_num_queries(7):
        get_search_page(NOBODY, "blanket")


@pytest.mark.parametrize("own", ["answer", "comment"])
def test_who_wrote_below_a_question_since_hidden_finds_nothing_of_it(question, bob, mo, own):
    make = make_answer if own == "answer" else make_comment
    make(question, bob, body="A weighted blanket helped.")
    moderating.hide_post(mo, question, reason="It names a person.")

    assert found("blanket", bob) == []
    assert found("blanket", mo) != []
