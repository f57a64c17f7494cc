"""Help lines beside words that call for care: while writing, after posting, above a search; and a guest's report."""

import pytest
from django.test import Client

from forum.actions import reindexing
from forum.models import Case, Draft, HelpLine, Post
from tests.factories import make_member, make_question
from tests.support.pages import piece
from tests.support.typing_forms import typed, typed_question

SENTENCE = "I want to kill myself tonight, I have the pills ready"
CARD = 'class="care-card"'
POSTED = "Thank you for saying it here. The moderators have been told"


@pytest.fixture(autouse=True)
def lines(db):
    """A line to call in two countries, and one for everywhere."""
    for position, (code, name, phone) in enumerate([("US", "United States", "988"), ("ES", "Spain", "024")]):
        HelpLine.objects.create(country=code, country_name=name, name="Line", phone=phone, position=position)
    HelpLine.objects.create(country="ZZ", country_name="Everywhere", name="Find", url="https://example.org", position=9)


def page(browser, url, **headers):
    return browser.get(url, headers=headers).content.decode()


@pytest.mark.parametrize("reader", ["guest", "member"], indirect=True)
def test_while_somebody_writes_the_card_comes_and_the_text_is_kept_nowhere(reader):
    shown = reader.post("/care/", {"title": "Tonight", "body": SENTENCE})
    quiet = reader.post("/care/", {"title": "Tonight", "body": "I am so tired"})

    assert (CARD in shown.content.decode(), 'href="tel:988"' in shown.content.decode()) == (True, True)
    assert (quiet.status_code, quiet.content) == (204, b"")
    assert (Case.objects.count(), Draft.objects.count(), Post.objects.count()) == (0, 0, 0)


def test_what_asks_while_somebody_writes_needs_a_token_and_a_post():
    strict = Client(enforce_csrf_checks=True)

    assert (strict.post("/care/", {"body": SENTENCE}).status_code, strict.get("/care/").status_code) == (403, 405)


def test_when_too_much_is_asked_nobody_is_troubled(client):
    for _ in range(60):
        client.post("/care/", {"body": ""})

    assert client.post("/care/", {"body": SENTENCE}).status_code == 204


@pytest.mark.parametrize("reader", ["guest", "member"], indirect=True)
def test_without_script_the_card_stands_above_the_button_of_every_form_that_comes_back(reader, question, sleep):
    asked = reader.post("/ask/", {**typed_question(sleep, body=SENTENCE), "action": "preview"})
    short = reader.post("/ask/", typed_question(sleep, body=SENTENCE, title="x"))
    answer = reader.post(f"/posts/{question.pk}/answer/", {**typed(body=SENTENCE), "action": "preview"})
    comment = reader.post(f"/posts/{question.pk}/comment/", {**typed(body=SENTENCE), "action": "preview"})

    for text, button in (
        (asked, "Post question"),
        (short, "Post question"),
        (answer, "Post answer"),
        (comment, "Post comment"),
    ):
        html = text.content.decode()
        assert html.count(CARD) == 1
        assert 0 < html.index(CARD) < html.index(button)


def test_an_empty_form_carries_no_card(client):
    assert CARD not in page(client, "/ask/")


@pytest.mark.parametrize("reader", ["guest", "member"], indirect=True)
def test_after_posting_the_page_opens_with_the_card_once_and_for_its_author_alone(reader, sleep):
    first = reader.post("/ask/", typed_question(sleep, body=SENTENCE), follow=True)
    again = page(reader, first.request["PATH_INFO"])
    other = page(Client(), first.request["PATH_INFO"])

    html = first.content.decode()
    assert html.index(POSTED) < html.index("Your question is posted.") < html.index("<h1")
    assert [POSTED in text for text in (again, other)] == [False, False]


def test_an_answer_a_comment_and_an_edit_lead_to_the_top_of_the_page(signed_in, ann, bob, question):
    browser, place = signed_in(bob), question.get_absolute_url()

    answered = browser.post(f"/posts/{question.pk}/answer/", typed(body=SENTENCE))
    commented = browser.post(f"/posts/{question.pk}/comment/", typed(body=SENTENCE), headers={"HX-Request": "true"})
    edited = signed_in(ann).post(
        f"/posts/{question.pk}/edit/",
        {"title": question.title, "body": SENTENCE, "category": question.category_id, "audience": "everyone"},
    )

    assert (answered.url, commented["HX-Redirect"], edited.url) == (place, place, place)
    assert POSTED in page(browser, place)


def test_a_search_that_sounds_like_danger_shows_the_card_above_its_results(client, ann):
    make_question(ann, title="I want to kill myself, what helped you")

    html = page(client, "/search/?q=kill+myself")

    assert html.index(CARD) < html.index("what helped you")
    assert CARD not in page(client, "/search/?q=sleep")


def test_such_words_are_never_taken_for_others(client, ann):
    make_question(ann, title="Will it get better", body="I will find myself a friend")
    reindexing.learn_words()

    html = page(client, "/search/?q=kill+myself")

    assert ". Showing results for" not in html
    assert "these are for" not in html


def test_the_card_shows_the_country_that_was_chosen_and_else_what_the_browser_speaks(client):
    spoken = client.post("/care/", {"body": SENTENCE}, headers={"Accept-Language": "es-MX,es;q=0.9"}).content.decode()
    client.post("/help/crisis/country/", {"country": "us"})
    chosen = client.post("/care/", {"body": SENTENCE}, headers={"Accept-Language": "es"}).content.decode()

    assert ['href="tel:024"' in spoken, 'href="tel:988"' in chosen, 'href="tel:024"' in chosen] == [True, True, False]


def test_the_crisis_page_begins_with_the_country_and_its_numbers_and_ends_with_prose(client):
    html = piece(client.get("/help/crisis/"))

    order = ['<select class="select" id="country"', 'href="tel:988"', "Other countries", "Spain</summary>", "All help"]
    assert sorted(order, key=html.index) == order


def test_the_country_is_remembered_and_nonsense_changes_nothing(client):
    for country in ("es", "xx", "", "<b>"):
        answer = client.post("/help/crisis/country/", {"country": country})
        assert (answer.status_code, answer.url) == (302, "/help/crisis/")

    assert client.cookies["country"].value == "es"
    assert '<option value="es" selected>Spain' in page(client, "/help/crisis/")


def test_the_language_of_the_browser_only_sorts(client):
    html = page(client, "/help/crisis/", **{"Accept-Language": "es"})

    assert html.index('<option value="es" selected') < html.index('<option value="us"')
    assert 'href="tel:988"' in html


def test_a_guest_says_that_somebody_may_be_in_danger_and_sees_whom_to_call(client, question):
    form = piece(client.get(f"/posts/{question.pk}/flag/"))
    answer = client.post(
        f"/posts/{question.pk}/flag/", {"reason": "danger", "text": "She has\npills"}, follow=True
    ).content.decode()

    [case] = Case.objects.open()
    assert (
        "If someone may be in danger, you don’t need an account. For anything else we’ll ask you to sign in after you write it. Your words are kept."
        in form,
        "/help/crisis/" in form,
    ) == (True, True)
    assert (case.post_id, case.urgency, case.details) == (
        question.pk,
        0,
        ["A guest reported that someone may be in danger. They wrote: “She has pills”"],
    )
    assert "Thank you for looking out for someone." in answer
    assert 'href="tel:988"' in answer


def test_a_guest_who_reports_anything_else_signs_in_first(client, question):
    answer = client.post(f"/posts/{question.pk}/flag/", {"reason": "spam"})

    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/?next=")
    assert Case.objects.count() == 0


def test_a_filled_trap_is_told_and_empty_again(client, question):
    sent = {"reason": "danger", "text": "She has pills", "website": "x"}

    answer = client.post(f"/posts/{question.pk}/flag/", sent)

    html = answer.content.decode()
    assert (answer.status_code, "She has pills" in html, 'value="x"' in html, Case.objects.count()) == (
        422,
        True,
        False,
        0,
    )


def test_what_nobody_may_read_is_not_there_to_be_reported(client, question):
    Post.objects.filter(pk=question.pk).update(status="hidden")

    assert client.post(f"/posts/{question.pk}/flag/", {"reason": "danger"}).status_code == 404


def test_no_down_vote_is_offered_but_ones_own_can_be_taken_back(signed_in, ann):
    post = make_question(ann, body=SENTENCE)
    voter = make_member(points=5_000)
    browser, place = signed_in(voter), f"/posts/{post.pk}/vote/"

    refused = browser.post(place, {"direction": "down"})

    html = page(browser, post.get_absolute_url())
    assert (refused.status_code, "This did not help" in html, "This helped" in html) == (403, False, True)
    assert "Someone may be having a very hard time" in refused.content.decode()
