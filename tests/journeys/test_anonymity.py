"""A member who hides their name is found nowhere: not on any page, in any mail, nor by a moderator."""

import re
from urllib.parse import quote, urljoin

import pytest

from forum.actions import answering, bookmarking, editing, flagging, moderating, voting
from forum.choices import Direction
from tests.factories import make_answer, make_comment, make_member, make_question
from tests.support.jobs import run_jobs

pytestmark = pytest.mark.exhaustive

NAME = "Verena Quillfeather"
PICTURE = "a1b2c3d4e5f6.webp"
EMAIL = "verena.secret@example.org"
TITLES = ("Nobody shall know that I ask this", "nobody-shall-know-that-i-ask-this")
WORDS = ("Nobody shall know that I answered", "Nobody shall know that I commented")
START = [
    "/",
    "/questions/?sort=active",
    "/activity/",
    "/users/",
    "/tags/",
    "/search/?q=nobody+shall+know",
    "/admin/",
    "/bookmarks/",
]
HREF = re.compile(r'href="([^"#]*)')
PAGES_MOST = 400
# Where a member's name stands because they are a member: none of these pages may lead to what they hide.
OWN_PLACES = ("/users/", "/user/", "/admin/accounts/", "/moderation/accounts/", "/moderation/members/")


@pytest.fixture
def verena(db):
    return make_member(NAME, points=150, email=EMAIL, picture=PICTURE)


@pytest.fixture
def veiled(verena, ann, bob, mo, question, django_capture_on_commit_callbacks):
    """What Verena writes without her name, with everything that could give it away happening to it."""
    with django_capture_on_commit_callbacks(execute=True):
        asked = make_question(verena, title=TITLES[0], body="A secret.", is_anonymous=True, tags=["secret"])
        answered = make_answer(question, verena, body=WORDS[0], is_anonymous=True)
        said = make_comment(question, verena, body=WORDS[1], is_anonymous=True)
        reply = make_answer(asked, bob)
        own = make_answer(asked, verena, body="I answer myself, unseen.", is_anonymous=True)
        answering.accept_answer(verena, reply)
        answering.accept_answer(ann, answered)
        editing.edit_post(verena, asked, title=TITLES[0], body="A longer secret.", reason="More words.")
        voting.cast_vote(bob, asked, Direction.UP)
        bookmarking.bookmark_post(bob, answered)
        flagging.flag_post(bob, asked, reason="other", text="Who is this?")
        moderating.hide_post(mo, own, reason="To see what a moderator sees.")
    run_jobs()
    return [asked, answered, said, own]


def crawl(client, start):
    """Follow every link of the site and return each page's text by its address."""
    seen, waiting = {}, list(start)
    while waiting and len(seen) < PAGES_MOST:
        path = waiting.pop(0)
        if path in seen or path.startswith(("/accounts/logout", "/admin/logout")):
            continue
        answer = client.get(path)
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        seen[path] = text.decode("utf-8", "replace") + str(dict(answer.headers))
        found = [answer.headers["Location"]] if "Location" in answer.headers else HREF.findall(seen[path])
        links = [urljoin(f"http://testserver{path}", link.replace("&amp;", "&")) for link in found]
        waiting += [
            link.removeprefix("http://testserver").partition("#")[0]
            for link in links
            if link.startswith("http://testserver/") and "/static/" not in link
        ]
    return seen


def reveals(text):
    """Tell whether a text holds Verena's name, address or picture."""
    return any(trace in text for trace in (NAME, quote(NAME), EMAIL, PICTURE, NAME.replace(" ", "+")))


@pytest.fixture(params=["guest", "stranger", "moderator"])
def visitor(request, client, signed_in, bob, mo):
    """Everybody but Verena, one after the other."""
    return {"guest": client, "stranger": signed_in(bob), "moderator": signed_in(mo)}[request.param]


def test_no_page_tells_who_wrote_anonymously(visitor, veiled):
    start = START + [f"/{post.pk}/" for post in veiled] + [f"/user/{quote(NAME)}/"]

    pages = crawl(visitor, start)

    # The page for signing in repeats the address that somebody wanted, a name in it too.
    elsewhere = {
        path: text for path, text in pages.items() if not path.startswith(OWN_PLACES) and "Quillfeather" not in path
    }
    assert [path for path, text in elsewhere.items() if reveals(text)] == []
    own = {path: text for path, text in pages.items() if path.startswith("/user/" + quote(NAME))}
    assert own
    assert [path for path, text in own.items() if any(trace in text for trace in (*TITLES, *WORDS))] == []
    assert [path for path, text in pages.items() if EMAIL in text] == []
    # The crawl has been where it matters.
    assert len([text for text in pages.values() if WORDS[0] in text]) >= 1
    assert len([text for text in pages.values() if TITLES[0] in text]) >= 2


def test_no_mail_tells_who_answered_anonymously(veiled, mailoutbox):
    mails = [mail.message().as_string() + mail.body for mail in mailoutbox]

    assert [mail.to for mail in mailoutbox if WORDS[0] in mail.body] == [["ann@example.org"]]
    assert [mail for mail, to in zip(mails, mailoutbox, strict=True) if reveals(mail) and to.to != [EMAIL]] == []


def test_no_search_by_name_finds_what_is_hidden(visitor, veiled):
    answer = visitor.get("/search/", {"q": "Quillfeather"})

    assert "No results" in answer.content.decode()


def test_points_of_anonymous_posts_are_listed_to_nobody_else(visitor, veiled):
    answer = visitor.get(f"/user/{quote(NAME)}/points/")

    assert [trace for trace in (*TITLES, *WORDS) if trace in answer.content.decode()] == []
    assert answer.status_code in {302, 403, 404}
