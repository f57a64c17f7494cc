"""Tags over HTTP."""

import pytest

from forum.models import Tag
from forum.queries.sidebar import forget_sidebar
from tests.factories import make_member, make_question, make_synonym, make_tag


@pytest.fixture(autouse=True)
def fresh(db):
    """Nothing is remembered from another test."""
    forget_sidebar()


def test_the_index_shows_tags_with_their_counts(client, ann, sleep):
    make_question(ann, tags=["panic"])

    text = client.get("/tags/").content.decode()

    assert '<a class="tag tag-cat" href="/tag/panic/"><bdi>panic</bdi></a>' in text
    assert "1 question<" in text


@pytest.mark.parametrize("url, sentence", [("/tags/", "No tags yet"), ("/tags/?q=zzz", "No matching tags")])
def test_an_empty_index_says_what_to_do(client, url, sentence):
    assert sentence in client.get(url).content.decode()


def test_a_tag_shows_its_questions(client, ann, sleep):
    question = make_question(ann, tags=["panic"])

    response = client.get("/tag/panic/")

    assert response.status_code == 200
    assert f'href="{question.get_absolute_url()}"' in response.content.decode()


def test_a_tag_in_any_script_has_an_address(client, ann, sleep):
    make_question(ann, tags=["тревога"])

    response = client.get("/tag/%D1%82%D1%80%D0%B5%D0%B2%D0%BE%D0%B3%D0%B0/")

    assert response.status_code == 200
    assert "Questions about <bdi>тревога</bdi>" in response.content.decode()


@pytest.mark.parametrize("url", ["/tag/Self-Worth/", "/tag/self%20worth/"])
def test_another_spelling_leads_to_the_tag_with_its_query(client, ann, sleep, url):
    make_question(ann, tags=["self-worth"])

    response = client.get(f"{url}?sort=hot")

    assert (response.status_code, response.url) == (301, "/tag/self-worth/?sort=hot")


def test_an_unknown_tag_gets_a_sentence(client):
    response = client.get("/tag/nope/")

    assert response.status_code == 404
    assert "No questions have this tag. The tags page lists those in use." in response.content.decode()


def test_completion_answers_with_names_and_counts(client, ann, sleep):
    make_question(ann, tags=["panic", "work"])

    response = client.get("/tags/complete/?q=pa")

    panic = {"name": "panic", "count": 1, "also": "", "is_near": False}
    assert response.json() == {"tags": [panic], "is_new": True, "may_create": False}
    assert client.get("/tags/complete/?q=pa&category=x").json() == response.json()
    assert client.get(f"/tags/complete/?q=pa&category={'9' * 30}").json() == response.json()


@pytest.mark.parametrize(
    "typed, offered",
    [
        ("pnaic", ["panic"]),
        ("insomia", ["insomnia"]),
        ("workplaces", ["work"]),
        ("grieving a freind", ["grief-of-a-friend"]),
        ("xylophone", []),
        ("pn", []),
        ("", []),
    ],
)
def test_names_near_what_was_typed_are_offered_where_none_fits(client, ann, sleep, typed, offered):
    make_question(ann, tags=["panic", "work", "insomnia", "grief-of-a-friend"])

    answer = client.get("/tags/complete/", {"q": typed}).json()

    assert [(tag["name"], tag["is_near"]) for tag in answer["tags"]] == [(name, True) for name in offered]
    assert (answer["is_new"], answer["may_create"]) == (bool(typed), False)


def test_completion_says_whether_what_was_typed_would_be_a_new_tag(signed_in, ann, newt):
    make_synonym("dread", make_tag("panic"))

    told = {
        (who.username, typed): signed_in(who).get("/tags/complete/", {"q": typed}).json()
        for who in (ann, newt)
        for typed in ("panic", "Dread", "trust")
    }

    assert {key: (answer["is_new"], answer["may_create"]) for key, answer in told.items()} == {
        ("ann", "panic"): (False, False),
        ("ann", "Dread"): (False, False),
        ("ann", "trust"): (True, True),
        ("newt", "panic"): (False, False),
        ("newt", "Dread"): (False, False),
        ("newt", "trust"): (True, False),
    }


def test_another_name_of_a_tag_leads_to_its_page_for_good(client, ann, sleep):
    make_question(ann, tags=["insomnia"])
    make_synonym("schlaflos-ö", Tag.objects.get())

    response = client.get("/tag/schlaflos-ö/?sort=votes")

    assert (response.status_code, response["Location"]) == (301, "/tag/insomnia/?sort=votes")


@pytest.mark.parametrize("url", ["/tags/", "/tag/panic/", "/tags/complete/"])
def test_nothing_here_is_posted_to(client, url):
    assert client.post(url).status_code == 405


@pytest.mark.parametrize("reader, index, tag", [("guest", 3, 10), ("member", 6, 14)], indirect=["reader"])
def test_pages_cost_the_same_with_one_row_and_with_three(django_assert_num_queries, reader, ann, sleep, index, tag):
    make_question(ann, tags=["panic"])
    reader.get("/tag/panic/")
    with django_assert_num_queries(index):
        reader.get("/tags/")
    with django_assert_num_queries(tag):
        reader.get("/tag/panic/")

    make_question(make_member(), tags=["panic", "two"])
    make_question(make_member(), tags=["panic", "three"])
    with django_assert_num_queries(index):
        reader.get("/tags/")
    with django_assert_num_queries(tag):
        reader.get("/tag/panic/")


@pytest.mark.parametrize("rows", [1, 3])
def test_completion_costs_at_most_four_queries(django_assert_num_queries, client, ann, sleep, rows):
    make_question(ann, tags=["panic", "panel", "pants"][:rows])

    with django_assert_num_queries(4):
        client.get("/tags/complete/?q=pa")


@pytest.mark.parametrize(
    "name, address", [("c++", "c%2B%2B"), ("c#", "c%23"), (".net", ".net"), ("c", "c"), ("net", "net")]
)
def test_names_that_differ_by_their_signs_are_tags_of_their_own(client, ann, sleep, name, address):
    names = ("c++", "c#", ".net", "c", "net")
    questions = {each: make_question(ann, tags=[each], title=f"How do I like {each}, tell me?") for each in names}
    titles = {each: f"How do I like {each}, tell me?" for each in names}

    pages = {
        "page": client.get(f"/tag/{address}/"),
        "feed": client.get(f"/feed/tag/{address}.rss"),
        "search": client.get("/search/", {"q": f"tag:{name}"}),
    }

    for page in pages.values():
        assert page.status_code == 200
        assert [each for each in names if titles[each] in page.content.decode().replace("&#x27;", "'")] == [name]
    assert Tag.objects.get(name=name).get_absolute_url() == f"/tag/{address}/"
    assert name in [each["name"] for each in client.get("/tags/complete/", {"q": name}).json()["tags"]]
    assert list(questions[name].tags.names()) == [name]
