"""A first look at new posts: what waits, what moderators are told, how many links a newcomer may give."""

import pytest
from django.core.exceptions import ValidationError

from forum.actions import editing, moderating
from forum.choices import CaseKind, Urgency
from forum.models import Case, LearnedWord, Post, Removal, SiteSettings, WatchedWord
from tests.factories import make_answer, make_comment, make_guest, make_member, make_question
from tests.support.records import everything

pytestmark = pytest.mark.django_db
ADVERT = "Win big money at the best casino: https://casino.example/win and https://casino.example/more today, friend!"


def newcomer():
    return make_member(points=100)


def cases_of(post):
    return list(Case.objects.filter(post=post).order_by("pk").values_list("kind", "urgency", "details"))


def watch(phrase, action="flag", **fields):
    return WatchedWord.objects.create(phrase=phrase, action=action, **fields)


def test_a_newcomers_first_post_that_looks_like_spam_waits_and_its_case_says_why(question):
    post = make_answer(question, newcomer(), body=ADVERT, seconds_open=4.0)

    assert post.status == "waiting"
    assert Removal.objects.values_list("post", "kind", "actor", "reason").get() == (post.pk, "waiting", None, "")
    assert cases_of(post) == [
        (
            CaseKind.APPROVAL,
            Urgency.MEDIUM,
            [
                "It looks like spam: 80 points of 100, and 60 hold it for review.",
                "It has 2 links. (+30)",
                "2 of its links lead to casino.example. (+15)",
                "Its author joined today or has no account. (+15)",
                "108 characters were sent 4 seconds after the form was opened. (+20)",
            ],
        )
    ]


def test_the_owner_says_from_how_many_points_on(question):
    SiteSettings.objects.create(pk=1, numbers={"spam_score_to_hold": 81})

    assert make_answer(question, newcomer(), body=ADVERT, seconds_open=4.0).status == "published"


@pytest.mark.parametrize("who", ["ann", "mo"])
def test_nobody_who_is_known_waits(request, who, question):
    post = make_comment(question, request.getfixturevalue(who), body=ADVERT, seconds_open=1.0)

    assert (post.status, cases_of(post)) == ("published", [])


def test_a_second_post_of_a_newcomer_does_not_wait(question):
    author = newcomer()
    make_answer(question, author)

    second = make_answer(question, author, body=ADVERT, seconds_open=1.0)

    assert (second.status, cases_of(second)) == ("published", [])


def test_a_second_post_waits_too_while_the_first_one_does(question):
    author = make_guest()
    make_answer(question, author, body=ADVERT, seconds_open=1.0)

    assert make_comment(question, author, body=f"{ADVERT}!", seconds_open=1.0).status == "waiting"


def test_an_ordinary_first_post_is_seen_at_once_and_looked_at_later(question):
    post = make_answer(question, newcomer(), seconds_open=60.0)

    assert (post.status, cases_of(post)) == ("published", [(CaseKind.FIRST_POST, Urgency.LOW, [])])


def test_the_same_text_by_many_newcomers_is_noticed(question):
    text = "My life was hard until doctor Obi cast a strong spell for me, write to him."
    for _ in range(2):
        make_answer(question, newcomer(), body=text)

    post = make_answer(question, newcomer(), body=f"{text} https://obi.example/", seconds_open=2.0)

    assert post.status == "waiting"
    assert "A recent post here has nearly the same text. (+30)" in cases_of(post)[0][2]


@pytest.mark.parametrize("action", ["flag", "hold"])
def test_a_watched_word_alters_nothing_published(ann, question, action):
    watch("casino", action)

    assert make_answer(question, ann, body="My father was at the casino again.").status == "published"


@pytest.mark.parametrize(
    "phrase, body, is_found",
    [
        ("casino", "The CASINO again.", True),
        ("casino", "Casinos", False),
        ("best  Casino", "the bést casino!", True),
        ("best casino", "the best old casino", False),
        ("casino", "ca**si**no", True),
        ("casino.example", "[here](https://casino.example/)", True),
        ("失眠", "我失眠了", True),
        ("失眠", "失 then 眠", False),
        ("हिन्दी", "यह हिन्दी है", True),
        ("…", "…", False),
    ],
)
def test_watched_words_are_found_whole_whatever_their_case_and_accents(ann, question, phrase, body, is_found):
    watch(phrase)

    post = make_answer(question, ann, body=body)

    sentence = f"It contains the watched words “{phrase}”."
    assert cases_of(post) == ([(CaseKind.REPORT, Urgency.MEDIUM, [sentence])] if is_found else [])


def test_the_title_is_watched_too_and_the_note_is_said(ann, sleep):
    watch("casino", note="Ask Mo.")

    post = make_question(ann, title="How do I leave the casino alone?", category=sleep)

    assert cases_of(post)[0][2] == ["It contains the watched words “casino”. Ask Mo."]


def test_a_word_that_is_not_watched_any_more_says_nothing(ann, question):
    watch("casino", is_active=False)

    assert cases_of(make_answer(question, ann, body="The casino.")) == []


def test_a_watched_word_holds_a_newcomers_first_post_alone(question):
    watch("casino", "hold")
    author = newcomer()

    first = make_answer(question, author, body="The casino took all.")
    moderating.approve_post(make_member(role="moderator"), first)
    second = make_answer(question, author, body="The casino took all I had.")

    assert cases_of(first) == [(CaseKind.APPROVAL, Urgency.MEDIUM, ["It contains the watched words “casino”."])]
    assert (second.status, cases_of(second)) == ("published", [])


LINKS = " ".join(f"https://site{number}.example/" for number in range(3))


@pytest.mark.parametrize("make, who", [(newcomer, "a new member"), (make_guest, "a guest")])
def test_a_newcomer_gives_few_links_and_is_told_how_many(question, make, who):
    author = make()
    before = everything()

    with pytest.raises(ValidationError) as refusal:
        make_answer(question, author, body=f"Read {LINKS}")

    begins = f"A post from {who} can have 2 links, to keep out advertising."
    assert refusal.value.message_dict == {"body": [f"{begins} This one has 3. Keep the ones that help most."]}
    assert everything() == before


def test_an_edit_adds_no_links_beyond_the_limit_and_keeps_those_there_were(question, ann):
    author = newcomer()
    post = make_answer(question, author)
    with pytest.raises(ValidationError):
        editing.edit_post(author, post, body=f"Read {LINKS}")
    Post.objects.filter(pk=post.pk).update(body_html=make_answer(question, ann, body=LINKS).body_html)

    edited = editing.edit_post(author, post, body=f"These helped: {LINKS}")

    assert edited.body == f"These helped: {LINKS}"


def test_links_to_this_site_are_free(question, settings):
    links = " ".join(f"{settings.SITE_URL}/{number}/" for number in range(5))

    assert make_answer(question, newcomer(), body=links, seconds_open=60.0).status == "published"


def test_known_members_give_as_many_links_as_they_like(question, ann):
    assert make_answer(question, ann, body=LINKS).status == "published"


def test_a_known_members_post_costs_one_query_more(ann, question, django_assert_max_num_queries):
    WatchedWord.objects.bulk_create(WatchedWord(phrase=f"word {number}") for number in range(50))

    with django_assert_max_num_queries(200) as queries:
        make_answer(question, ann)

    asked = [query["sql"] for query in queries.captured_queries]
    assert len([sql for sql in asked if "watchedword" in sql or "learnedword" in sql]) == 1


def test_approving_a_first_post_teaches_what_is_no_spam_and_undo_forgets_it(mo, question):
    post = make_answer(question, newcomer(), body=ADVERT, seconds_open=4.0)
    moderating.approve_post(mo, post)

    assert LearnedWord.objects.values_list("spam_count", "kept_count").get(word="casino") == (0, 1)
    assert LearnedWord.objects.values_list("spam_count", "kept_count").get(word="") == (0, 1)
