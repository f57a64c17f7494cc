"""Correcting the topic and tags of somebody's question."""

import pytest

from forum.models import Post, Tag
from tests.factories import make_answer, make_category, make_member, make_question
from tests.support.records import everything, points

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(bob, sleep):
    """Bob's question about sleep, with a tag."""
    make_question(bob, category=sleep, tags=["naps"])
    return make_question(bob, title="Where do I put this one?", category=sleep, tags=["sleep"])


def _place(post):
    now = Post.objects.select_related("category").get(pk=post.pk)
    return now.category.name, sorted(now.tags.values_list("name", flat=True))


def test_a_member_with_the_points_corrects_topic_and_tags(asked, ann, signed_in):
    family = make_category("Family")

    answer = signed_in(ann).post(f"/posts/{asked.pk}/retag/", {"category": family.pk, "tags": "naps"})

    assert (answer.status_code, answer.url) == (302, asked.get_absolute_url())
    assert _place(asked) == ("Family", ["naps"])
    assert Post.objects.get(pk=asked.pk).body == asked.body
    assert points(asked.author) == 2_540


def test_the_form_begins_with_what_there_is(asked, ann, signed_in):
    page = signed_in(ann).get(f"/posts/{asked.pk}/retag/").content.decode()

    assert f'<option value="{asked.category_id}" selected>' in page
    assert 'value="sleep"' in page
    assert 'name="body"' not in page


def test_the_page_of_a_question_leads_there_for_those_who_may(asked, ann, newt, bob, signed_in, client):
    browsers = [signed_in(ann), signed_in(newt), signed_in(bob), client]

    pages = [browser.get(asked.get_absolute_url()).content.decode() for browser in browsers]

    assert [f"/posts/{asked.pk}/retag/" in page for page in pages] == [True, False, False, False]


def test_a_member_without_the_points_is_told_what_is_missing(asked, newt, signed_in):
    browser, before = signed_in(newt), everything()

    answers = [
        browser.get(f"/posts/{asked.pk}/retag/"),
        browser.post(f"/posts/{asked.pk}/retag/", {"category": asked.category_id, "tags": ""}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "You need 500 points to change tags and topic." in answers[1].content.decode()
    assert everything() == before


def test_what_cannot_be_used_is_said_on_the_form(asked, signed_in):
    trusted = make_member("Trusted", points=600)
    browser, before = signed_in(trusted), _place(asked)

    answer = browser.post(f"/posts/{asked.pk}/retag/", {"category": "999999", "tags": "a, b, c, d, e, f"})

    assert answer.status_code == 422
    assert "This topic no longer exists. Choose the closest one." in answer.content.decode()
    assert _place(asked) == before


def test_a_guest_signs_in_first(asked, client):
    assert client.get(f"/posts/{asked.pk}/retag/").url.startswith("/accounts/login/?next=")
    assert client.post(f"/posts/{asked.pk}/retag/", {"category": asked.category_id}).status_code == 302
    assert _place(asked) == ("Sleep", ["sleep"])


def test_only_questions_have_a_topic(asked, ann, signed_in):
    answer = make_answer(asked)

    assert signed_in(ann).get(f"/posts/{answer.pk}/retag/").status_code == 404


def test_the_tags_that_another_topic_requires_are_named(asked, mo, signed_in):
    other = make_category("Couples")
    other.required_tags.add(Tag.objects.create(name="marriage", slug="marriage"))
    browser, sentence = signed_in(mo), "Questions here need one of these tags: marriage."

    pages = [browser.get(f"/posts/{asked.pk}/retag/{query}") for query in ("", f"?category={other.pk}", "?category=x")]

    assert [sentence in page.content.decode() for page in pages] == [False, True, False]


def test_tags_are_taken_one_by_one_without_script(asked, ann, signed_in):
    before = _place(asked)
    typed = {"category": asked.category_id, "tags": ["sleep", "naps"], "without_tag": "sleep"}

    page = signed_in(ann).post(f"/posts/{asked.pk}/retag/", typed).content.decode()

    assert '<input name="tags" value="naps" aria-label="Tag" hidden>' in page
    assert '<input name="tags" value="sleep" aria-label="Tag" hidden>' not in page
    assert _place(asked) == before
