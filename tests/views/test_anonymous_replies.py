"""Whoever is anonymous in a thread stays so there unless they choose otherwise."""

import pytest

from forum.models import Post
from tests.factories import make_answer, make_question
from tests.support.html import faults_of
from tests.support.pages import as_htmx
from tests.support.typing_forms import fields_of, opened, typed

pytestmark = pytest.mark.django_db
HINT = "You are anonymous in this thread, so this is on. If you switch it off, this post will show your name."


@pytest.fixture
def hidden(ann, sleep):
    """Ann's anonymous question."""
    return make_question(ann, title="Why do I wake at four?", category=sleep, is_anonymous=True)


def newest():
    """Return whether the last post hides its author's name."""
    return Post.objects.latest("pk").is_anonymous


def test_an_anonymous_asker_answers_and_comments_anonymously_unless_they_switch_it_off(hidden, ann, bob, signed_in):
    answer, client = make_answer(hidden, bob), signed_in(ann)
    comment_path = f"/posts/{answer.pk}/comment/"
    page = client.get(f"{hidden.get_absolute_url()}?comment={answer.pk}")
    comment = fields_of(page.content, comment_path)

    as_htmx(client, comment_path, comment | typed(body="Thank you."))
    by_htmx = newest()
    client.post(comment_path, comment | typed(body="Thank you both."))
    without_script = newest()
    client.post(
        f"/posts/{hidden.pk}/answer/", fields_of(page.content, f"/posts/{hidden.pk}/answer/") | typed(body="Tea.")
    )
    answered = newest()
    del comment["is_anonymous"]
    client.post(comment_path, comment | typed(body="I am Ann."))

    assert (by_htmx, without_script, answered, newest()) == (True, True, True, False)
    assert (page.content.decode().count(HINT), faults_of(page.content.decode())) == (2, [])


def test_the_switch_stays_as_it_was_left_in_a_refusal_a_preview_and_a_draft(hidden, ann, signed_in):
    client, path = signed_in(ann), f"/posts/{hidden.pk}/answer/"
    named = opened(client, hidden.get_absolute_url(), path)
    del named["is_anonymous"]

    refused = fields_of(client.post(path, named | typed(body="")).content, path)
    previewed = fields_of(client.post(path, named | typed(body="Tea.", action="preview")).content, path)
    client.post(f"/drafts/save/?kind=answer&about={hidden.pk}", named | {"body": "Tea."})
    drafted = opened(client, hidden.get_absolute_url(), path)

    assert ["is_anonymous" in fields for fields in (refused, previewed, drafted)] == [False, False, False]


def test_others_and_named_askers_start_with_their_name(hidden, question, ann, bob, signed_in):
    pages = [signed_in(bob).get(hidden.get_absolute_url()), signed_in(ann).get(question.get_absolute_url())]
    paths = [f"/posts/{hidden.pk}/answer/", f"/posts/{question.pk}/answer/"]

    forms = [fields_of(page.content, path) for page, path in zip(pages, paths, strict=True)]

    assert ["is_anonymous" in form for form in forms] == [False, False]


def test_an_anonymous_answerer_comments_anonymously_below_their_answer(question, bob, signed_in):
    answer = make_answer(question, bob, is_anonymous=True)

    form = opened(signed_in(bob), f"{question.get_absolute_url()}?comment={answer.pk}", f"/posts/{answer.pk}/comment/")

    assert form["is_anonymous"] == ["on"]


def test_a_question_that_goes_on_from_an_anonymous_one_starts_anonymous(hidden, ann, bob, signed_in):
    answer = make_answer(hidden, bob)

    form = opened(signed_in(ann), f"/ask/?follow={answer.pk}", "/ask/")

    assert form["is_anonymous"] == ["on"]
