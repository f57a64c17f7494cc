"""What a question page tells search engines: Google's documented QAPage, and nothing that is not public."""

import json
import re

import pytest

from forum.actions import answering, measuring, moderating
from forum.choices import MeasureKind
from tests.factories import make_answer, make_guest, make_note, make_question

SITE = "http://127.0.0.1:8000"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
# https://developers.google.com/search/docs/appearance/structured-data/qapage; comments and pictures are not quoted.
REQUIRED = {
    "QAPage": {"mainEntity"},
    "Question": {"answerCount", "name"},  # and one of acceptedAnswer, suggestedAnswer
    "Answer": {"text"},
    "Person": {"name"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
}
RECOMMENDED = {
    "Question": {"author", "dateModified", "datePublished", "text", "upvoteCount", "url"},
    "Answer": {"author", "dateModified", "datePublished", "upvoteCount", "url"},
    "Person": {"url"},
}
ALSO = {"QAPage": {"@context"}, "BreadcrumbList": {"@context"}, "Question": {"acceptedAnswer", "suggestedAnswer"}}


def data_of(page):
    return [one for found in SCRIPT.findall(page) for one in json.loads(found)]


def told(client, question, **query):
    return data_of(client.get(question.get_absolute_url(), query).content.decode())


def things(data):
    """Return every thing in the data that has a type."""
    if isinstance(data, list):
        return [thing for one in data for thing in things(one)]
    if not isinstance(data, dict):
        return []
    return [data, *(thing for value in data.values() for thing in things(value))]


@pytest.fixture
def thread(ann, bob, sleep):
    """A question with a chosen answer, a better liked one, and one without a name."""
    question = make_question(
        ann, title="How do I sleep & <b>dream</b>?", body="First.\n\nSecond, *loud*.", category=sleep
    )
    chosen = make_answer(question, bob, body="Warm milk.")
    others = [
        make_answer(question, body="</script><b>Tea</b>\u2028"),
        make_answer(question, body="Anon.", is_anonymous=True),
    ]
    answering.accept_answer(ann, chosen)
    return question, chosen, others


def test_it_names_what_the_page_shows(client, thread):
    question, chosen, (other, nameless) = thread
    path = f"{SITE}{question.get_absolute_url()}"

    page, way = told(client, question)

    asked = page["mainEntity"]
    assert (asked["name"], asked["text"], asked["answerCount"]) == (question.title, "First.\nSecond, loud.", 3)
    assert asked["author"] == {"@type": "Person", "name": "ann", "url": f"{SITE}/user/ann/"}
    assert (asked["url"], asked["datePublished"]) == (path, question.created_at.isoformat(timespec="seconds"))
    assert (asked["acceptedAnswer"]["text"], asked["acceptedAnswer"]["url"]) == ("Warm milk.", f"{path}#a{chosen.pk}")
    assert {(one["text"], one["author"]["name"]) for one in asked["suggestedAnswer"]} == {
        ("</script><b>Tea</b>", other.author.username),
        ("Anon.", "Anonymous"),
    }
    assert [one["author"] for one in asked["suggestedAnswer"] if one["url"].endswith(f"#a{nameless.pk}")] == [
        {"@type": "Person", "name": "Anonymous"}
    ]
    assert [(step["position"], step["name"]) for step in way["itemListElement"]] == [(1, "Questions"), (2, "Sleep")]


def test_it_has_what_google_requires_and_nothing_it_does_not_know(client, thread):
    data = told(client, thread[0])

    for thing in things(data):
        kind = thing["@type"]
        assert REQUIRED[kind] <= set(thing)
        assert set(thing) <= {"@type"} | REQUIRED[kind] | RECOMMENDED.get(kind, set()) | ALSO.get(kind, set())
    assert {"acceptedAnswer", "suggestedAnswer"} <= set(data[0]["mainEntity"])


def test_no_text_ends_its_element(client, thread):
    page = client.get(thread[0].get_absolute_url()).content.decode()

    (written,) = SCRIPT.findall(page)

    assert not set(written) & set("<>&\u2028\u2029")


def test_three_answers_are_quoted_and_all_are_counted(client, question):
    for _ in range(5):
        make_answer(question)

    page, _ = told(client, question)

    assert (page["mainEntity"]["answerCount"], len(page["mainEntity"]["suggestedAnswer"])) == (5, 3)


def test_a_folded_text_is_not_quoted(client, ann, sleep):
    note = make_note()
    question = make_question(ann, category=sleep, body="What folds.", notes=[note])
    make_answer(question, body="Folded too.", notes=[note])
    make_answer(question, body="In the open.")

    page, _ = told(client, question)

    asked = page["mainEntity"]
    assert ("text" in asked, [one["text"] for one in asked["suggestedAnswer"]]) == (False, ["In the open."])


def test_an_answer_with_a_moderators_notice_is_not_quoted_without_it(client, thread, mo):
    question, chosen, _ = thread
    measuring.lay_measure(mo, chosen, kind=MeasureKind.NOTICE, text="Ask a doctor first.", reason="It could harm.")

    page, _ = told(client, question)

    assert ("acceptedAnswer" in page["mainEntity"], len(page["mainEntity"]["suggestedAnswer"])) == (False, 2)


def test_a_hidden_answer_is_not_quoted_to_anybody(client, question, mo):
    hidden = make_answer(question, make_guest(), body="Secret.")
    make_answer(question, body="Open.")
    moderating.hide_post(mo, hidden, reason="It names somebody.")

    assert "Secret." not in json.dumps(told(client, question))


@pytest.mark.parametrize("audience", ["unlisted", "members"])
def test_what_is_not_for_search_engines_is_not_told(client, ann, audience):
    question = make_question(ann, audience=audience)
    make_answer(question)

    assert told(client, question) == []


def test_nothing_is_told_without_an_answer_of_another_order_or_to_members(client, signed_in, bob, question):
    unanswered = told(client, question)
    make_answer(question)

    other_order = told(client, question, sort="newest")
    member = told(signed_in(bob), question)

    assert (unanswered, other_order, member, len(told(client, question))) == ([], [], [], 2)
