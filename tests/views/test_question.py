"""The question page and the way to it."""

import pytest

from forum.actions import closing, editing, moderating
from forum.choices import Audience
from forum.limits import ANSWERS_A_PAGE
from forum.models import Post
from forum.views.seen import seen_questions
from tests.factories import make_answer, make_category, make_comment, make_note, make_question
from tests.support.accounts import shown
from tests.support.pages import piece


def counted(question):
    """Return the views of the question, once they have been written."""
    seen_questions.write()
    return Post.objects.get(pk=question.pk).view_count


def test_a_question_shows_with_its_answers_and_comments(client, ann, bob, question):
    answer = make_answer(question, bob)
    comment = make_comment(answer, ann)

    response = client.get(question.get_absolute_url())
    page = response.content.decode()

    assert response.status_code == 200
    assert '<h1 dir="auto">How do I sleep better?</h1>' in page
    places = [page.index(f'id="{anchor}"') for anchor in (question.anchor, answer.anchor, comment.anchor)]
    assert places == sorted(places)


def test_a_title_alone_is_a_question(client, ann):
    question = make_question(ann, title="What is harm reduction?", body="")

    page = client.get(question.get_absolute_url()).content.decode()

    assert 'class="prose' not in page.partition('id="answers"')[0]


@pytest.mark.parametrize("slug", ["wrong", "how-do-i"])
def test_another_slug_leads_to_the_right_one(client, question, slug):
    response = client.get(f"/{question.pk}/{slug}/?sort=newest")

    assert (response.status_code, response.url) == (301, f"{question.get_absolute_url()}?sort=newest")


def test_a_slug_in_any_script_is_an_address(client, ann):
    question = make_question(ann, title="Как мне лучше спать по ночам?")

    assert client.get(question.get_absolute_url()).status_code == 200


def test_the_number_of_a_question_leads_to_its_address(client, question):
    response = client.get(f"/{question.pk}/")

    assert (response.status_code, response.url) == (301, question.get_absolute_url())


def test_the_number_of_an_answer_or_a_comment_leads_to_its_place(client, ann, question):
    answer = make_answer(question)
    comment = make_comment(answer, ann)

    found = [client.get(f"/{post.pk}/") for post in (answer, comment)]

    path = question.get_absolute_url()
    assert [(one.status_code, one.url) for one in found] == [
        (301, f"{path}#a{answer.pk}"),
        (301, f"{path}#c{comment.pk}"),
    ]
    assert found[0]["Cache-Control"] == "no-cache, private"


@pytest.mark.parametrize("path", ["/999/", "/999/slug/", f"/{10**30}/", f"/{10**30}/slug/"])
def test_an_unknown_number_is_not_found(client, db, path):
    assert client.get(path).status_code == 404


def test_the_number_of_an_answer_is_no_question(client, question):
    answer = make_answer(question)

    assert client.get(f"/{answer.pk}/slug/").status_code == 404


def test_a_question_for_members_is_hidden_from_guests_and_search_engines(client, signed_in, ann, bob):
    question = make_question(ann, audience=Audience.MEMBERS)

    assert client.get(question.get_absolute_url()).status_code == 404
    assert client.get(f"/{question.pk}/").status_code == 404
    page = signed_in(bob).get(question.get_absolute_url()).content.decode()
    assert '<meta name="robots" content="noindex, follow">' in page


@pytest.mark.parametrize("audience, is_kept_out", [(Audience.EVERYONE, False), (Audience.UNLISTED, True)])
def test_an_unlisted_question_asks_search_engines_to_stay_out(client, ann, audience, is_kept_out):
    question = make_question(ann, audience=audience)

    page = client.get(question.get_absolute_url()).content.decode()

    assert ('<meta name="robots" content="noindex, follow">' in page) is is_kept_out


def test_every_order_names_one_canonical_address(client, question):
    make_answer(question)

    page = client.get(question.get_absolute_url(), {"sort": "newest"}).content.decode()

    assert f'<link rel="canonical" href="http://127.0.0.1:8000{question.get_absolute_url()}">' in page


def test_a_hidden_question_is_gone(client, signed_in, ann, mo, question):
    moderating.hide_post(mo, question, reason="It names somebody.")

    assert client.get(question.get_absolute_url()).status_code == 404
    assert "It names somebody." in signed_in(ann).get(question.get_absolute_url()).content.decode()


def test_what_its_author_took_down_can_be_put_back(signed_in, ann, question):
    editing.withdraw_post(ann, question)

    page = signed_in(ann).get(question.get_absolute_url()).content.decode()

    assert f'action="/posts/{question.pk}/return/"' in page


def test_a_noted_text_is_folded(client, ann, sleep):
    question = make_question(ann, category=sleep, body="About needles.", notes=[make_note("Drug use")])

    page = client.get(question.get_absolute_url()).content.decode()

    assert '<details class="note mt2"><summary>' in page
    assert "Content note: drug use" in page
    assert "About needles." not in page.partition("<body")[0]


def test_an_anonymous_asker_is_named_nowhere(client, signed_in, ann, bob):
    question = make_question(ann, is_anonymous=True, title="How do I tell my family?")
    answer = make_answer(question, ann, is_anonymous=True)
    make_comment(answer, ann, is_anonymous=True)

    for reader in (client, signed_in(bob)):
        page = reader.get(question.get_absolute_url()).content.decode()
        assert "ann" not in page.partition("<main")[2].partition("</main>")[0].replace("cannot", "").split()
        assert "/user/ann/" not in page


def test_the_comment_form_opens_where_it_was_asked_for(client, question):
    answer = make_answer(question)

    page = client.get(question.get_absolute_url(), {"comment": answer.pk}).content.decode()

    assert page.count(f'action="/posts/{answer.pk}/comment/"') == 1
    assert f'action="/posts/{question.pk}/comment/"' not in page


def test_a_closed_question_has_no_answer_form(client, mo, question):
    closing.close_question(mo, question, reason="heated", note="Back tomorrow.")

    page = client.get(question.get_absolute_url()).content.decode()

    assert "This question is paused." in page
    assert "Back tomorrow." in page
    assert f'action="/posts/{question.pk}/answer/"' not in page


def test_a_reader_counts_once_a_reading(client, question):
    client.get(question.get_absolute_url())
    client.get(question.get_absolute_url(), {"sort": "newest"})
    client.head(question.get_absolute_url())

    assert counted(question) == 1


def test_reading_ones_own_question_counts_nothing(signed_in, ann, question):
    signed_in(ann).get(question.get_absolute_url())

    assert counted(question) == 0


@pytest.mark.parametrize("query", ["older=x", "older=1~2&newer=1~2", "older=%00"])
def test_an_address_cut_short_is_refused(client, question, query):
    assert client.get(f"{question.get_absolute_url()}?{query}").status_code in {400, 404}


def test_a_long_thread_leads_on(client, ann, question):
    for _ in range(ANSWERS_A_PAGE + 1):
        make_answer(question, ann)

    page = client.get(question.get_absolute_url()).content.decode()

    assert page.count('<article class="answer') == ANSWERS_A_PAGE
    assert '<a rel="next" href="' in page


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_page_takes_no_acts(client, question, method):
    assert getattr(client, method)(question.get_absolute_url()).status_code == 405
    assert getattr(client, method)(f"/{question.pk}/").status_code == 405


def test_the_page_is_the_same_for_head(client, question):
    response = client.head(question.get_absolute_url())

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_with_one_and_three(client, signed_in, bob, question, count, django_assert_num_queries):
    for _ in range(count):
        make_comment(make_answer(question))
        make_question(bob, category=question.category)
    member = signed_in(bob)

    with django_assert_num_queries(8):
        client.get(question.get_absolute_url())
    with django_assert_num_queries(13):
        member.get(question.get_absolute_url())


def test_thirty_answers_and_sixty_comments_cost_no_more(
    signed_in, ann, bob, newt, guest, django_assert_max_num_queries
):
    care = make_category("Care")
    question = make_question(
        ann,
        category=make_category("Grief", parent=make_category("Loss", parent=care)),
        notes=[make_note("Death")],
        tags=["grief", "loss"],
    )
    writers = [bob, guest, newt]
    answers = [make_answer(question, writers[n % 3]) for n in range(30)]
    for n in range(60):
        make_comment([question, *answers][n % 31], writers[n % 3])
    editing.edit_post(bob, answers[0], body="Edited by somebody else.")
    member = signed_in(newt)

    with django_assert_max_num_queries(14):
        response = member.get(question.get_absolute_url())

    assert piece(response).count('<li class="cmt"') == 60


def test_what_was_taken_down_says_so_to_everybody_else(client, signed_in, ann, bob, mo, question):
    answer = make_answer(question, bob)
    editing.withdraw_post(bob, answer)
    moderating.delete_post(mo, question, reason="An advertisement.")
    paths = [question.get_absolute_url(), f"/{question.pk}/", f"/{answer.pk}/", f"/feed/question/{question.pk}.rss"]

    answers = [client.get(path) for path in paths]

    assert [one.status_code for one in answers] == [410] * 4
    assert [one.content.decode().count("This is no longer here") for one in answers] == [1] * 4
    assert {b"advertisement" in one.content or question.slug.encode() in one.content for one in answers[1:]} == {False}
    assert signed_in(ann).get(question.get_absolute_url()).status_code == 200


def test_what_only_members_could_read_is_not_found_by_guests_when_it_was_taken_down(client, signed_in, ann, bob):
    question = make_question(ann, audience=Audience.MEMBERS)
    editing.withdraw_post(ann, question)

    found = [one.get(question.get_absolute_url()).status_code for one in (client, signed_in(bob))]

    assert found == [404, 410]


def test_what_a_guest_may_not_read_and_what_there_is_not_offer_the_same_way_to_sign_in(
    client, signed_in, ann, newt, sleep
):
    secret = make_question(ann, category=sleep, title="For members", audience="members")
    paths = [secret.get_absolute_url(), "/999999/for-members/", f"/{secret.pk}/", "/999999/"]

    pages = [client.get(path) for path in paths]

    said = [shown(page) for page in pages]
    assert [page.status_code for page in pages] == [404] * 4
    assert said[0] == said[1]
    assert said[2] == said[3]
    assert all("If you have an account, sign in: some questions are for members only." in words for words in said)
    assert all(
        f'href="/accounts/login/?next={path.replace("/", "%2F")}"' in page.content.decode()
        for path, page in zip(paths, pages, strict=True)
    )
    assert "some questions are for members only" not in shown(signed_in(newt).get("/999999/for-members/"))
    assert "some questions are for members only" not in shown(client.get("/no-such-page/"))
