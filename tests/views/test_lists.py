"""Home and the lists of questions over HTTP."""

import pytest

from forum.actions import voting
from forum.choices import Direction
from forum.limits import QUESTIONS_A_PAGE
from forum.queries.sidebar import forget_sidebar
from tests.factories import make_answer, make_category, make_guest, make_member, make_note, make_question

ADDRESSES = ["/", "/questions/", "/questions/?sort=votes", "/unanswered/", "/hot/", "/activity/", "/questions/sleep/"]


@pytest.fixture(autouse=True)
def fresh(db):
    """Nothing is remembered from another test."""
    forget_sidebar()


def page(client, url):
    return client.get(url).content.decode()


@pytest.mark.parametrize("url", ADDRESSES)
def test_each_list_shows_its_questions(client, question, url):
    response = client.get(url)

    assert response.status_code == 200
    assert f'<a href="{question.get_absolute_url()}">How do I sleep better?</a>' in response.content.decode()


@pytest.mark.parametrize("url", ADDRESSES)
def test_each_list_refuses_to_be_posted_to(client, sleep, url):
    response = client.post(url)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "url, canonical",
    [
        ("/", "/"),
        ("/questions/?sort=hot", "/hot/"),
        ("/questions/?sort=unheard-of", "/questions/"),
        ("/questions/?sort=votes", "/questions/?sort=votes"),
        ("/questions/sleep/?sort=active", "/questions/sleep/?sort=active"),
    ],
)
def test_each_list_names_its_one_address(client, sleep, url, canonical):
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{canonical}">' in page(client, url)


def test_later_pages_are_not_for_search_engines(client, ann, sleep):
    for days in range(QUESTIONS_A_PAGE + 1):
        make_question(ann, days_ago=days)
    first = client.get("/questions/")

    second = page(client, first.context["list"].page.older_url)

    assert "noindex" not in first.content.decode()
    assert '<meta name="robots" content="noindex, follow">' in second


@pytest.mark.parametrize("url", ["/questions/?older=x", "/hot/?newer=1~2~3", "/questions/sleep/?older=1~2&newer=1~2"])
def test_a_broken_place_gets_a_sentence(client, sleep, url):
    response = client.get(url)

    assert response.status_code == 404
    assert "This page of the list doesn’t exist. The link may be incomplete." in response.content.decode()


@pytest.mark.parametrize("url", ["/questions/nope/", "/questions/sleep/nope/", "/questions/SLEEP/"])
def test_an_unknown_topic_gets_a_sentence(client, sleep, url):
    response = client.get(url)

    assert response.status_code == 404
    assert (
        "There’s no topic at this address. It may have been renamed. The topics page lists all of them."
        in response.content.decode()
    )


def test_a_topic_shows_where_it_stands(client, ann):
    family = make_category("Family")
    siblings = make_category("Siblings", parent=family, description="Brothers and sisters.")
    make_question(ann, category=siblings, title="My sister never calls me back")

    text = page(client, "/questions/family/siblings/")

    assert '<li><a href="/questions/family/"><bdi>Family</bdi></a>' in text
    assert '<meta name="description" content="Brothers and sisters.">' in text
    assert "My sister never calls me back" in text


def test_the_welcome_stays_until_it_is_closed(client, sleep):
    before = page(client, "/")
    closed = client.post("/welcome/close/")
    after = page(client, "/")

    assert (closed.status_code, closed.url, closed.cookies["welcome"]["samesite"]) == (302, "/", "Lax")
    assert ("No account needed" in before, "No account needed" in after) == (True, False)


def test_members_are_not_welcomed_again(signed_in, ann):
    assert "No account needed" not in page(signed_in(ann), "/")


def test_an_empty_site_invites_the_first_question(client):
    assert "Ask the first one." in page(client, "/questions/")


def test_when_all_have_answers_the_list_says_so(client, question):
    make_answer(question)

    assert "Every question here has an answer" in page(client, "/unanswered/")


def test_a_filtered_list_says_so_and_is_not_for_search_engines(client, ann, sleep):
    make_question(ann, title="Who else wakes at four?", intent="listening")
    make_question(ann, title="Which book helped you?", intent="information")

    text = page(client, "/questions/?intent=listening")

    assert ("Who else wakes" in text, "Which book" in text, "noindex, follow" in text) == (True, False, True)
    assert '<a class="go" href="/questions/">Show everything</a>' in text
    assert "No questions match" in page(client, "/questions/sleep/?intent=advice")


@pytest.mark.parametrize(
    "by, title",
    [
        ("", "Questions that need a first answer"),
        ("selected", "Questions without a best answer"),
        ("upvotes", "Questions without an upvoted answer"),
        ("views", "Questions that need a first answer"),
    ],
)
def test_the_unanswered_are_listed_three_ways_at_the_addresses_of_old(client, question, by, title):
    text = page(client, f"/unanswered/?by={by}")

    assert (f"<h1>{title}</h1>" in text, question.get_absolute_url() in text) == (True, True)


def test_a_row_is_told_in_words(client, ann, question):
    make_answer(question)
    voting.cast_vote(make_member(), question, Direction.UP)

    text = page(client, "/")

    assert "1 answer</span>" in text
    assert "<b><bdi>+1</bdi></b> vote</span>" in text


def test_what_people_wrote_is_only_text(client, ann, sleep):
    make_question(make_guest(), title="<script>alert(1)</script> hello", body="<b>bold</b>", guest_name="<i>Robin</i>")

    text = page(client, "/")

    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; hello" in text
    assert "<i>Robin" not in text


def test_an_anonymous_author_is_nowhere_on_the_page(client, sleep):
    make_question(make_member("Veronika"), is_anonymous=True)

    assert "Veronika" not in page(client, "/questions/")


# The front page and the newest of the site and of a topic ask for what is pinned too.
@pytest.mark.parametrize("url, more", [(url, url in {"/", "/questions/", "/questions/sleep/"}) for url in ADDRESSES])
# A member's list of a topic also says whether they follow it.
@pytest.mark.parametrize("reader, queries", [("guest", 7), ("member", 10)], indirect=["reader"])
def test_a_list_costs_the_same_with_one_row_and_with_three(
    django_assert_num_queries, reader, sleep, url, more, queries
):
    queries += url == "/questions/sleep/" and queries == 10
    make_question(make_member("ann b"), tags=["one"])
    reader.get(url)
    with django_assert_num_queries(queries + more):
        reader.get(url)

    make_question(make_guest(), tags=["two", "three"], category=make_category("Dreams", parent=sleep))
    make_question(make_member(), notes=[make_note().pk])
    with django_assert_num_queries(queries + more):
        reader.get(url)
