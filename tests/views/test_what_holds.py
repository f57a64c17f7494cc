"""What readers see of the acts of moderators: states, notices, pins, merges, closures, votes to close."""

import pytest

from forum.actions import answering, closing, measuring, merging, moderating, undoing
from forum.choices import MeasureKind
from forum.models import CloseVote, LogEntry, Post
from tests.factories import make_answer, make_category, make_comment, make_member, make_question

pytestmark = pytest.mark.django_db

LAID = [
    (MeasureKind.LOCK, {}, "Locked for now"),
    (MeasureKind.PROTECTION, {}, "Open to established members only"),
    (MeasureKind.SLOW_MODE, {"minutes": 20}, "Slow mode: one post per person every 20 minutes"),
    (MeasureKind.PIN, {}, "Pinned"),
]


def text_of(answer):
    return answer.content.decode()


@pytest.mark.parametrize("kind, terms, label", LAID)
def test_a_state_stands_in_the_head_and_its_author_reads_why(mo, question, signed_in, kind, terms, label):
    measuring.lay_measure(mo, question, kind, reason="It got heated", **terms)
    path = question.get_absolute_url()

    seen = [
        (label in text, "It got heated" in text)
        for text in (text_of(signed_in(who).get(path)) for who in (question.author, mo, make_member()))
    ]

    assert seen == [(True, True), (True, True), (True, False)]


def test_a_state_costs_its_readers_no_query(mo, question, client, django_assert_num_queries):
    for kind, terms, _ in LAID:
        measuring.lay_measure(mo, question, kind, **terms)
    client.get(question.get_absolute_url())

    before = Post.objects.get(pk=question.pk)
    with django_assert_num_queries(7):
        client.get(before.get_absolute_url())


def test_a_notice_stands_above_the_text_for_everybody_as_plain_text(mo, question, client):
    answer, comment = make_answer(question), make_comment(question)
    for post in (question, answer, comment):
        measuring.lay_measure(mo, post, MeasureKind.NOTICE, text=f"<b>Careful</b> with {post.pk}")

    shown = text_of(client.get(question.get_absolute_url()))

    assert [shown.count(f"&lt;b&gt;Careful&lt;/b&gt; with {post.pk}") for post in (question, answer, comment)] == [
        1,
        1,
        1,
    ]


def test_pinned_questions_stand_above_the_newest_of_the_site_and_of_their_topic(mo, sleep, client):
    pinned = make_question(category=sleep, title="Read this before you ask", days_ago=9)
    measuring.lay_measure(mo, pinned, MeasureKind.PIN)
    make_category("Family")

    said = {path: ">Pinned</h3>" in text_of(client.get(path)) for path in (
        *("/questions/", "/questions/sleep/", "/questions/family/", "/", "/hot/", "/questions/?sort=votes"),
    )}  # fmt: skip

    assert [path for path, is_said in said.items() if is_said] == ["/questions/", "/questions/sleep/", "/"]


def test_at_most_three_are_pinned_and_none_that_readers_may_not_see(mo, sleep, client):
    posts = [make_question(category=sleep, title=f"Pinned question number {n}", days_ago=n) for n in range(1, 6)]
    for post in posts:
        measuring.lay_measure(mo, post, MeasureKind.PIN)
    moderating.hide_post(mo, posts[0])
    Post.objects.filter(pk=posts[1].pk).update(audience="members")

    block = text_of(client.get("/questions/")).partition(">Pinned</h3>")[2].partition("</ul>")[0]

    assert [title for title in (post.title for post in posts) if title in block] == [post.title for post in posts[2:]]


@pytest.fixture
def merged(mo, ann, bob, question, sleep):
    """Ann's question, part of an older one of Bob's, with an answer of hers that was chosen."""
    older = make_question(bob, title="Why do I wake at four?", category=sleep)
    answer, comment = make_answer(question, make_member()), make_comment(question)
    answering.accept_answer(ann, answer)
    merging.merge_question(mo, question, target=older)
    return {"source": question, "older": older, "answer": answer, "comment": comment}


def test_a_merged_question_leads_to_the_other_for_everybody(merged, ann, mo, client, signed_in):
    source, older = merged["source"], merged["older"]
    browsers = [client, signed_in(ann), signed_in(mo)]
    addresses = [source.get_absolute_url(), f"/{source.pk}/", f"/{merged['comment'].pk}/"]

    answers = [browser.get(address) for browser in browsers for address in addresses]

    assert {(one.status_code, one["Location"]) for one in answers} == {(302, older.get_absolute_url())}


def test_an_answer_that_moved_is_found_at_its_new_place(merged, client):
    answer, older = merged["answer"], merged["older"]

    assert client.get(f"/{answer.pk}/")["Location"] == f"{older.get_absolute_url()}#a{answer.pk}"
    assert "Best answer to a question that was merged into this one" in text_of(client.get(older.get_absolute_url()))


def test_a_merged_question_leads_nowhere_when_the_other_is_away(merged, mo, client, signed_in, ann):
    moderating.hide_post(mo, merged["older"])

    assert [browser.get(merged["source"].get_absolute_url()).status_code for browser in (client, signed_in(ann))] == [
        404,
        404,
    ]


def test_taken_back_the_old_address_is_the_questions_own_again(merged, mo, client):
    undoing.undo_entry(mo, LogEntry.objects.get(verb="question.merged"))

    assert client.get(merged["source"].get_absolute_url()).status_code == 200
    assert "Best answer to a question that was merged into this one" not in text_of(
        client.get(merged["older"].get_absolute_url())
    )


def test_the_author_of_a_closed_question_reads_what_to_change(ann, bob, mo, question, signed_in):
    closing.close_question(mo, question, reason="needs_detail")
    advice = "Say a little more about what happened and what would help, then send it again."

    seen = [advice in text_of(signed_in(who).get(question.get_absolute_url())) for who in (ann, bob)]

    assert seen == [True, False]


def test_members_with_the_points_find_the_vote_in_the_menu(ann, bob, mo, question, signed_in):
    link = f'href="/posts/{question.pk}/vote-to-close/"'

    assert [link in text_of(signed_in(who).get(question.get_absolute_url())) for who in (ann, bob, mo)] == [
        False,
        True,
        False,
    ]


def test_a_vote_to_close_is_cast_and_taken_back_on_its_page(bob, question, signed_in):
    client, path = signed_in(bob), f"/posts/{question.pk}/vote-to-close/"
    assert "Needs a pause" in text_of(client.get(path))

    assert "Your vote to close was counted." in text_of(
        client.post(path, {"vote": "close", "cause": "heated"}, follow=True)
    )
    assert "Withdraw my vote" in text_of(client.get(path))
    client.post(path, {"vote": "none"})
    assert CloseVote.objects.filter(spent_at=None).count() == 0


def test_the_last_vote_says_that_it_is_closed_and_nobody_who_voted(bob, question, signed_in, client):
    for voter in (make_member(points=1_500), make_member(points=1_500)):
        closing.vote_to_close(voter, question, reason="heated")

    shown = text_of(
        signed_in(bob).post(f"/posts/{question.pk}/vote-to-close/", {"vote": "close", "cause": "heated"}, follow=True)
    )

    assert "Enough members agreed: it’s closed." in shown
    assert ">bob<" not in text_of(client.get(question.get_absolute_url()))


@pytest.mark.parametrize(
    "given, sentence",
    [
        ({"vote": "close"}, "Choose a reason"),
        ({"vote": "close", "cause": "duplicate"}, "Enter the link of the question that was asked before"),
        ({"vote": "close", "cause": "duplicate", "duplicate_of": "/999999/x/"}, "There is no such question here"),
        ({"vote": "reopen"}, "This question is already open."),
    ],
)
def test_what_is_missing_in_a_vote_is_said(bob, question, signed_in, given, sentence):
    answer = signed_in(bob).post(f"/posts/{question.pk}/vote-to-close/", given)

    assert (answer.status_code, sentence in text_of(answer), CloseVote.objects.count()) == (422, True, 0)


def test_a_slow_thread_keeps_what_was_typed(bob, mo, question, signed_in):
    make_comment(question, bob)
    measuring.lay_measure(mo, question, MeasureKind.SLOW_MODE, minutes=30)

    for act in ("answer", "comment"):
        answer = signed_in(bob).post(f"/posts/{question.pk}/{act}/", {"body": "My careful words.", "notes": "none"})
        shown = text_of(answer)
        assert ("You can post here again in 30 minutes." in shown, "My careful words." in shown) == (True, True)


def test_the_author_of_what_was_hidden_may_send_it_again_and_appeal(ann, bob, mo, question, signed_in):
    moderating.hide_post(mo, question, reason="It names somebody")
    path, number = question.get_absolute_url(), LogEntry.objects.get().number

    shown = text_of(signed_in(ann).get(path))

    assert "Why: <bdi>It names somebody</bdi>" in shown
    assert f'action="/posts/{question.pk}/resubmit/"' in shown
    assert f'href="/appeal/{number}/"' in shown
    assert "/resubmit/" not in text_of(signed_in(mo).get(path))


def test_the_author_of_a_closed_question_may_send_it_again_and_appeal(ann, bob, mo, question, signed_in):
    closing.close_question(mo, question, reason="needs_detail")
    path, number = question.get_absolute_url(), LogEntry.objects.get().number

    seen = [
        [f'action="/posts/{question.pk}/resubmit/"' in text, f'href="/appeal/{number}/"' in text]
        for text in (text_of(signed_in(who).get(path)) for who in (ann, bob))
    ]

    assert seen == [[True, True], [False, False]]


def test_one_tap_takes_out_spam_with_everything_by_its_author(mo, newt, sleep, signed_in):
    spam, other = make_question(newt, category=sleep), make_question(newt, category=sleep)

    shown = text_of(signed_in(mo).post(f"/posts/{spam.pk}/spam/", {}, follow=True))

    assert "Removed as spam, with everything by this account." in shown
    assert set(Post.objects.filter(pk__in=[spam.pk, other.pk]).values_list("status", flat=True)) == {"deleted"}
