"""What the question page shows whom, in which order, and at which cost."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from forum.actions import answering, bookmarking, closing, editing, moderating, voting
from forum.choices import Audience, Direction
from forum.limits import ANSWERS_A_PAGE, COMMENTS_A_POST, Rules
from forum.models import Guest, Post, Tag
from forum.queries import question_page
from forum.queries.question_page import Link, get_post_card, get_post_place, get_question_page, read_view
from tests.factories import make_answer, make_category, make_comment, make_note, make_question

RULES = Rules()


def page_of(question, viewer=None, **query):
    """Return the page as `viewer` sees it at `?query`."""
    return get_question_page(question.pk, viewer=viewer or Guest(), rules=RULES, view=read_view(query))


def ids(cards):
    """Return the ids of the cards, in their order."""
    return [card.id for card in cards]


def set_scores(*pairs):
    """Give each post its score, as if it had been voted on."""
    for post, score in pairs:
        Post.objects.filter(pk=post.pk).update(up_count=score, score=score)


def test_the_best_answer_comes_first_then_the_most_helpful(ann, bob, question):
    plain, liked, best = make_answer(question), make_answer(question), make_answer(question, bob)
    set_scores((liked, 5))
    answering.accept_answer(ann, best)

    page = page_of(question)

    assert ids(page.answers) == [best.pk, liked.pk, plain.pk]
    assert [card.best_label for card in page.answers] == ["Best answer, marked by ann", "", ""]


def test_answers_can_be_read_from_the_newest_and_from_the_oldest(question):
    old, new = make_answer(question, days_ago=2), make_answer(question, days_ago=1)
    set_scores((old, 5))

    assert ids(page_of(question, sort="newest").answers) == [new.pk, old.pk]
    assert ids(page_of(question, sort="oldest").answers) == [old.pk, new.pk]


def test_an_order_nobody_knows_is_the_most_helpful(question):
    old, new = make_answer(question), make_answer(question)
    set_scores((old, 5))

    assert ids(page_of(question, sort="loudest").answers) == [old.pk, new.pk]


@pytest.mark.parametrize("sort", ["helpful", "newest", "oldest"])
def test_a_long_thread_is_paged_without_loss(ann, question, sort):
    answers = [make_answer(question, ann, days_ago=n % 4) for n in range(ANSWERS_A_PAGE + 2)]
    set_scores(*((answer, n % 3) for n, answer in enumerate(answers)))
    answering.accept_answer(ann, answers[7])

    first = page_of(question, sort=sort)
    second = page_of(question, sort=sort, older=first.older_url.partition("older=")[2].replace("%7E", "~"))

    assert ids(first.answers)[0] == answers[7].pk
    assert len(first.answers) == ANSWERS_A_PAGE
    assert sorted(ids(first.answers) + ids(second.answers)) == [answer.pk for answer in answers]
    assert second.older_url == ""


def test_back_to_the_top_shows_the_whole_first_page(ann, question):
    answers = [make_answer(question, ann) for _ in range(ANSWERS_A_PAGE + 2)]
    answering.accept_answer(ann, answers[0])
    first = page_of(question)
    second = page_of(question, older=first.older_url.partition("older=")[2])

    again = page_of(question, newer=second.newer_url.partition("newer=")[2])

    assert (ids(again.answers), again.newer_url) == (ids(first.answers), "")


def test_a_page_can_be_asked_to_hold_an_answer(ann, question):
    answers = [make_answer(question, ann) for _ in range(ANSWERS_A_PAGE + 5)]

    assert answers[0].pk in ids(page_of(question, show=str(answers[0].pk)).answers)
    assert ids(page_of(question, show=str(answers[-1].pk)).answers) == ids(page_of(question).answers)


def test_the_first_comments_are_shown_and_the_rest_is_one_link_away(ann, question):
    answer = make_answer(question)
    comments = [make_comment(answer, ann) for _ in range(COMMENTS_A_POST + 2)]

    below = page_of(question).answers[0].comments

    assert ids(below.cards) == [comment.pk for comment in comments[:COMMENTS_A_POST]]
    assert below.more_label == "Show all 12 comments"
    assert below.more_path == f"{question.get_absolute_url()}?comments={answer.pk}#comments-{answer.pk}"


def test_all_comments_of_one_post_can_be_asked_for(ann, question):
    answer = make_answer(question)
    comments = [make_comment(answer, ann) for _ in range(COMMENTS_A_POST + 2)]
    others = [make_comment(question, ann) for _ in range(COMMENTS_A_POST + 2)]

    page = page_of(question, comments=str(answer.pk))

    assert ids(page.answers[0].comments.cards) == [comment.pk for comment in comments]
    assert page.answers[0].comments.more_path == ""
    assert ids(page.question.comments.cards) == [comment.pk for comment in others[:COMMENTS_A_POST]]


def test_very_many_comments_come_in_parts(monkeypatch, ann, question):
    monkeypatch.setattr("forum.queries.thread.COMMENTS_AT_ONCE", 11)
    comments = [make_comment(question, ann) for _ in range(13)]

    page = page_of(question, comments=str(question.pk))
    later = page_of(question, comments=str(question.pk), skip="11")

    assert ids(page.question.comments.cards) == [comment.pk for comment in comments[:11]]
    assert page.question.comments.more_label == "Show later comments"
    assert f"comments={question.pk}&skip=11#" in page.question.comments.more_path
    assert ids(later.question.comments.cards) == [comment.pk for comment in comments[11:]]
    assert later.question.comments.more_path == ""


def test_a_hidden_answer_is_shown_to_its_author_and_moderators_alone(ann, bob, mo, question):
    answer = make_answer(question, bob)
    moderating.hide_post(mo, answer, reason="It names somebody.")

    assert ids(page_of(question).answers) == []
    assert ids(page_of(question, ann).answers) == []
    assert [(card.id, card.notice, card.reason) for card in page_of(question, bob).answers] == [
        (answer.pk, "A moderator has hidden this. Only its author and moderators can see it.", "It names somebody.")
    ]
    assert ids(page_of(question, mo).answers) == [answer.pk]


def test_a_hidden_question_is_not_found_but_by_its_author(ann, bob, mo, question):
    moderating.hide_post(mo, question, reason="It names somebody.")

    with pytest.raises(Http404):
        page_of(question, bob)
    assert page_of(question, ann).question.reason == "It names somebody."


def test_a_question_for_members_is_not_found_by_guests(ann, bob):
    question = make_question(ann, audience=Audience.MEMBERS)

    with pytest.raises(Http404):
        page_of(question)
    assert page_of(question, bob).audience_label == "Members only"
    assert page_of(question, bob).is_indexed is False


def test_a_comment_below_a_hidden_answer_is_hidden_too(bob, mo, ann, question):
    answer = make_answer(question, bob)
    make_comment(answer, ann)
    moderating.hide_post(mo, answer, reason="Spam")

    assert page_of(question, bob).answers[0].comments.cards == ()


def test_what_the_viewer_did_is_marked(bob, newt, question):
    answer = make_answer(question, bob)
    voting.cast_vote(newt, question, Direction.UP)
    bookmarking.bookmark_post(newt, answer)

    page = page_of(question, newt)

    assert (page.question.votes.mine, page.question.votes.score) == ("up", 1)
    assert page.answers[0].votes.mine == ""
    assert (page.question.bookmark.is_saved, page.answers[0].bookmark.is_saved) == (False, True)


def test_votes_of_others_are_not_marked_as_the_viewers(bob, newt, question):
    voting.cast_vote(newt, question, Direction.UP)

    assert page_of(question, bob).question.votes.mine == ""


def test_own_posts_carry_dead_vote_buttons_with_the_reason(ann, guest, question):
    by_guest = make_question(guest)

    assert page_of(question, ann).question.votes.refusal == "You can’t vote on your own post."
    assert page_of(by_guest, guest).question.votes.refusal == "You can’t vote on your own post."
    assert page_of(by_guest, ann).question.votes.refusal == ""


def test_only_the_person_who_asked_can_choose(ann, bob, mo, question):
    make_answer(question, bob)

    assert page_of(question, ann).answers[0].may_accept is True
    assert page_of(question, bob).answers[0].may_accept is False
    assert page_of(question, mo).answers[0].may_accept is False
    assert page_of(question).answers[0].may_accept is False


def test_an_anonymous_asker_is_not_named_by_the_best_answer(ann, bob, newt):
    question = make_question(ann, is_anonymous=True)
    answering.accept_answer(ann, make_answer(question, bob))

    assert page_of(question, newt).answers[0].best_label == "Best answer, marked by the person who asked"
    assert page_of(question, ann).answers[0].best_label == "Best answer, marked by you"
    assert page_of(question, newt).question.byline.name == "Anonymous"


def test_content_notes_stand_on_their_posts(ann, bob, sleep):
    note, other = make_note("Drug use"), make_note("Overdose")
    question = make_question(ann, category=sleep, notes=[note])
    make_answer(question, bob, notes=[note, other])

    page = page_of(question)

    assert page.question.notes == ("Drug use",)
    assert page.answers[0].notes == ("Drug use", "Overdose")
    assert page.excerpt == ""


def test_a_closed_question_says_why_and_where_the_answers_are(ann, mo, newt, question):
    other = make_question(ann, title="How do I fall asleep?")
    closing.close_question(mo, question, reason="duplicate", note="The answers there fit.", duplicate_of=other)

    page = page_of(question, newt)

    assert page.closure.sentence == "This question has been asked before."
    assert page.closure.note == "The answers there fit."
    assert page.closure.duplicate == Link("How do I fall asleep?", other.get_absolute_url())
    assert page.may_answer.reason == "This question is closed, so it takes no new answers."


def test_a_duplicate_for_members_is_not_named_to_guests(ann, mo, question):
    other = make_question(ann, audience=Audience.MEMBERS)
    closing.close_question(mo, question, reason="duplicate", duplicate_of=other)

    assert page_of(question).closure.duplicate is None


def test_the_breadcrumb_names_each_level(ann):
    care = make_category("Care")
    therapy = make_category("Therapy", parent=care)

    page = page_of(make_question(ann, category=therapy))

    assert page.crumbs == (
        Link("Questions", "/questions/"),
        Link("Care", "/questions/care/"),
        Link("Therapy", "/questions/care/therapy/"),
    )


def test_a_follow_up_leads_back_to_the_answer(ann, bob, mo, question):
    answer = make_answer(question, bob)
    follow_up = make_question(ann, follows=answer)

    assert page_of(follow_up).follows == Link("How do I sleep better?", f"/{answer.pk}/")

    moderating.hide_post(mo, answer, reason="Spam")
    assert page_of(follow_up).follows is None


def test_related_questions_share_the_category_and_leave_out_what_lists_leave_out(ann, mo, sleep, question):
    near = make_question(ann, category=sleep, title="Why do I wake at four?")
    moderating.hide_post(mo, make_question(ann, category=sleep), reason="Spam")
    make_question(ann, category=make_category("Work"))

    assert page_of(question).related == (Link("Why do I wake at four?", near.get_absolute_url()),)


def test_related_questions_share_the_rarest_tag(ann, sleep):
    tagged = [make_question(ann, category=make_category(), tags=["night", "tea"]) for _ in range(2)]
    half = make_question(ann, category=make_category(), tags=["tea"])
    make_question(ann, category=sleep)
    asked = make_question(ann, category=sleep, tags=["night", "tea"])
    assert Tag.objects.get(name="night").question_count == 3

    related = [link.path for link in page_of(asked).related]

    assert related == [question.get_absolute_url() for question in reversed(tagged)]
    assert half.get_absolute_url() not in related


def test_who_edited_is_said_when_it_was_not_the_author(ann, bob, question):
    editing.edit_post(bob, question, title=question.title, body="I wake at four, every night.")

    assert page_of(question).question.editor.name == "bob"

    editing.edit_post(ann, question, title=question.title, body="I wake at five, every night.")
    assert page_of(question).question.editor is None


def test_the_card_of_an_act_is_the_card_of_the_page(ann, bob, question):
    answer = make_answer(question, bob)
    make_comment(answer, ann)
    answering.accept_answer(ann, answer)

    page = page_of(question, ann)

    assert get_post_card(answer.pk, viewer=ann, rules=RULES) == page.answers[0]
    assert get_post_card(question.pk, viewer=ann, rules=RULES) == page.question


def test_the_place_of_each_kind_of_post(ann, question):
    answer = make_answer(question)
    comment = make_comment(answer, ann)
    path = question.get_absolute_url()

    assert get_post_place(question, viewer=ann) == path
    assert get_post_place(answer, viewer=ann) == f"{path}#a{answer.pk}"
    assert get_post_place(comment, viewer=ann) == f"{path}#c{comment.pk}"


def test_the_place_of_a_post_further_down_shows_it(ann, question):
    answers = [make_answer(question, ann) for _ in range(ANSWERS_A_PAGE + 1)]
    comments = [make_comment(question, ann) for _ in range(COMMENTS_A_POST + 1)]
    path = question.get_absolute_url()

    last_answer = Post.objects.get(pk=answers[0].pk)
    last_comment = Post.objects.get(pk=comments[-1].pk)

    assert get_post_place(last_answer, viewer=ann) == f"{path}?show={last_answer.pk}#a{last_answer.pk}"
    assert get_post_place(last_comment, viewer=ann) == f"{path}?comments={question.pk}#c{last_comment.pk}"


def test_numbers_that_no_post_has_are_passed_over():
    view = read_view({"show": "9" * 40, "comments": "²", "skip": "-1", "sort": "\x00"})

    assert view == question_page.QuestionView()


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_with_one_and_with_three(ann, bob, newt, question, count, django_assert_num_queries):
    for _ in range(count):
        answer = make_answer(question, bob, notes=[make_note(f"Note {Post.objects.count()}")])
        make_comment(answer, newt)
        make_comment(question, newt)
        make_question(bob, category=question.category)

    with django_assert_num_queries(6):
        page_of(question)
    with django_assert_num_queries(8):
        page_of(question, ann)


def test_further_down_a_page_costs_one_query_more(ann, question, django_assert_num_queries):
    for _ in range(ANSWERS_A_PAGE + 1):
        make_answer(question, ann)
    older = page_of(question).older_url.partition("older=")[2]

    with django_assert_num_queries(7):
        page_of(question, older=older)


def test_ages_do_not_lose_the_order_of_equal_moments(ann, question):
    answers = [make_answer(question, ann) for _ in range(3)]
    Post.objects.filter(pk__in=[answer.pk for answer in answers]).update(created_at=timezone.now() - timedelta(1))

    assert ids(page_of(question, sort="oldest").answers) == [answer.pk for answer in answers]
    assert ids(page_of(question, sort="newest").answers) == [answer.pk for answer in reversed(answers)]
