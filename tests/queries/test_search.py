"""What a search finds."""

import pytest

from forum.actions import moderating
from forum.choices import Audience
from forum.models import Guest, Post
from forum.queries.question_rows import Words
from forum.queries.search import Change, HintLine, get_search_page
from forum.search import Order
from forum.search.spelling import learn
from tests.factories import make_answer, make_comment, make_note, make_question, make_synonym, make_tag

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


def test_a_tag_that_was_searched_for_is_marked(ann, sleep):
    make_question(ann, title="Nights without rest", tags=["early-waking", "night"])

    [row] = get_search_page(NOBODY, "waking").rows

    assert [(tag.name, tag.is_found) for tag in row.question.tags] == [("early-waking", True), ("night", False)]


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
        assert get_search_page(NOBODY, text).is_empty


@pytest.mark.parametrize("text", ['sleep "', "sleep AND", "NEAR(sleep", "sleep*", "sleep:", "(sleep", "^sleep'"])
def test_signs_of_an_engine_are_only_signs(question, text):
    assert [title for title, _, _ in found(text)] == [question.title]


def test_a_misspelt_word_is_taken_for_the_one_meant(ann, sleep):
    make_question(ann, title="Anxiety before every shift")
    learn(Post.objects.all())

    page = get_search_page(NOBODY, "anxitey is:question")

    assert [row.question.title for row in page.rows] == ["Anxiety before every shift"]
    assert (page.change.corrected, page.change.exact_url) == (
        (("anxitey", "anxiety"),),
        "/search/?q=%22anxitey%22+is%3Aquestion",
    )
    assert found('"anxitey"') == []


def test_a_word_of_texts_that_cannot_be_seen_is_not_proposed(ann, sleep):
    make_question(ann, title="Hibiscus for members", audience=Audience.MEMBERS)
    learn(Post.objects.all())

    page = get_search_page(NOBODY, "hibicsus")

    assert (page.rows, page.change) == ((), Change())


def test_a_word_that_was_learnt_before_its_post_was_hidden_is_told_to_nobody(ann, mo, sleep):
    make_question(ann, title="A loud house at night")
    hidden = make_question(ann, title="Marzipanovich lives next door")
    learn(Post.objects.all())
    moderating.hide_post(mo, hidden, reason="It names somebody.")

    begun, misspelt = (get_search_page(NOBODY, f"loud {typed}").change for typed in ("marzipano", "marzipanovihc"))

    assert (begun.is_partial, begun.corrected) == (True, ())
    assert (misspelt.is_partial, misspelt.corrected) == (True, ())


def test_other_names_of_a_tag_are_searched_for_too_and_said(ann, sleep):
    make_question(ann, title="Nights without rest", body="Insomnia again.")
    make_synonym("insomnia", make_tag("sleeplessness"))

    page = get_search_page(NOBODY, "sleeplessness")

    assert [row.question.title for row in page.rows] == ["Nights without rest"]
    assert page.change == Change(also=("insomnia",), exact_url="/search/?q=%22sleeplessness%22")
    assert found('"sleeplessness"') == []


def test_what_has_most_of_the_words_is_shown_when_nothing_has_all(ann, sleep):
    make_question(ann, title="Magnesium at night", body="Does it calm?")
    make_question(ann, title="Something else entirely", body="Night.")

    page = get_search_page(NOBODY, "magnesium night xylophone")

    assert [row.question.title for row in page.rows] == ["Magnesium at night"]
    assert page.change.is_partial
    assert [title for title, _, _ in found('"night magnesium"')] == ["Magnesium at night"]
    assert not get_search_page(NOBODY, "zzz yyy").change.is_partial


def test_hints_lead_to_what_was_meant(question):
    page = get_search_page(NOBODY, "sleep is:solved")

    assert page.hints == (
        HintLine("“is:solved” isn’t something search knows.", "is:accepted", "/search/?q=sleep+is%3Aaccepted"),
    )
    assert len(page.rows) == 1


def test_pages_are_capped_and_beyond_the_last_is_the_last(ann, sleep, monkeypatch):
    monkeypatch.setattr("forum.queries.search.QUESTIONS_A_PAGE", 1)
    for number in range(3):
        make_question(ann, title=f"Hibiscus, part {number}", days_ago=number)

    pages = [get_search_page(NOBODY, "hibiscus", order=Order.NEWEST, page=page) for page in (1, 2, 99)]

    assert [row.question.title for page in pages for row in page.rows] == [
        "Hibiscus, part 0",
        "Hibiscus, part 1",
        "Hibiscus, part 2",
    ]
    assert [(page.previous_url, page.next_url) for page in pages] == [
        ("", "/search/?q=hibiscus&sort=newest&page=2"),
        ("/search/?q=hibiscus&sort=newest", "/search/?q=hibiscus&sort=newest&page=3"),
        ("/search/?q=hibiscus&sort=newest&page=2", ""),
    ]


def test_filters_are_links_that_change_what_is_typed(question):
    page = get_search_page(NOBODY, "sleep is:answer -has:note")

    links = {link.label: (link.url, link.is_on) for group in page.groups for link in group.links}
    assert (links["Questions"], links["Answers"], links["Everything"]) == (
        ("/search/?q=sleep+-has%3Anote+is%3Aquestion", False),
        ("/search/?q=sleep+-has%3Anote+is%3Aanswer", True),
        ("/search/?q=sleep+-has%3Anote", False),
    )
    assert links["No content note"] == ("/search/?q=sleep+is%3Aanswer", True)
    assert links["Sleep"] == ("/search/?q=sleep+is%3Aanswer+-has%3Anote+category%3Asleep", False)
    assert [(chip.label, chip.url) for chip in page.chips] == [
        ("Answers", "/search/?q=sleep+-has%3Anote"),
        ("No content note", "/search/?q=sleep+is%3Aanswer"),
    ]
    assert page.unfiltered_url == "/search/?q=sleep"


def test_filters_alone_find_the_newest_first(ann, sleep):
    make_question(ann, title="The older of the two", days_ago=3)
    make_question(ann, title="The newer of the two")

    page = get_search_page(NOBODY, "is:question")

    assert [row.question.title for row in page.rows] == ["The newer of the two", "The older of the two"]
    assert [(tab.label, tab.is_current) for tab in page.tabs] == [("Newest", True), ("Most voted", False)]


def test_a_page_costs_the_same_for_one_row_and_three(django_assert_num_queries, question):
    make_answer(question, body="A blanket.")
    with django_assert_num_queries(10):
        get_search_page(NOBODY, "blanket")

    make_answer(make_question(), body="A blanket too.")
    make_question(title="Which blanket do you use?", tags=["warm"])
    with django_assert_num_queries(10):
        get_search_page(NOBODY, "blanket")


@pytest.mark.parametrize("own", ["answer", "comment"])
def test_what_stands_below_a_hidden_question_is_found_by_nobody(question, bob, mo, own):
    make = make_answer if own == "answer" else make_comment
    make(question, bob, body="A weighted blanket helped.")
    moderating.hide_post(mo, question, reason="It names a person.")

    assert (found("blanket", bob), found("blanket", mo)) == ([], [])
