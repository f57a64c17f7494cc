"""The history of a post over HTTP: who reads what, how texts come back, and what a hidden one leaves to be seen."""

import pytest

from forum.actions import editing, moderating, suggesting
from forum.models import Post, Revision
from tests.factories import make_answer, make_note, make_question
from tests.support.html import faults_of
from tests.support.records import everything

SECRET = "0171-5550199"


def address(post, rest=""):
    """Return where the history of `post` stands."""
    return f"/posts/{post.pk}/revisions/{rest}"


def page_of(client, post, rest=""):
    """Return the history as this browser sees it."""
    return client.get(address(post, rest)).content.decode()


@pytest.fixture
def edited(ann, question):
    """Ann's question, which she has made clearer once."""
    editing.edit_post(ann, question, title=question.title, body="I wake at five.", reason="The right hour")
    return Post.objects.get(pk=question.pk)


@pytest.fixture
def people(client, signed_in, ann, bob, newt, mo):
    """The browsers of those who may not read everything."""
    return {"guest": client} | {one.username: signed_in(one) for one in (newt, ann, bob, mo)}


@pytest.fixture
def spilled(ann, mo, question):
    """Ann's question, whose second version held a number that a moderator has hidden."""
    editing.edit_post(ann, question, title=f"Call {SECRET} now", body=f"Call {SECRET}.", tags=["zeta"], reason=SECRET)
    editing.edit_post(mo, question, title="How do I sleep?", body="I wake at six.", tags=[], reason="A number")
    editing.hide_revision(mo, question, number=2, reason="A phone number")
    return Post.objects.get(pk=question.pk)


def test_everybody_reads_what_changed_and_why(client, edited):
    page = page_of(client, edited)

    assert faults_of(page) == []
    assert '<del><span class="vh">[removed: </span>four<span class="vh">]</span></del>' in page
    assert '<ins><span class="vh">[added: </span>five<span class="vh">]</span></ins>' in page
    assert "The right hour" in page
    assert '<meta name="robots" content="noindex">' in page
    assert "roll-back" not in page


def test_both_texts_stand_side_by_side_when_asked_for(client, edited):
    page = page_of(client, edited, "?view=side")

    assert faults_of(page) == []
    assert page.count('class="diff-cell"') == 2
    assert '<a href="/posts/1/revisions/?view=side" aria-current="page">' in page.replace(str(edited.pk), "1")


@pytest.mark.parametrize("act", [moderating.hide_post, moderating.delete_post])
def test_the_history_of_what_is_away_is_away(act, people, mo, edited):
    act(mo, edited)

    answers = {who: browser.get(address(edited)).status_code for who, browser in people.items()}

    assert answers == {"guest": 404, "newt": 404, "ann": 200, "bob": 404, "mo": 200}


def test_an_anonymous_author_is_an_alias_in_every_text(client, signed_in, ann, bob, mo, sleep):
    question = make_question(ann, category=sleep, is_anonymous=True)
    editing.edit_post(ann, question, title=question.title, body="I wake at five.")
    editing.edit_post(bob, question, title=question.title, body="I wake at six.")
    editing.edit_post(mo, question, title=question.title, body="I wake at seven.", reason="A time")

    for browser in (client, signed_in(mo)):
        shown = page_of(browser, question).partition("<main")[2].partition("</main")[0]
        assert [name in shown for name in (">ann<", ">bob<", "Another member")] == [False, False, True]
        assert shown.count("<bdi>Anonymous</bdi>") == 2


def test_a_suggestion_by_somebody_without_an_account_names_the_guest_and_not_the_author(client, guest, ann, question):
    made = suggesting.suggest_edit(guest, question, title=question.title, body="I wake at five.", reason="Clearer")
    suggesting.approve_suggestion(ann, made)

    page = page_of(client, question)

    assert page.count("A guest") == 1
    assert "Suggested and approved" in page


@pytest.mark.parametrize("rest", ["", "?view=side"])
def test_a_hidden_text_leaves_no_word_anywhere(rest, people, spilled):
    for browser in people.values():
        page = page_of(browser, spilled, rest)
        assert (SECRET in page, "zeta" in page) == (False, False)
        assert "This version had private details. A moderator has hidden it." in page
        assert "Compared with version 1" in page


def test_nor_in_the_administration_the_form_and_the_page_that_brings_it_back(signed_in, ann, mo, spilled):
    moderator, author = signed_in(mo), signed_in(ann)
    stale = {"title": "How do I rest?", "body": "I wake at nine.", "category": spilled.category_id, "base_version": "2"}

    answers = [
        moderator.get(f"/admin/forum/post/{spilled.pk}/change/"),
        moderator.get(f"/admin/forum/revision/?q={spilled.pk}"),
        moderator.get(f"/admin/forum/event/?q={spilled.pk}"),
        author.post(f"/posts/{spilled.pk}/edit/", stale),
    ]
    away = [one.get(address(spilled, "2/roll-back/")).status_code for one in (moderator, author)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 422]
    assert [SECRET in answer.content.decode() for answer in answers] == [False] * 4
    assert away == [404, 404]


def test_administrators_read_what_was_hidden(signed_in, ada, spilled):
    browser = signed_in(ada)

    assert SECRET in page_of(browser, spilled)
    assert SECRET in browser.get(f"/admin/forum/post/{spilled.pk}/change/").content.decode()


def test_a_moderator_hides_a_text_and_shows_it_again(signed_in, mo, edited):
    browser = signed_in(mo)

    unsaid = browser.post(address(edited, "1/hide/"), {"reason": ""})
    current = browser.post(address(edited, "2/hide/"), {"reason": "A name"})
    hidden = browser.post(address(edited, "1/hide/"), {"reason": "A name"}, follow=True)
    is_hidden = Revision.objects.get(post=edited, number=1).hidden_at is not None
    browser.post(address(edited, "1/show/"))

    assert (unsaid.status_code, current.status_code, is_hidden) == (422, 422, True)
    assert [faults_of(one.content.decode()) for one in (unsaid, current, hidden)] == [[], [], []]
    assert "Say what kind of details it has." in unsaid.content.decode()
    assert "Edit the post first" in current.content.decode()
    assert "Version 1 is hidden." in hidden.content.decode()
    assert Revision.objects.get(post=edited, number=1).hidden_at is None


def test_an_author_brings_a_text_back_with_one_tap(signed_in, ann, edited):
    browser = signed_in(ann)

    page = page_of(browser, edited)
    answer = browser.post(address(edited, "1/roll-back/"), {"base_version": "2"}, follow=True)

    assert f'action="{address(edited, "1/roll-back/")}"' in page
    assert answer.redirect_chain == [(edited.get_absolute_url(), 302)]
    assert "Rolled back to version 1." in answer.content.decode()
    assert Post.objects.get(pk=edited.pk).body == "I wake at four."


def test_others_look_and_say_why_before_they_bring_a_text_back(signed_in, bob, edited):
    browser = signed_in(bob)
    page = browser.get(address(edited, "1/roll-back/")).content.decode()

    unsaid = browser.post(address(edited, "1/roll-back/"), {"base_version": "2"})
    unchanged = Post.objects.get(pk=edited.pk).body
    said = browser.post(address(edited, "1/roll-back/"), {"base_version": "2", "reason": "It was right"})

    assert faults_of(page) == faults_of(unsaid.content.decode()) == []
    assert "What would change" in page
    assert (unsaid.status_code, unchanged, said.status_code) == (422, "I wake at five.", 302)
    assert Post.objects.get(pk=edited.pk).body == "I wake at four."


def test_bringing_back_is_refused_after_somebody_was_quicker(signed_in, ann, bob, edited):
    editing.edit_post(bob, edited, title=edited.title, body="I wake at six.")
    before = everything()["Post"]

    answer = signed_in(ann).post(address(edited, "1/roll-back/"), {"base_version": "2"})

    assert answer.status_code == 422
    assert "Someone changed this post after you opened this page." in answer.content.decode()
    assert 'name="base_version" value="3"' in answer.content.decode()
    assert everything()["Post"] == before


def test_a_moderators_roll_back_offers_its_undo(signed_in, mo, edited):
    answer = signed_in(mo).post(address(edited, "1/roll-back/"), {"base_version": "2", "reason": "A name"}, follow=True)

    assert 'action="/moderation/undo/"' in answer.content.decode()


@pytest.mark.parametrize("rest", ["1/roll-back/", "1/hide/", "1/show/"])
def test_guests_and_newcomers_change_no_text(rest, people, edited):
    before = everything()

    sent = {"reason": "Mine", "base_version": "2"}
    answers = [people[who].post(address(edited, rest), sent).status_code for who in ("guest", "newt")]

    assert answers == [302 if rest != "1/roll-back/" else 403, 403]
    assert everything() == before


@pytest.mark.parametrize("path", ["999999/revisions/", "1/revisions/77/roll-back/"])
def test_what_is_not_there_is_not_found(path, signed_in, ann, question):
    assert signed_in(ann).get(f"/posts/{path.replace('1/', f'{question.pk}/', 1)}").status_code == 404


def test_the_texts_of_a_noted_post_are_folded(client, ann, sleep):
    question = make_question(ann, category=sleep, notes=[make_note("Loss")])
    editing.edit_post(ann, question, title=question.title, body="I wake at five.")

    page = page_of(client, question)

    assert faults_of(page) == []
    assert page.count('<details class="note">') == 2


def test_a_long_history_has_pages(signed_in, ann, question):
    for number in range(2, 13):
        editing.edit_post(ann, question, title=question.title, body=f"I wake at {number}.")
        Revision.objects.update(created_at=question.created_at.replace(year=2020))

    page = page_of(signed_in(ann), question)
    older = page.partition('rel="next" href="')[2].partition('"')[0]
    last = signed_in(ann).get(older).content.decode()

    assert page.count('class="rev"') == 10
    assert last.count('class="rev"') == 2
    assert "I wake at four." in last


@pytest.mark.parametrize("edits", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("guest", 7), ("ann", 9)])
def test_the_page_asks_a_fixed_number_of_queries(who, queries, edits, people, edited, django_assert_num_queries):
    for number in range(edits - 1):
        Revision.objects.update(created_at=edited.created_at.replace(year=2020))
        editing.edit_post(edited.author, edited, title=edited.title, body=f"I wake at {number}.")
    people[who].get(address(edited))

    with django_assert_num_queries(queries):
        people[who].get(address(edited))


def test_the_time_of_an_edit_leads_to_the_history(client, edited, bob):
    answer = make_answer(edited, bob)
    editing.edit_post(bob, answer, body="Warm milk.")

    page = client.get(edited.get_absolute_url()).content.decode()

    assert f'href="{address(edited)}"' in page
    assert f'href="{address(answer)}"' in page
