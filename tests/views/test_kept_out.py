"""What somebody meets whose network or e-mail address is blocked, and what the acts of all leave behind."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.actions import blocking
from forum.models import Answer, Draft, Question, SiteSettings, Trace, Vote
from tests.factories import make_member, make_question
from tests.support.accounts import PASSWORD, make_account, shown
from tests.support.records import everything
from tests.support.typing_forms import typed, typed_question

pytestmark = pytest.mark.django_db
HOME = "203.0.113.7"
SIGN_UP = {"username": "Noor Bakker", "email": "noor@example.org", "password1": PASSWORD}


def block(actor, value=HOME, kind="address"):
    until = timezone.now() + timedelta(days=7)
    return blocking.set_block(actor, kind=kind, value=value, until=until, reason="Advertising.")


@pytest.fixture
def kept_out(ada):
    """The network of HOME is blocked for a week, and the site has an address to write to."""
    SiteSettings.objects.create(pk=1, contact_email="care@example.org")
    return block(ada)


def at_home(member=None):
    client = Client(REMOTE_ADDR=HOME)
    if member:
        client.force_login(member)
    return client


def acts_on(question):
    return [
        ("/ask/", {"title": "A question", "body": "Words I wrote."}),
        (f"/posts/{question.pk}/answer/", typed(body="Words I wrote.")),
        (f"/posts/{question.pk}/comment/", typed(body="Words I wrote.")),
        (f"/posts/{question.pk}/vote/", {"direction": "up"}),
        (f"/posts/{question.pk}/flag/", {"reason": "spam"}),
        (f"/posts/{question.pk}/edit/", {"body": "Words I wrote."}),
        ("/upload/", {}),
        ("/accounts/signup/", SIGN_UP),
        ("/settings/picture/", {}),
    ]


def test_nothing_is_written_from_a_blocked_network(kept_out, newt, question):
    browser = at_home(newt)
    before = everything()

    answers = [browser.post(path, fields) for path, fields in acts_on(question)]

    ends = f"{kept_out.until:%-d %B %Y}"
    sentence = (
        f"No one can post from your network until {ends}. You can still read. "
        "If you think this is a mistake, write to care@example.org."
    )
    assert [answer.status_code for answer in answers] == [403] * len(answers)
    assert all(sentence in shown(answer) for answer in answers)
    assert everything() == before


def test_what_was_typed_is_given_back(kept_out):
    answer = at_home().post("/ask/", {"title": "Why do I wake?", "body": "Words I wrote."})

    assert "Why do I wake?" in shown(answer)
    assert "Words I wrote." in shown(answer)


def test_a_script_gets_the_sentence_alone(kept_out):
    answer = at_home().post("/upload/", headers={"accept": "application/json"})

    assert (answer.status_code, list(answer.json())) == (403, ["error"])


@pytest.mark.parametrize("path", ["/", "/questions/", "/ask/", "/accounts/signup/", "/help/crisis/"])
def test_reading_stays_open_without_a_query_more(kept_out, path):
    assert at_home().get(path).status_code in {200, 404}


def test_a_page_asks_nothing_about_blocks(kept_out, django_assert_max_num_queries):
    with django_assert_max_num_queries(50) as queries:
        at_home().get("/questions/")

    assert [query for query in queries.captured_queries if "forum_block" in query["sql"]] == []


def test_an_act_asks_once_about_blocks(newt, question, django_assert_max_num_queries):
    browser = at_home(newt)

    with django_assert_max_num_queries(100) as queries:
        browser.post(f"/posts/{question.pk}/vote/", {"direction": "up"})

    assert len([query for query in queries.captured_queries if "forum_block" in query["sql"]]) == 1


def test_moderators_who_signed_in_are_not_kept_out(kept_out, mo, question):
    answer = at_home(mo).post(f"/posts/{question.pk}/answer/", typed(body="I look after this place."))

    assert (answer.status_code, Answer.objects.count()) == (302, 1)


def test_a_report_too_many_gives_back_what_was_typed(newt, question):
    SiteSettings.objects.create(pk=1, numbers={"flags_a_day": 1})
    browser = at_home(newt)
    report = {"reason": "other", "text": "Words I wrote."}
    browser.post(f"/posts/{make_question().pk}/flag/", report)

    answer = browser.post(f"/posts/{question.pk}/flag/", report)

    assert (answer.status_code, "Retry-After" in answer) == (429, True)
    assert "You’ve reported a lot today. Thank you." in shown(answer)
    assert "Words I wrote." in shown(answer)


def test_others_are_not_kept_out(kept_out, newt, question, signed_in):
    assert signed_in(newt).post(f"/posts/{question.pk}/vote/", {"direction": "up"}).status_code == 302
    assert Vote.objects.count() == 1


def test_signing_in_and_out_stays_open(kept_out):
    make_account("Ann", email="ann@example.org")
    browser = at_home()

    inside = browser.post("/accounts/login/", {"login": "Ann", "password": PASSWORD})
    outside = browser.post("/accounts/logout/")

    assert (inside.status_code, outside.status_code) == (302, 302)


def test_a_draft_is_still_kept(kept_out, newt):
    at_home(newt).post("/drafts/save/?kind=question", {"title": "Why?", "body": "Words I wrote."})

    assert Draft.objects.get().author == newt


@pytest.mark.parametrize("value, kind", [("noor@example.org", "email"), ("example.org", "domain")])
def test_a_blocked_address_makes_no_account(client, ada, value, kind):
    User.objects.filter(pk=ada.pk).update(email="ada@site.example")
    block(ada, value, kind)

    answer = client.post("/accounts/signup/", SIGN_UP)

    [sentence] = answer.context["form"].errors["email"]
    assert sentence.startswith("This address can’t be used here until ")
    assert answer.context["form"]["username"].value() == "Noor Bakker"
    assert User.objects.filter(username="Noor Bakker").exists() is False


def test_a_blocked_address_takes_no_mail_of_a_guest(client, ada, sleep):
    block(ada, "bad.example", "domain")

    answer = client.post("/ask/", typed_question(sleep, guest_email="me@bad.example"))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["guest_email"]
    assert "I wake at four." in shown(answer)
    assert Question.objects.count() == 0


def test_one_account_too_many_is_answered_with_429_and_what_was_typed(client):
    SiteSettings.objects.create(pk=1, numbers={"sign_ups_an_hour": 1})
    client.post("/accounts/signup/", SIGN_UP | {"username": "First one", "email": "first@example.org"})
    client.cookies.clear()

    answer = client.post("/accounts/signup/", SIGN_UP)

    assert answer.status_code == 429
    assert 3590 <= int(answer["Retry-After"]) <= 3600
    (said,) = answer.context["form"].non_field_errors()
    assert re.sub(r"\d\d:\d\d", "06:10", said) == (
        "Several accounts were created from your network in the last hour. You can continue at 06:10 (UTC), in 60 minutes."
    )
    assert answer.context["form"]["email"].value() == "noor@example.org"
    assert User.objects.count() == 1


def test_each_act_leaves_one_trace(newt, question, sleep):
    browser = at_home(newt)
    browser.post("/ask/", typed_question(sleep))
    browser.post(f"/posts/{question.pk}/answer/", typed(body="A warm drink."))
    browser.post(f"/posts/{question.pk}/comment/", typed(body="The same here."))
    browser.post(f"/posts/{question.pk}/vote/", {"direction": "up"})
    browser.post(f"/posts/{question.pk}/vote/", {"direction": "none"})
    browser.post(f"/posts/{question.pk}/flag/", {"reason": "spam"})

    assert list(Trace.objects.order_by("pk").values_list("act", "member", "address")) == [
        (act, newt.pk, HOME) for act in ("ask", "answer", "comment", "vote", "flag")
    ]


def test_what_is_refused_leaves_no_trace(question):
    browser = at_home(make_member(points=0))
    browser.post(f"/posts/{question.pk}/answer/", typed(body=""))
    browser.post(f"/posts/{question.pk}/vote/", {"direction": "down"})

    assert Trace.objects.count() == 0


def test_a_sign_up_leaves_a_trace(client):
    client.post("/accounts/signup/", SIGN_UP, REMOTE_ADDR=HOME)

    assert list(Trace.objects.values_list("act", "member__username", "address")) == [("sign_up", "Noor Bakker", HOME)]


def test_a_guests_post_leaves_a_trace_of_the_guest(question):
    at_home().post(f"/posts/{question.pk}/answer/", typed(body="A warm drink."))

    answer = Answer.objects.get()
    assert list(Trace.objects.values_list("act", "guest", "post")) == [("answer", answer.guest_id, answer.pk)]
