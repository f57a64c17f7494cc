"""What stands beside and below a question: help where it may matter, why it stays, how to follow it, what a note folds."""

import pytest

from forum.actions import measuring
from forum.choices import MeasureKind
from forum.models import Category, ContentNote
from tests.factories import make_answer, make_category, make_comment, make_question
from tests.support.accounts import shown

pytestmark = pytest.mark.django_db
SIGNS = "If a person is hard to wake, breathing slowly or turning blue, call your local emergency number now."
PLAIN = "You don’t have to know what to say. A help line talks with you too."


@pytest.fixture
def drug_use():
    return ContentNote.objects.create(name="Drug use", slug="drug-use", reader_help=SIGNS)


def test_signs_of_an_overdose_stand_where_a_note_or_a_topic_wants_it_and_nowhere_else(client, ann, sleep, drug_use):
    drugs = make_category("Drugs", reader_help=SIGNS)
    plain, noted = make_question(ann), make_question(ann)
    noted.notes.add(drug_use)
    below = make_question(ann, category=make_category("Tea", parent=drugs))

    pages = [shown(client.get(one.get_absolute_url())) for one in (plain, noted, below)]

    assert [(SIGNS in page, PLAIN in page) for page in pages] == [(False, True), (True, False), (True, False)]


def test_another_note_says_nothing_of_it(client, ann, drug_use):
    question = make_question(ann)
    question.notes.add(ContentNote.objects.create(name="Loss", slug="loss"))

    assert SIGNS not in shown(client.get(question.get_absolute_url()))


def test_an_author_reads_why_an_answered_question_stays_and_what_they_can_do(signed_in, ann, bob, question):
    browser, path = signed_in(ann), question.get_absolute_url()
    before = shown(browser.get(path))
    make_answer(question, bob)

    page = shown(browser.get(path))

    why = "Why you can’t delete it Someone has answered, so your question stays for those who need the answer."
    ways = "Remove your name, or show it to members only Ask the moderators to remove it"
    assert (why in before, " Delete " in before) == (False, True)
    assert (f"{why} {ways}" in page, " Delete " in page) == (True, False)
    assert "Why you can’t delete it" not in shown(signed_in(bob).get(path)).partition("1 answer")[0]


@pytest.mark.parametrize("name", ["guest", "member"])
def test_follow_stands_in_plain_view_below_a_question(client, signed_in, bob, question, name):
    browser = client if name == "guest" else signed_in(bob)

    acts = browser.get(question.get_absolute_url()).content.decode().partition('<div class="acts">')[2]

    assert f'action="/posts/{question.pk}/follow/"' in acts.partition("<span>More</span>")[0]


def test_a_content_note_folds_the_comments_below_it_until_they_are_opened(
    client, signed_in, ann, bob, question, drug_use
):
    make_comment(question, bob, body="I was there too.")
    path = question.get_absolute_url()
    plain = client.get(path).content.decode()
    question.notes.add(drug_use)

    folded = client.get(path).content.decode().partition(f'id="comments-{question.pk}"')[2]
    own = signed_in(ann).get(path).content.decode().partition(f'id="comments-{question.pk}"')[2]
    said = signed_in(bob).post(
        f"/posts/{question.pk}/comment/", {"body": "And still am."}, headers={"HX-Request": "true"}
    )

    assert "Show comments" not in plain
    assert '<details class="note mt2">' in folded.partition("I was there too.")[0]
    assert '<details class="note mt2" open>' in own.partition("I was there too.")[0]
    assert '<details class="note mt2" open>' in said.content.decode()


@pytest.mark.parametrize(("sort", "title"), [("featured", "Hot questions"), ("recent", "Questions")])
def test_orders_of_other_sites_show_the_one_that_comes_nearest_and_say_so(client, question, sort, title):
    page = client.get(f"/questions/?sort={sort}").content.decode()

    assert f"<h1>{title}</h1>" in page


def test_pins_lead_the_front_page_too(client, mo, question):
    measuring.lay_measure(mo, question, MeasureKind.PIN, reason="To be seen")

    assert "Pinned" in shown(client.get("/"))
    assert Category.objects.count() == 1
