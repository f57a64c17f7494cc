"""Suggested edits over HTTP: made by anybody, decided by the author or the privileged, seen by nobody else."""

import time

import pytest
from django.test import Client

from accounts.models import User
from forum.actions import editing, moderating, suggesting
from forum.forms.writing import sign_time
from forum.limits import Rules
from forum.models import Post, SiteSettings, Suggestion
from forum.queries.suggestions import unreadable
from tests.factories import make_answer, make_comment, make_member, make_question, make_tag
from tests.support.html import faults_of
from tests.support.records import everything

pytestmark = pytest.mark.django_db


def typed(post, **fields):
    """Return what the form of a suggestion sends when nothing but `fields` was changed."""
    stands = {"title": post.title, "body": post.body, "tags": "", "reason": "Clearer", "base_version": "1"}
    return stands | {"started": sign_time(time.time() - 60)} | fields


@pytest.fixture
def people(client, signed_in, ann, bob, newt, mo):
    """The browsers of a guest, of newt who suggests, of ann who asked, of bob with the points, of a moderator."""
    return {"guest": client} | {one.username: signed_in(one) for one in (newt, ann, bob, mo)}


@pytest.fixture
def suggestion(newt, question):
    """What newt suggests for ann's question."""
    return suggesting.suggest_edit(newt, question, title=question.title, body="I wake at five.", reason="Clearer")


def test_a_newcomer_suggests_and_sees_what_became_of_it(people, question):
    form = people["newt"].get(f"/posts/{question.pk}/suggest/").content.decode()
    answer = people["newt"].post(f"/posts/{question.pk}/suggest/", typed(question, body="I wake at five."), follow=True)

    made = Suggestion.objects.get()
    page = answer.content.decode()
    assert faults_of(form) == faults_of(page) == []
    assert answer.redirect_chain == [(f"/suggestions/{made.pk}/", 302)]
    assert "Thank you." in page
    assert "Withdraw it" in page
    assert "Approve" not in page.partition("<main")[2].partition("</main")[0]
    assert made.member.username == "newt"


def test_a_guest_suggests_and_is_known_again(client, question):
    answer = client.post(f"/posts/{question.pk}/suggest/", typed(question, body="I wake at five."))

    page = client.get(answer.url).content.decode()
    listed = client.get("/suggestions/").content.decode()
    assert "guest" in answer.cookies
    assert "A guest" in page
    assert "Withdraw it" in page
    assert f'href="{answer.url}"' in listed


def test_a_guests_program_meets_the_gate(client, question):
    before = everything()["Suggestion"]

    answer = client.post(f"/posts/{question.pk}/suggest/", typed(question, body="I wake.", website="spam"))

    assert answer.status_code == 422
    assert everything()["Suggestion"] == before


def test_those_who_may_edit_are_led_to_the_form_that_does(people, question):
    answers = [people[who].get(f"/posts/{question.pk}/suggest/").url for who in ("ann", "bob", "mo")]

    assert answers == [f"/posts/{question.pk}/edit/"] * 3


def test_the_form_begins_with_what_one_has_suggested(people, suggestion):
    page = people["newt"].get(f"/posts/{suggestion.post_id}/suggest/").content.decode()

    assert "I wake at five.</textarea>" in page
    assert "you can still change it" in page


@pytest.mark.parametrize("fields", [{"reason": ""}, {"title": "Help"}, {"body": "I wake at four."}])
def test_what_is_wrong_comes_back_with_everything_typed(people, question, fields):
    before = everything()["Suggestion"]

    answer = people["newt"].post(f"/posts/{question.pk}/suggest/", typed(question, **fields))

    assert answer.status_code == 422
    assert faults_of(answer.content.decode()) == []
    assert everything()["Suggestion"] == before


def test_a_suggestion_for_an_older_text_shows_both_and_can_be_sent_again(people, ann, question):
    editing.edit_post(ann, question, title=question.title, body="I wake at three.")
    path, sent = f"/posts/{question.pk}/suggest/", typed(question, body="I wake at five.")

    stale = people["newt"].post(path, sent)
    again = people["newt"].post(path, sent | {"base_version": "2"})

    page = stale.content.decode()
    assert (stale.status_code, faults_of(page)) == (422, [])
    assert "What changed since you started" in page
    assert "I wake at five.</textarea>" in page
    assert 'name="base_version" value="2"' in page
    assert again.status_code == 302


def test_a_member_whose_session_ended_loses_no_word(client, question):
    answer = client.post(f"/posts/{question.pk}/suggest/", typed(question, body="I wake at five.", signed_in="1"))

    assert answer.status_code == 422
    assert (
        "You’ve been signed out. Sign in in another window, or send it again without an account."
        in answer.content.decode()
    )
    assert "I wake at five.</textarea>" in answer.content.decode()
    assert not Suggestion.objects.exists()


def test_too_many_suggestions_have_an_end_and_the_text_stays(people, question, bob):
    SiteSettings.objects.create(pk=1, numbers={"suggestions_an_hour": 1})
    answered = make_answer(question, bob)
    people["newt"].post(f"/posts/{question.pk}/suggest/", typed(question, body="I wake at five."))

    answer = people["newt"].post(f"/posts/{answered.pk}/suggest/", typed(answered, body="Warm milk."))

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "Warm milk.</textarea>" in answer.content.decode()


def test_nothing_is_suggested_for_comments_and_for_what_is_away(people, mo, bob, question):
    comment = make_comment(question, bob)
    hidden = make_answer(question, bob)
    moderating.hide_post(mo, hidden)

    answers = [people["newt"].get(f"/posts/{one.pk}/suggest/").status_code for one in (comment, hidden)]
    gone = people["newt"].post(f"/posts/{hidden.pk}/suggest/", typed(hidden, body="Warm milk."))

    assert answers == [403, 404]
    assert (gone.status_code, "Warm milk." in gone.content.decode()) == (404, True)


def test_only_those_concerned_read_a_suggestion(people, signed_in, suggestion):
    people["stranger"] = signed_in(make_member("stranger", points=1_000))

    answers = {who: browser.get(f"/suggestions/{suggestion.pk}/").status_code for who, browser in people.items()}

    assert answers == {"guest": 404, "newt": 200, "ann": 200, "bob": 200, "mo": 200, "stranger": 404}


def test_the_author_sees_what_waits_for_them_and_approves(people, question, suggestion):
    listed = people["ann"].get("/suggestions/").content.decode()
    page = people["ann"].get(f"/suggestions/{suggestion.pk}/").content.decode()

    answer = people["ann"].post(f"/suggestions/{suggestion.pk}/approve/", {"base_version": "1"}, follow=True)

    assert faults_of(listed) == faults_of(page) == []
    assert "For your posts" in listed
    assert answer.redirect_chain == [(question.get_absolute_url(), 302)]
    assert "Suggestion approved." in answer.content.decode()
    assert Post.objects.get(pk=question.pk).body == "I wake at five."


def test_a_moderator_rejects_with_a_reason_and_may_undo(people, suggestion):
    unsaid = people["mo"].post(f"/suggestions/{suggestion.pk}/reject/", {"reason": ""})
    said = people["mo"].post(f"/suggestions/{suggestion.pk}/reject/", {"reason": "It says something else"}, follow=True)

    assert (
        unsaid.status_code,
        "Say briefly why not. The person who suggested it will see this." in unsaid.content.decode(),
    ) == (422, True)
    assert 'action="/moderation/undo/"' in said.content.decode()
    assert "It says something else" in people["newt"].get(f"/suggestions/{suggestion.pk}/").content.decode()


def test_what_was_changed_since_is_shown_before_anybody_approves(people, ann, question, suggestion):
    editing.edit_post(ann, question, title=question.title, body="I wake at four. And then I read.")

    unseen = people["bob"].post(f"/suggestions/{suggestion.pk}/approve/", {"base_version": "1"})
    seen = people["bob"].post(f"/suggestions/{suggestion.pk}/approve/", {"base_version": "2"})

    page = unseen.content.decode()
    assert (unseen.status_code, faults_of(page)) == (422, [])
    for heading in ("What was suggested", "What has changed since", "What approving would change now"):
        assert heading in page
    assert 'name="base_version" value="2"' in page
    assert seen.status_code == 302
    assert Post.objects.get(pk=question.pk).body == "I wake at five. And then I read."


def test_two_changes_of_the_same_words_are_put_together_by_hand(people, ann, question, suggestion):
    editing.edit_post(ann, question, title=question.title, body="I wake at six.")
    page = people["bob"].get(f"/suggestions/{suggestion.pk}/").content.decode()

    form = people["bob"].get(f"/suggestions/{suggestion.pk}/change/").content.decode()
    sent = {
        "title": question.title,
        "body": "I wake at five or six.",
        "tags": "",
        "reason": "Both",
        "base_version": "2",
    }
    done = people["bob"].post(f"/suggestions/{suggestion.pk}/change/", sent)

    assert faults_of(page) == faults_of(form) == []
    assert "Both changed the same words" in page
    assert "I wake at five.</textarea>" in form
    assert done.status_code == 302
    assert Post.objects.get(pk=question.pk).body == "I wake at five or six."


def test_an_author_takes_an_approved_edit_back_with_one_tap(people, bob, question, suggestion):
    suggesting.approve_suggestion(bob, suggestion)

    page = people["ann"].get(f"/suggestions/{suggestion.pk}/").content.decode()
    people["ann"].post(f"/posts/{question.pk}/revisions/1/roll-back/", {"base_version": "2"})

    assert f'action="/posts/{question.pk}/revisions/1/roll-back/"' in page
    assert Post.objects.get(pk=question.pk).body == "I wake at four."


def test_one_withdraws_ones_own(people, suggestion):
    others = [
        people[who].post(f"/suggestions/{suggestion.pk}/withdraw/").status_code for who in ("ann", "bob", "guest")
    ]
    own = people["newt"].post(f"/suggestions/{suggestion.pk}/withdraw/")

    assert (others, own.status_code) == ([403, 403, 404], 302)
    assert Suggestion.objects.get().state == "withdrawn"


@pytest.mark.parametrize("act", ["approve", "reject", "change"])
def test_those_below_the_privilege_decide_nothing(act, people, suggestion):
    before = everything()["Suggestion"], everything()["Post"]

    sent = {"reason": "Mine", "base_version": "1", "title": "How do I sleep better?", "body": "I wake at one."}
    answers = [people[who].post(f"/suggestions/{suggestion.pk}/{act}/", sent).status_code for who in ("newt", "guest")]

    assert answers == [403, 404]
    assert (everything()["Suggestion"], everything()["Post"]) == before


def test_nothing_names_an_anonymous_author_who_decides(people, ann, newt, sleep):
    question = make_question(ann, category=sleep, is_anonymous=True)
    made = suggesting.suggest_edit(newt, question, title=question.title, body="I wake at five.", reason="Clearer")
    people["ann"].post(f"/suggestions/{made.pk}/approve/", {"base_version": "1"})

    for who in ("newt", "mo"):
        page = people[who].get(f"/suggestions/{made.pk}/").content.decode()
        assert "Approved by <bdi>Anonymous</bdi>" in page
        assert ">ann<" not in page


def test_a_menu_offers_what_fits(people, question, bob):
    answer = make_answer(question, bob)

    offered = {who: browser.get(question.get_absolute_url()).content.decode() for who, browser in people.items()}

    assert {
        who: [f"/posts/{one.pk}/suggest/" in page for one in (question, answer)] for who, page in offered.items()
    } == {
        "guest": [True, True],
        "newt": [True, True],
        "ann": [False, True],
        "bob": [False, False],
        "mo": [False, False],
    }


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("/suggestions/", 8), ("/suggestions/{}/", 7)])
def test_pages_ask_a_fixed_number_of_queries(path, queries, number, people, question, django_assert_num_queries):
    newt = User.objects.get(username="newt")
    for _ in range(number):
        made = suggesting.suggest_edit(newt, make_answer(question), body="Warm milk.", reason="Clearer")
    address = path.format(made.pk)
    people["newt"].get(address)

    with django_assert_num_queries(queries):
        people["newt"].get(address)


def test_a_wrong_method_is_refused(suggestion):
    answers = [
        Client().get(f"/suggestions/{suggestion.pk}/{act}/").status_code for act in ("approve", "reject", "withdraw")
    ]

    assert answers == [405, 405, 405]


def test_a_suggestion_from_a_text_that_was_hidden_shows_no_word(people, ann, mo, question, suggestion):
    editing.edit_post(ann, question, title=question.title, body="I wake early.")
    editing.hide_revision(mo, question, number=1, reason="A phone number")

    pages = [people[who].get(f"/suggestions/{suggestion.pk}/").content.decode() for who in ("newt", "ann", "bob", "mo")]
    main = [page.partition("<main")[2].partition("</main")[0] for page in pages]

    assert [("at four" in page, "at five" in page, "Clearer" in page) for page in main] == [(False, False, False)] * 4
    assert unreadable([suggestion], viewer=mo, rules=Rules()) == {suggestion.pk}
    assert unreadable([suggestion], viewer=make_member("ada", role="administrator"), rules=Rules()) == frozenset()


def test_an_unknown_tag_of_a_suggestion_is_left_out_and_said(people, question):
    make_tag("naps")

    page = people["newt"].post(f"/posts/{question.pk}/suggest/", typed(question, tags=["naps", "trust"]), follow=True)

    assert Suggestion.objects.get().tag_names == ["naps"]
    assert "“trust” is not a tag here yet, so it was left out." in page.content.decode()
