"""Nothing in the administration says who wrote an anonymous post, and nothing leads from its author to it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum.actions import (
    answering,
    appealing,
    closing,
    editing,
    flagging,
    measuring,
    moderating,
    reversing,
    suggesting,
    undoing,
    voting,
)
from forum.admin.index import panel
from forum.models import Event, Flag, LogEntry, Post
from tests.admin.acting import act
from tests.factories import make_answer, make_comment, make_member, make_question

pytestmark = pytest.mark.exhaustive

SECRET = "zephyrine"
LOOKUPS = (
    *("author", "author__username", "author_id", "edited_by", "revisions__editor", "events__actor", "votes__voter"),
    *("member", "member__username", "post__author", "entry__post__author", "question__author", "guest"),
)


@pytest.fixture
def author(db):
    """Writes anonymously, and has a name that stands nowhere else."""
    return make_member(SECRET, points=5_000)


@pytest.fixture
def posts(author, mo, bob, sleep):
    """An anonymous question, answer and comment with a history: reported, hidden, edited, accepted, voted on."""
    question = make_question(author, title="May I ask without a name?", category=sleep, is_anonymous=True)
    answer = make_answer(make_question(bob, category=sleep), author, is_anonymous=True)
    comment = make_comment(answer, author, is_anonymous=True)
    voting.cast_vote(bob, question, 1)
    answering.accept_answer(author, make_answer(question, bob))
    for post in (question, answer, comment):
        flagging.flag_post(bob, post, reason="unkind", text="Please look")
        moderating.hold_post(mo, post, reason="Let us look")
    closing.close_question(mo, question, reason="heated", note="A pause")
    return [question, answer, comment]


@pytest.fixture
def acts(posts, author, mo, ada, sleep):
    """What else the team does: a measure, an edit that the author approves, an appeal by the author, spam taken out."""
    open_question = make_question(author, title="May I ask again?", category=sleep, is_anonymous=True)
    measuring.lay_measure(mo, open_question, "notice", text="Ask a doctor first.")
    edit = suggesting.suggest_edit(
        make_member(), open_question, title="May I ask?", body="Better.", reason="Clearer", base_version=1
    )
    suggesting.approve_suggestion(author, edit)
    appealing.appeal_act(author, LogEntry.objects.filter(post=posts[0]).latest("number"), text="It is fine.")
    once_named = make_question(author, title="May I ask once more?", category=sleep)
    reversing.mark_spam(ada, once_named, reason="Advertising.")
    undoing.undo_entry(ada, LogEntry.objects.latest("number"))
    editing.edit_post(author, once_named, title=once_named.title, body=once_named.body, is_anonymous=True)
    return [*posts, open_question, once_named]


@pytest.fixture
def lists():
    """The address of every list there is."""
    return [f"/admin/{model._meta.app_label}/{model._meta.model_name}/" for model in panel._registry]


def shows(page):
    """Return whether the page names the author."""
    return SECRET in page.content.decode()


def of_posts(post):
    return [f"/admin/forum/post/{post.pk}/change/", f"/admin/forum/post/{post.pk}/act/hide/"]


@pytest.mark.parametrize("who", ["mo", "ada"])
def test_no_page_of_a_post_names_its_author(who, posts, request, signed_in):
    browser = signed_in(request.getfixturevalue(who))
    flags = [f"/admin/forum/flag/{pk}/act/uphold/" for pk in Flag.objects.values_list("pk", flat=True)]
    paths = ["/admin/", *flags, *(path for post in posts for path in of_posts(post))]

    named = [path for path in paths if shows(browser.get(path))]

    assert named == []


# The author is a member like any other: the list of members names them. Administrators see what is blocked as well,
# which are addresses, and everybody's points.
@pytest.mark.usefixtures("acts")
@pytest.mark.parametrize(("who", "public"), [("mo", {"user"}), ("ada", {"user", "reputationchange", "block"})])
@pytest.mark.parametrize("query", ["", "?state=all", "?state=decided", "?lifted=no"])
def test_no_list_names_the_author(who, public, query, lists, request, signed_in):
    browser = signed_in(request.getfixturevalue(who))

    named = [path for path in lists if shows(browser.get(f"{path}{query}", follow=True))]

    assert {path.split("/")[3] for path in named} - public == set()


@pytest.mark.parametrize("who", ["mo", "ada"])
def test_no_list_is_searched_by_the_author(who, acts, lists, request, signed_in):
    browser = signed_in(request.getfixturevalue(who))
    leads = [lead for post in acts for lead in (f"/forum/post/{post.pk}/", f'href="/{post.pk}/', "Advertising.")]

    found = [
        (path, lead)
        for path in lists
        for page in [browser.get(f"{path}?q={SECRET}").content.decode()]
        for lead in leads
        if lead in page
    ]

    assert found == []


@pytest.mark.parametrize(
    "path",
    [
        *("/admin/forum/post/", "/admin/forum/flag/", "/admin/accounts/user/"),
        *(
            f"/admin/forum/{name}/"
            for name in ("case", "appeal", "suggestion", "logentry", "suspension", "measure", "closure", "reversal")
        ),
    ],
)
def test_no_address_filters_by_the_author(path, posts, author, ada, signed_in):
    browser = signed_in(ada)

    answers = {
        f"{lookup}={value}": browser.get(path, {lookup: value}).status_code
        for lookup in LOOKUPS
        for value in (author.pk, SECRET)
    }

    assert answers == dict.fromkeys(answers, 400)


@pytest.mark.parametrize("who", ["mo", "ada"])
def test_the_page_of_the_author_leads_to_none_of_the_posts(who, posts, author, request, signed_in):
    browser = signed_in(request.getfixturevalue(who))
    pages = [
        browser.get(path).content.decode()
        for path in (f"/admin/accounts/user/{author.pk}/change/", f"/admin/accounts/user/?q={SECRET}")
    ]

    leads = [
        words
        for post in posts
        for words in (f"/forum/post/{post.pk}/", f'href="/{post.pk}/', post.title or post.excerpt)
    ]

    assert [lead for lead in leads for page in pages if lead in page] == []


def test_no_message_names_the_author(posts, mo, signed_in):
    browser = signed_in(mo)
    said = []
    for post in posts:
        for name in ("hide", "show", "approve", "delete", "restore"):
            act(browser, f"/admin/forum/post/{post.pk}/", name)
            said.append(shows(browser.get("/admin/")))

    assert said == [False] * 15


def test_what_the_author_did_is_in_the_log_without_who(posts, author, mo, signed_in):
    answer = Post.objects.get(pk=posts[1].pk)
    kept = Event.objects.filter(actor=author).exists()

    log = signed_in(mo).get(f"/admin/forum/post/{answer.pk}/change/").context["log"]

    assert kept
    assert [(line.what, line.who) for line in log] == [
        ("Post held", "mo"),
        ("Post flagged", "—"),
        ("Answer posted", "Anonymous"),
    ]


def test_no_page_says_who_voted(posts, ann, mo, signed_in):
    question = make_question(make_member("someone"), title="Who likes this one best?")
    voter = make_member("quillon")
    voting.cast_vote(voter, question, 1)
    browser = signed_in(mo)

    pages = [browser.get(path).content.decode() for path in (of_posts(question)[0], "/admin/forum/event/")]

    assert ["quillon" in page for page in pages] == [False, False]


def test_a_suspended_author_is_not_told_apart_by_the_post(posts, author, mo, signed_in):
    browser = signed_in(mo)
    before = browser.get(of_posts(posts[0])[0]).context["byline"]
    author.suspended_until = timezone.now() + timedelta(days=3)
    author.save()

    after = browser.get(of_posts(posts[0])[0]).context["byline"]

    assert after == before
    assert (after.name, after.avatar, after.url, after.points) == ("Anonymous", "anon", "", None)
