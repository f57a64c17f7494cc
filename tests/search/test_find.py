"""Searching: both engines find the same, and no text breaks either."""

import pytest

from forum import search
from forum.actions import editing, moderating
from tests.factories import make_answer, make_comment, make_question

pytestmark = pytest.mark.django_db


def ask(title, body="Nothing else."):
    return make_question(title=title, body=body)


def test_a_title_weighs_more_than_a_body():
    in_body = ask("Nights are long", "I read about insomnia in the paper once, and other things.")
    in_title = ask("Insomnia")

    assert search.find("insomnia", 5) == [in_title.pk, in_body.pk]


def test_all_words_must_be_there_and_the_last_may_be_a_beginning():
    both = ask("My sister stopped sleeping")
    ask("My sister moved away")
    ask("Sleeping in trains")

    assert search.find("sister sleep", 5) == [both.pk]
    assert search.find("sis sleeping", 5) == []


def test_the_newer_of_two_equals_comes_first_and_the_limit_holds():
    posts = [ask("Grief at work") for _ in range(3)]

    assert search.find("grief", 5) == [posts[2].pk, posts[1].pk, posts[0].pk]
    assert search.find("grief", 2) == [posts[2].pk, posts[1].pk]


def test_answers_and_comments_are_found_by_their_text(question):
    answer = make_answer(question, body="Chamomile helped.")
    comment = make_comment(answer, body="Chamomile, really?")

    assert sorted(search.find("chamomile", 5)) == [answer.pk, comment.pk]


@pytest.mark.parametrize(
    "title, words",
    [
        ("Café mornings", "cafe"),
        ("Cafe mornings", "café"),
        ("Cafe\u0301 mornings", "CAFÉ"),
        ("Zu Fuß nach Hause", "fuss"),
        ("Zu Fuss nach Hause", "FUẞ"),
        ("Smørrebrød alene", "smorrebrod"),
        ("İstanbul nights", "istanbul"),
        ("Łódź at night", "lodz"),
        ("ＷＩＤＥ letters", "wide"),
        ("I don’t sleep", "don't"),
        ("I don't sleep", "don’t sleep"),
        ("co-dependency at home", "co dependency"),
        ("Read mind.example.org/calm please", "example org"),
        ("foo_bar and more", "bar and"),
        ("Awake since 4.30", "4 30"),
        ("Awake at 4am", "4am"),
        ("لماذا لا أنام", "أنام"),
        ("لِماذا", "لماذا"),
        ("मुझे नींद नहीं आती", "नींद"),
        ("為什麼 睡眠 不好", "睡眠"),
        ("잠이 안 와요", "잠이"),
        ("Почему я не сплю", "СПЛЮ"),
        ("Πώς να κοιμηθώ", "πως"),
    ],
)
def test_a_word_is_found_however_it_is_written(title, words):
    wanted = ask(title)
    ask("Something else entirely")

    assert search.find(words, 5) == [wanted.pk]


@pytest.mark.parametrize(
    "text",
    [
        '"sleep"',
        "'sleep'",
        "''' sleep",
        "sleep AND",
        "sleep OR NOT",
        "NEAR(sleep)",
        "title:sleep",
        "sleep*",
        "*sleep",
        "^sleep",
        "sleep & | ! ( )",
        "sleep:*",
        "sleep <-> ",
        "-sleep +",
        "100% sleep_",
        "\\sleep\\",
        "sleep;--",
        "sleep\x00",
        "\ufeff\u202esleep\u200b",
        "{sleep}",
        "sleep\n\t\r",
    ],
)
def test_signs_of_a_query_language_mean_nothing(text):
    wanted = ask("and or not near title 100 sleep")

    assert search.find(text, 5) == [wanted.pk]


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "%", "_", "*", "''", '""', "😀", "()", ":*", "\\", "-", "\u0301", "’"]
)
def test_no_words_find_nothing(question, text):
    assert search.find(text, 5) == []


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "sleep " * 2_000, "é" * 10_000, "睡" * 10_000, '"' * 10_000, "' " * 5_000]
)
def test_ten_thousand_signs_are_only_another_search(text):
    ask("A quiet title")

    assert search.find(text, 5) == []


def test_a_text_without_a_space_is_indexed_by_its_beginning():
    wanted = ask("A long word", "x" * 10_000)

    assert search.find("x" * 200, 5) == [wanted.pk]


def test_words_that_engines_leave_out_elsewhere_count_here():
    wanted = ask("To be or not to be")

    assert search.find("to be or not", 5) == [wanted.pk]


def test_more_than_twelve_words_are_not_looked_at():
    wanted = ask("a b c d e f g h i j k l")

    assert search.find("a b c d e f g h i j k l m n", 5) == [wanted.pk]


@pytest.mark.parametrize("take", [moderating.hide_post, moderating.delete_post, moderating.hold_post])
def test_what_is_out_of_sight_is_not_found(mo, question, take):
    answer = make_answer(question, body="Chamomile helped.")
    take(mo, answer)
    assert search.find("chamomile", 5) == []

    take(mo, question)
    assert search.find("sleep", 5) == []


def test_a_waiting_post_is_found_once_it_is_approved(mo):
    waiting = make_question(title="Am I alone?", must_wait=True)
    assert search.find("alone", 5) == []

    moderating.approve_post(mo, waiting)
    assert search.find("alone", 5) == [waiting.pk]


def test_an_edit_out_of_sight_does_not_bring_a_post_back(mo, question):
    moderating.hide_post(mo, question)

    editing.edit_post(mo, question, title=question.title, body="Chamomile.", reason="Clearer")

    assert search.find("chamomile", 5) == []


def test_indexing_twice_is_once(question):
    search.index(question)
    search.index(question)

    assert search.find("sleep", 5) == [question.pk]


def test_removing_what_is_not_there_changes_nothing(question):
    search.remove(question.pk + 1)

    assert search.find("sleep", 5) == [question.pk]
