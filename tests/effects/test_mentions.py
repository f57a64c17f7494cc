"""Whom a text names: linked, told once, and linked well whatever they are called since."""

import pytest

from accounts import members
from accounts.choices import Role
from forum import mentions
from forum.actions import editing, joining, rendering, uniting
from forum.effects import mention_links
from forum.models import Event, MemberBlock, Mention, Post, Preferences
from tests.factories import make_answer, make_comment, make_guest, make_member, make_question
from tests.support.jobs import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def fox(db):
    return make_member("quiet fox")


def told():
    """Return who was told of being named, in which post."""
    events = Event.objects.filter(verb="member.mentioned").order_by("pk")
    return list(events.values_list("post", "member__username"))


def link(name, typed):
    return f'<a href="{mentions.called(name).path}" class="mention">{typed}</a>'


def edit(editor, post, body, **fields):
    return editing.edit_post(editor, post, body=body, title=post.title, **fields)


def test_a_name_is_linked_and_its_member_is_told(ann, fox):
    question = make_question(ann, body="What do you think, @quiet fox?")

    assert question.body_html == f'<p dir="auto">What do you think, {link("quiet fox", "@quiet fox")}?</p>'
    assert told() == [(question.pk, "quiet fox")]
    assert list(Mention.objects.values_list("post", "member", "name")) == [(question.pk, fox.pk, "quiet fox")]


def test_answers_and_comments_tell_too(ann, bob, fox, question):
    answer = make_answer(question, author=bob, body="As @quiet-fox said.")
    comment = make_comment(answer, author=ann, body="@Quiet_Fox, thank you.")

    assert told() == [(answer.pk, "quiet fox"), (comment.pk, "quiet fox")]


def test_a_guest_can_name_somebody(question, fox):
    answer = make_answer(question, author=make_guest(), body="@quiet fox")

    assert told() == [(answer.pk, "quiet fox")]
    assert Event.objects.get(verb="member.mentioned").actor is None


def test_the_event_follows_that_of_the_posting(ann, fox):
    question = make_question(ann, body="@quiet fox")

    verbs = Event.objects.filter(post=question).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["question.asked", "member.mentioned"]


def test_a_post_that_waits_is_recorded_as_any_other(ann, fox):
    question = make_question(ann, body="@quiet fox", must_wait=True)

    assert told() == [(question.pk, "quiet fox")]


def test_an_edit_tells_nobody_twice(ann, bob, fox):
    question = make_question(ann, body="@quiet fox")
    edit(ann, question, "@quiet fox, and @bob")
    edit(ann, Post.objects.get(pk=question.pk), "Nobody")
    edit(ann, Post.objects.get(pk=question.pk), "@quiet fox and @bob again")

    assert told() == [(question.pk, "quiet fox"), (question.pk, "bob")]


def test_a_name_in_a_quote_is_linked_and_told_once_it_stands_outside(ann, fox):
    question = make_question(ann, body="> @quiet fox wrote")
    before = told()
    edit(ann, question, "> @quiet fox wrote\n\n@quiet fox")

    assert link("quiet fox", "@quiet fox") in question.body_html
    assert (before, told()) == ([], [(question.pk, "quiet fox")])


def test_nobody_is_told_of_themselves(ann, bob, question):
    make_answer(question, author=bob, body="I, @bob, say so.")
    edit(bob, question, "I wake at four, says @bob to @ann.", reason="Named")

    assert told() == []


def test_who_wants_no_mentions_is_linked_and_not_told(ann, fox):
    Preferences.objects.create(member=fox, takes_mentions=False)

    question = make_question(ann, body="@quiet fox")
    Preferences.objects.update(takes_mentions=True)
    edit(ann, question, "@quiet fox, please")

    assert link("quiet fox", "@quiet fox") in question.body_html
    assert told() == []


def test_who_blocked_the_author_is_not_told(ann, bob, fox):
    MemberBlock.objects.create(member=fox, blocked=ann)

    question = make_question(ann, body="@quiet fox and @bob")

    assert link("quiet fox", "@quiet fox") in question.body_html
    assert told() == [(question.pk, "bob")]


def test_a_block_does_not_tell_who_wrote_anonymously(ann, fox):
    MemberBlock.objects.create(member=fox, blocked=ann)

    question = make_question(ann, body="@quiet fox", is_anonymous=True)

    assert told() == [(question.pk, "quiet fox")]


def test_a_closed_account_is_neither_linked_nor_told(ann, fox):
    members.close_account(fox)

    question = make_question(ann, body="@quiet fox")

    assert question.body_html == '<p dir="auto">@quiet fox</p>'
    assert (told(), Mention.objects.count()) == ([], 0)


@pytest.mark.parametrize(("points", "most"), [(5, 3), (500, 10)])
def test_a_post_tells_a_few(sleep, points, most):
    friends = [f"friend {letter}" for letter in "abcdefghjkmn"]
    for name in friends:
        make_member(name)
    body = " ".join(f"@{name}," for name in friends)

    question = make_question(make_member("poster", points=points), body=body)
    edit(question.author, question, f"{body} again")

    assert told() == [(question.pk, name) for name in friends[:most]]
    assert question.body_html.count('class="mention"') == 12


def test_a_new_name_leaves_the_link_good_and_the_words_as_they_are(ann, fox):
    question = make_question(ann, body="@quiet fox")
    members.rename(fox, "calm owl")
    run_jobs()
    html = Post.objects.get(pk=question.pk).body_html

    assert html == f'<p dir="auto">{link("calm owl", "@quiet fox")}</p>'
    assert told() == [(question.pk, "calm owl")]


def test_whoever_takes_a_former_name_is_not_meant_by_older_texts(ann, fox):
    question = make_question(ann, body="@quiet fox")
    members.rename(fox, "calm owl")
    run_jobs()
    make_member("quiet fox", email="another@example.org")
    edit(ann, question, "@quiet fox, hello")
    list(rendering.render_anew(everything=True))

    assert Post.objects.get(pk=question.pk).body_html == f'<p dir="auto">{link("calm owl", "@quiet fox")}, hello</p>'
    assert Event.objects.filter(verb="member.mentioned").count() == 1


def test_a_closed_account_leaves_the_words_and_comes_back_with_its_link(ann, fox):
    question = make_question(ann, body="@quiet fox")
    members.close_account(fox)
    run_jobs()
    closed = Post.objects.get(pk=question.pk).body_html
    members.reopen_account(fox)
    run_jobs()

    assert closed == '<p dir="auto">@quiet fox</p>'
    assert Post.objects.get(pk=question.pk).body_html == question.body_html


def test_an_erased_account_leaves_no_row(ann, bob, fox):
    make_question(ann, body="@quiet fox")
    MemberBlock.objects.create(member=fox, blocked=ann)
    MemberBlock.objects.create(member=bob, blocked=fox)

    joining.forget_member(fox)

    assert (Mention.objects.count(), MemberBlock.objects.count()) == (0, 0)


def test_names_of_a_merged_account_lead_to_the_one_it_became(ann, bob, fox):
    ada = make_member("ada", role=Role.ADMINISTRATOR)
    question = make_question(ann, body="@quiet fox")
    MemberBlock.objects.create(member=ann, blocked=fox)
    MemberBlock.objects.create(member=bob, blocked=fox)

    uniting.merge_accounts(ada, fox, bob, reason="One person")
    run_jobs()

    assert Post.objects.get(pk=question.pk).body_html == f'<p dir="auto">{link("bob", "@quiet fox")}</p>'
    # What stood between the two waits with the closed account, for the merging to be taken back.
    assert list(MemberBlock.objects.order_by("pk").values_list("member", "blocked")) == [
        (ann.pk, bob.pk),
        (bob.pk, fox.pk),
    ]


def test_posts_that_an_older_version_rendered_are_linked_and_tell_nobody(ann, fox):
    question = make_question(ann, body="@somebody")
    Post.objects.filter(pk=question.pk).update(body="@quiet fox", markup_version=0)

    list(rendering.render_anew())
    edit(ann, Post.objects.get(pk=question.pk), "@quiet fox, hello")

    assert link("quiet fox", "@quiet fox") in Post.objects.get(pk=question.pk).body_html
    assert told() == []


def test_a_long_list_of_posts_is_relinked_in_pieces(ann, fox, monkeypatch):
    monkeypatch.setattr(mention_links, "_BATCH", 2)
    for _ in range(5):
        make_question(ann, body="@quiet fox")

    members.rename(fox, "calm owl")
    run_jobs()

    assert Post.objects.filter(body_html__contains="/user/calm%20owl/").count() == 5


def test_text_without_a_sign_asks_no_query(django_assert_num_queries, question):
    with django_assert_num_queries(0):
        found = mention_links.mentions.find_names([question])

    assert found == [{}]


@pytest.mark.parametrize("size", [1, 3])
def test_names_of_many_posts_are_looked_up_at_once(size, django_assert_num_queries, ann, fox):
    posts = [make_question(ann, body="@quiet fox") for _ in range(size)]

    with django_assert_num_queries(2):
        found = mention_links.mentions.find_names(posts)

    assert [list(names) for names in found] == [[fox.name_key]] * size
