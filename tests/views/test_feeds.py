"""Feeds over HTTP: valid for every reader, the same for everybody, nothing in them that guests may not read."""

from datetime import timedelta

import feedparser
import pytest
from django.utils import timezone

from forum.actions import editing, merging, moderating, voting
from forum.choices import Direction, MeasureKind
from forum.models import CategoryAddress, Measure, Post, Tag, TagSynonym
from forum.queries import feeds
from forum.queries.feeds import FEED_ITEMS
from tests.factories import (
    make_answer,
    make_category,
    make_comment,
    make_guest,
    make_member,
    make_note,
    make_question,
)
from tests.support.feeds import faults_of_feed

SITE = "http://127.0.0.1:8000"
WHOLE_SITE = ["questions", "unanswered", "hot", "answers", "comments", "qa", "activity"]
OF_TOPIC = [f"{name}/sleep" for name in WHOLE_SITE]
OTHERS = ["tag/nights", "user/ann", "question/{id}", "search/sleep"]
MARKDOWN = """Take a look at [the help](/help/crisis/), [above](#a1) and ![us > them](/media/a/b-20x10.webp)

[say "it"](/ask/ 'href="/x" it"s') <script>alert(1)</script> `href="/y"`"""


@pytest.fixture
def thread(ann, bob, sleep):
    """A question by ann with an answer by bob and a comment by a guest."""
    question = make_question(ann, title="How do I sleep <better>?", body=MARKDOWN, category=sleep, tags=["nights"])
    answer = make_answer(question, bob, body="Sleep comes\n\n- with *patience*")
    make_comment(answer, make_guest(), body="sleep well &amp; \u202e good night", guest_name="Robin")
    return question


def read(client, address):
    return feedparser.parse(client.get(f"/feed/{address}.atom").content)


def titles(client, address):
    return [entry.title for entry in read(client, address).entries]


@pytest.mark.parametrize("ending", ["rss", "atom"])
def test_each_feed_is_valid(client, thread, ending):
    make_question(title="Still open, about sleep", tags=["nights"])

    for address in [*WHOLE_SITE, *OF_TOPIC, *OTHERS]:
        response = client.get(f"/feed/{address.format(id=thread.pk)}.{ending}")
        assert response["Content-Type"] == f"application/{ending}+xml; charset=utf-8", address
        assert faults_of_feed(response.content, ending) == [], address
        assert feedparser.parse(response.content).entries != [], address


@pytest.mark.parametrize("ending", ["rss", "atom"])
def test_an_empty_feed_is_valid_too(client, thread, ending):
    Post.objects.update(status="hidden")

    for address in ("activity", "hot/sleep", "tag/nights", "user/ann", "search/zebra", "search/%22%20%28"):
        response = client.get(f"/feed/{address}.{ending}")
        assert (faults_of_feed(response.content, ending), feedparser.parse(response.content).entries) == ([], [])


def test_a_post_is_told_in_full(client, thread):
    feed = read(client, "questions")
    entry = feed.entries[0]

    assert feed.feed.title == "Newest questions · Mindwellnessforum"
    assert feed.feed.link == f"{SITE}/questions/"
    assert (entry.title, entry.link) == ("How do I sleep <better>?", SITE + thread.get_absolute_url())
    assert (entry.id, entry.author) == (f"{SITE}/{thread.pk}/", "ann")
    assert [tag.term for tag in entry.tags] == ["Sleep", "nights"]


def test_addresses_in_a_text_are_whole_and_words_stay(client, thread):
    html = read(client, "questions").entries[0].content[0].value

    assert f'href="{SITE}/help/crisis/"' in html
    assert f'href="{SITE}{thread.get_absolute_url()}#a1"' in html
    assert f'src="{SITE}/media/a/b-20x10.webp"' in html
    assert '<code>href="/y"</code>' in html
    assert f"{SITE}/x" not in html


def test_answers_and_comments_say_what_they_are_about(client, thread):
    found = [(entry.title, entry.author) for entry in read(client, "activity").entries]

    assert found == [
        ("Comment on: How do I sleep <better>?", "Robin (guest)"),
        ("Answer to: How do I sleep <better>?", "bob"),
        ("How do I sleep <better>?", "ann"),
    ]
    assert len(titles(client, "qa")) == 2
    assert len(titles(client, "answers")) == len(titles(client, "comments")) == 1
    assert len(titles(client, f"question/{thread.pk}")) == 2


def test_a_feed_holds_the_newest_thirty(client, ann, sleep):
    for number in range(FEED_ITEMS + 2):
        make_question(ann, title=f"Question number {number}", days_ago=40 - number)

    assert titles(client, "questions") == [f"Question number {number}" for number in range(31, 1, -1)]


def test_hot_and_unanswered_keep_their_orders(client, ann, sleep):
    liked = make_question(ann, title="Liked by many")
    make_question(ann, title="Newer and open")
    voting.cast_vote(make_member(), liked, Direction.UP)
    make_answer(liked)

    assert titles(client, "hot") == ["Liked by many", "Newer and open"]
    assert titles(client, "unanswered") == ["Newer and open"]


@pytest.mark.parametrize("few", [0, 500])
def test_a_topic_holds_what_is_below_it_and_nothing_else(client, monkeypatch, ann, sleep, few):
    monkeypatch.setattr(feeds, "_FEW_QUESTIONS", few)
    make_answer(make_question(ann, title="In a dream", category=make_category("Dreams", parent=sleep)))
    make_answer(make_question(ann, title="At work", category=make_category("Work")))

    assert titles(client, "questions/sleep") == titles(client, "questions/sleep/dreams") == ["In a dream"]
    assert titles(client, "activity/sleep") == ["Answer to: In a dream", "In a dream"]


def test_an_anonymous_author_is_in_no_feed(client, ann, sleep):
    hidden = make_member("Veronika")
    question = make_question(hidden, title="Mine and sleep", is_anonymous=True, tags=["nights"], category=sleep)
    make_answer(question, hidden, is_anonymous=True)

    for address in [*WHOLE_SITE, *OF_TOPIC, "tag/nights", f"question/{question.pk}", "search/sleep"]:
        feed = read(client, address)
        assert {entry.author for entry in feed.entries} <= {"Anonymous"}, address
        assert all("href" not in entry.author_detail for entry in feed.entries), address
        assert b"Veronika" not in client.get(f"/feed/{address}.rss").content, address
    assert titles(client, "user/Veronika") == []


def test_what_becomes_of_an_account_changes_no_mark_of_its_anonymous_posts(client, sleep):
    hidden = make_member("Veronika")
    make_question(hidden, is_anonymous=True, category=sleep)
    before = client.get("/feed/questions.rss")["ETag"]

    hidden.username, hidden.closed_at = "Renamed", timezone.now()
    hidden.save()

    assert client.get("/feed/questions.rss")["ETag"] == before


@pytest.mark.parametrize("audience", ["members", "unlisted"])
def test_what_not_everybody_may_find_is_in_no_feed_for_nobody(signed_in, bob, ann, sleep, audience):
    question = make_question(ann, title="Only for some", audience=audience, tags=["nights"], category=sleep)
    make_comment(make_answer(question, bob), bob)

    for address in [*WHOLE_SITE, *OF_TOPIC, "tag/nights", "user/ann", "user/bob", "search/some", "search/patience"]:
        assert titles(signed_in(bob), address) == [], address
    assert signed_in(bob).get(f"/feed/question/{question.pk}.rss").status_code == 404


def test_what_is_out_of_sight_is_in_no_feed(client, signed_in, mo, thread):
    answer = Post.objects.get(kind="answer")
    moderating.hide_post(mo, answer, reason="off")
    hidden = make_question(title="Waiting and sleep")
    Post.objects.filter(pk=hidden.pk).update(status="waiting")

    for reader in (client, signed_in(mo)):
        assert titles(reader, "activity") == titles(reader, "search/sleep") == ["How do I sleep <better>?"]
        assert titles(reader, "comments") == titles(reader, "comments/sleep") == titles(reader, "user/bob") == []


def test_a_noted_text_stays_folded_and_so_does_what_stands_below_it(client, ann, sleep):
    question = make_question(ann, title="About drugs", body="secret words", notes=[make_note().pk], category=sleep)
    answer = make_answer(question, body="secret answer")
    make_answer(make_question(title="Other"), body="secret other", notes=[make_note("Self-harm").pk])

    feed = read(client, "qa")
    texts = {entry.id: entry.content[0].value for entry in feed.entries}

    assert not any("secret" in text for text in texts.values())
    assert texts[f"{SITE}/{question.pk}/"] == (
        "<p>This post has a content note: drug use. "
        f'<a href="{SITE}{question.get_absolute_url()}">Read it on the site.</a></p>'
    )
    assert texts[f"{SITE}/{answer.pk}/"].startswith("<p>The question this is about has a content note: drug use. <a")


def test_a_text_being_checked_stays_folded(client, thread):
    Post.objects.update(is_being_checked=True)

    texts = [entry.content[0].value for entry in read(client, "activity").entries]

    assert [text.partition(" <a")[0] for text in texts] == [
        "<p>This post was reported, and a moderator is checking it."
    ] * 3


def test_a_moderators_notice_stands_before_the_text(client, mo, thread):
    answer = Post.objects.get(kind="answer")
    Measure.objects.create(post=answer, kind=MeasureKind.NOTICE, text="Ask a <doctor> first.", actor=mo)
    Post.objects.filter(pk=answer.pk).update(has_notice=True)

    text = read(client, "answers").entries[0].content[0].value

    assert text.startswith("<p><strong>Ask a &lt;doctor&gt; first.</strong></p>\n<p dir")


def test_asking_again_answers_304_until_something_changes(client, ann, thread):
    addresses = [f"/feed/{one}" for one in ("questions.rss", "activity.atom", "tag/nights.rss", "hot/sleep.atom")]
    first = {address: client.get(address) for address in addresses}
    seen = {
        address: {"If-None-Match": one["ETag"], "If-Modified-Since": one["Last-Modified"]}
        for address, one in first.items()
    }

    for address, before in first.items():
        by_both = client.get(address, headers=seen[address])
        by_date = client.get(address, headers={"If-Modified-Since": before["Last-Modified"]})
        for answer in (by_both, by_date):
            assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", before["ETag"]), address
            assert answer["Cache-Control"] == before["Cache-Control"] == "public, max-age=300"

    editing.edit_post(ann, thread, title="Another title altogether", body="New", base_version=thread.text_version)
    assert {client.get(address, headers=seen[address]).status_code for address in addresses} == {200}


@pytest.mark.parametrize("fields", [{"is_being_checked": True}, {"is_anonymous": True}, {"status": "hidden"}])
def test_whatever_a_reader_would_see_changes_the_mark(client, thread, fields):
    before = client.get("/feed/questions.rss")["ETag"]

    Post.objects.filter(pk=thread.pk).update(**fields)

    assert client.get("/feed/questions.rss")["ETag"] != before


def test_a_feed_is_the_same_for_everybody_and_touches_no_session(client, signed_in, bob, thread):
    as_guest, as_bob = client.get("/feed/activity.rss"), signed_in(bob).get("/feed/activity.rss")

    assert as_guest.content == as_bob.content
    assert (dict(as_bob.cookies), as_bob["Vary"], as_bob["X-Robots-Tag"]) == ({}, "Accept-Encoding", "noindex")


def test_a_packed_feed_is_still_known_again(client, thread):
    make_question(body="long " * 100)
    packed = client.get("/feed/questions.rss", headers={"Accept-Encoding": "gzip"})

    again = client.get("/feed/questions.rss", headers={"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]})

    assert (packed["Content-Encoding"], again.status_code) == ("gzip", 304)


def test_head_tells_the_same_without_the_text(client, thread):
    head, get = client.head("/feed/hot.atom"), client.get("/feed/hot.atom")

    assert (head.status_code, head.content, head["ETag"]) == (200, b"", get["ETag"])
    assert client.post("/feed/hot.atom").status_code == 405


@pytest.mark.parametrize(
    "asked, own",
    [
        ("questions.xml", "questions.rss"),
        ("questions", "questions.rss"),
        ("questions/", "questions.rss"),
        ("questions/sleep", "questions/sleep.rss"),
        ("questions/bed.atom", "questions/sleep.atom"),
        ("tag/Nights.rss?x=1", "tag/nights.rss?x=1"),
        ("tag/evenings.rss", "tag/nights.rss"),
        ("user/ANN.atom", "user/ann.atom"),
    ],
)
def test_other_spellings_lead_to_the_one_address(client, thread, sleep, asked, own):
    CategoryAddress.objects.create(path="bed", category=sleep)
    nights = Tag.objects.get(name="nights")
    TagSynonym.objects.create(tag=nights, name="evenings", state="approved", decided_at=timezone.now())

    response = client.get(f"/feed/{asked}")

    assert (response.status_code, response.url) == (301, f"/feed/{own}")


def test_the_feed_of_what_became_part_of_another_question_leads_there(client, mo, thread):
    target = make_question(title="The first of them")
    merging.merge_question(mo, thread, target=target, reason="same")

    response = client.get(f"/feed/question/{thread.pk}.atom")

    assert (response.status_code, response.url) == (302, f"/feed/question/{target.pk}.atom")


def test_the_feed_of_an_erased_question_is_gone_and_of_a_hidden_one_not_found(client, mo, thread):
    address = f"/feed/question/{thread.pk}.rss"
    moderating.hide_post(mo, thread, reason="off")
    hidden = client.get(address).status_code
    moderating.delete_post(mo, thread, reason="off")

    assert (hidden, client.get(address).status_code) == (404, 410)


def test_nonsense_is_not_found(client, thread):
    nonsense = [
        *("nothing.rss", "questions.json", "questions/nope.rss", "tag/nope.rss", "user/nobody.rss", "search.zip", "a"),
        *("question/0.rss", "question/99999999999999999999.atom", "question/x.rss", "questions.rss/", "tag"),
    ]

    assert {client.get(f"/feed/{address}", follow=True).status_code for address in nonsense} == {404}


def test_a_search_is_asked_for_in_both_ways(client, thread):
    by_path, by_query = (
        read(client, "search/sleep%20better"),
        feedparser.parse(client.get("/feed/search.atom?q=sleep+better").content),
    )

    assert by_path.feed.title == by_query.feed.title == "Search: sleep better · Mindwellnessforum"
    assert len(by_path.entries) == len(by_query.entries) == 3
    assert by_query.feed.id == f"{SITE}/feed/search.atom?q=sleep+better"


@pytest.mark.parametrize(
    "asked, says",
    [
        ("zebra", "No post has all these words yet. New ones will appear in this feed."),
        ("is%3Amine", "A feed is the same for everyone, so it can’t include what you wrote, bookmarked or follow."),
        ("%21%3F", "This address has no words to search for."),
        ("sleep%20score%3Amany", "After “score:” type a number, such as score:>5."),
    ],
)
def test_a_search_that_finds_nothing_says_why(client, thread, asked, says):
    assert read(client, f"search/{asked}").feed.subtitle == says


def test_an_edit_is_told_by_its_time(client, ann, thread):
    at = timezone.now() + timedelta(minutes=5)
    Post.objects.filter(pk=thread.pk).update(edited_at=at)

    entry = read(client, "questions").entries[0]

    assert (entry.updated_parsed > entry.published_parsed, entry.updated[:19]) == (True, at.isoformat()[:19])


# Each feed, the queries for all of it, and for saying that nothing has changed.
COSTS = {
    "questions": (5, 1),
    "qa": (6, 2),
    "activity": (7, 3),
    "questions/sleep": (6, 2),
    "activity/sleep": (7, 3),
    "tag/nights": (6, 2),
    "user/ann": (6, 2),
    "question/{id}": (6, 2),
}


def test_a_feed_costs_the_same_with_one_thread_and_with_three(django_assert_num_queries, client, ann, thread):
    for round_ in range(2):
        for address, (whole, again) in COSTS.items():
            with django_assert_num_queries(whole):
                etag = client.get(f"/feed/{address.format(id=thread.pk)}.rss")["ETag"]
            with django_assert_num_queries(again):
                client.get(f"/feed/{address.format(id=thread.pk)}.rss", headers={"If-None-Match": etag})
        for _ in range(2):
            make_comment(make_answer(make_question(ann, tags=["nights", "days"])), ann)
        make_answer(thread, notes=[make_note(f"Note {round_}").pk])


def test_a_page_names_its_feed(client, thread):
    named = {
        "/": "questions",
        "/questions/": "questions",
        "/activity/": "activity",
        "/hot/": "hot",
        "/unanswered/": "unanswered",
        "/questions/sleep/": "questions/sleep",
        "/tag/nights/": "tag/nights",
        "/questions/sleep/?sort=active": "activity/sleep",
        "/user/ann/": "user/ann",
        "/user/ann/answers/": "user/ann",
    }

    for page, feed in named.items():
        text = client.get(page).content.decode()
        assert text.count('rel="alternate"') == 2, page
        assert f'(RSS)" href="/feed/{feed}.rss">' in text, page
        assert f'(Atom)" href="/feed/{feed}.atom">' in text, page
    thread_page, search_page = client.get(thread.get_absolute_url()), client.get("/search/?q=sleep+better")
    assert f'title="Answers" href="/feed/question/{thread.pk}.rss">' in thread_page.content.decode()
    assert 'href="/feed/search/sleep%20better.rss">' in search_page.content.decode()
