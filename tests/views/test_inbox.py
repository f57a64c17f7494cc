"""The inbox over HTTP: its page, the bell, and the buttons that say what one has read."""

import re

import pytest
from django.utils import timezone

from forum.actions import closing
from forum.models import Bundle, Notification
from tests.factories import make_answer, make_comment, make_question
from tests.support.inboxes import make_line, unread_of
from tests.support.pages import piece
from tests.support.records import everything

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
UNREAD = '<span class="count">{}<span class="vh"> unread</span></span>'
PAGES = ("/inbox/", "/inbox/latest/")


@pytest.fixture
def answer(question, bob):
    return make_answer(question, author=bob)


@pytest.fixture
def line(ann, answer):
    return make_line(ann, "answered", answer)


@pytest.fixture
def page_of(signed_in, ann):
    """Return Ann's browser."""
    return signed_in(ann)


def sent(line):
    """Return what each act of one's inbox is sent."""
    told = Notification.objects.order_by("-pk").values_list("pk", flat=True).first()
    now = timezone.now().isoformat()
    return {
        f"/inbox/{line.pk}/open/": {},
        f"/inbox/{line.pk}/mark/": {"state": "read"},
        "/inbox/read-all/": {"up_to": told},
        "/inbox/read/": {"question": line.post.question_id, "before": now},
        "/inbox/undo/": {"read_at": now},
    }


def test_the_page_shows_lines_with_a_button_that_opens_them(page_of, line):
    page = piece(page_of.get("/inbox/"))

    assert "1 unread" in page
    assert f'formaction="/inbox/{line.pk}/open/" class="nt unread"' in page
    assert "<bdi><b><bdi>bob</bdi></b> answered your question <b><bdi>How do I sleep better?</bdi></b></bdi>" in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/inbox/", "<h2>Nothing yet</h2>"),
        ("/inbox/?state=unread", "<h2>Nothing unread</h2>"),
        ("/inbox/?show=replies", "<h2>None of this kind</h2>"),
    ],
)
def test_an_empty_inbox_says_why(page_of, path, words):
    page = piece(page_of.get(path))

    assert words in page
    assert "Mark all as read" not in page


def test_the_end_of_a_list_leads_back(page_of, line):
    assert "<h2>Nothing older</h2>" in piece(page_of.get("/inbox/?older=0~1"))


@pytest.mark.parametrize("path", ["/inbox/?show=secrets", "/inbox/?older=x", "/inbox/?older=1~1&newer=1~1"])
def test_an_address_that_was_never_a_page_is_not_there(page_of, path):
    assert page_of.get(path).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_what_somebody_was_told_is_kept_nowhere(page_of, client, path):
    for browser in (page_of, client):
        assert browser.get(path)["Cache-Control"] == "private, no-store"
    assert '<meta name="robots" content="noindex">' in page_of.get("/inbox/").content.decode()
    assert "Disallow: /inbox/\n" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_a_guest_is_asked_to_sign_in(client, path):
    answer = client.get(path)

    assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={path.replace('/', '%2F')}")


def test_a_guest_changes_nothing(client, line):
    before = everything()

    answers = {path: client.post(path, fields) for path, fields in sent(line).items()}

    assert {answer.url.partition("?")[0] for answer in answers.values()} == {"/accounts/login/"}
    assert everything() == before


def test_a_stranger_finds_no_line_and_changes_nobody_elses(signed_in, newt, line):
    browser, before = signed_in(newt), everything()

    answers = {path: browser.post(path, fields).status_code for path, fields in sent(line).items()}

    assert [answers[f"/inbox/{line.pk}/{act}/"] for act in ("open", "mark")] == [404, 404]
    assert everything() == before


def test_looking_is_no_act_and_no_act_is_a_look(page_of, line):
    before = everything()

    assert {page_of.get(path).status_code for path in sent(line)} == {405}
    assert {page_of.post(path).status_code for path in (*PAGES, "/inbox/count/")} == {405}
    for path in (*PAGES, "/inbox/count/"):
        page_of.get(path)
    assert everything() == before


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/inbox/{}/mark/", {}),
        ("/inbox/{}/mark/", {"state": "burnt"}),
        ("/inbox/read-all/", {"up_to": "-1"}),
        ("/inbox/read-all/", {"up_to": "9" * 30}),
        ("/inbox/read/", {"question": "1"}),
        ("/inbox/read/", {"question": "9" * 30, "before": "2026-01-01"}),
        ("/inbox/undo/", {"read_at": "yesterday"}),
    ],
)
def test_what_no_button_sends_is_refused(page_of, line, path, fields):
    before = everything()

    answer = page_of.post(path.format(line.pk), fields)

    assert (answer.status_code, "Please use the buttons of your inbox." in answer.content.decode()) == (422, True)
    assert everything() == before


def test_opening_leads_to_the_place_and_leaves_the_line_read(page_of, ann, question, answer, line):
    opened = [page_of.post(f"/inbox/{line.pk}/open/") for _ in range(2)]

    assert {(one.status_code, one.url) for one in opened} == {(302, f"/{question.pk}/{question.slug}/#a{answer.pk}")}
    assert unread_of(ann) == (0, [])


def test_opening_what_nobody_can_read_any_more_says_so(page_of, ann, answer, line):
    type(answer).objects.filter(pk=answer.pk).update(status="hidden")

    opened = page_of.post(f"/inbox/{line.pk}/open/", follow=True)

    assert opened.redirect_chain == [("/inbox/", 302)]
    assert "What this was about is no longer available." in opened.content.decode()
    assert unread_of(ann) == (0, [])


def test_a_line_about_a_message_and_one_about_points_lead_there(page_of, ann):
    told = [make_line(ann, "message", subject="conversation:7"), make_line(ann, "points", subject="points:500")]

    assert [page_of.post(f"/inbox/{each.pk}/open/").url for each in told] == ["/messages/7/", "/privileges/"]


def test_a_line_is_marked_and_the_way_leads_back_to_it(page_of, ann, line):
    back = "/inbox/?show=answers"
    answers = [
        page_of.post(f"/inbox/{line.pk}/mark/", {"state": state, "next": back}) for state in ("read", "read", "unread")
    ]

    assert {answer.url for answer in answers} == {f"{back}#n{line.pk}"}
    assert unread_of(ann) == (1, [line.pk])


def test_htmx_gets_the_line_of_the_page_and_the_numbers(page_of, ann, line):
    shown = re.search(r"<li id=.*?</li>", piece(page_of.get("/inbox/")), re.DOTALL)[0]
    read = page_of.post(f"/inbox/{line.pk}/mark/", {"state": "read"}, headers=HTMX).content.decode()
    unread = page_of.post(f"/inbox/{line.pk}/mark/", {"state": "unread"}, headers=HTMX).content.decode()

    assert unread.strip().startswith(shown.replace(" data-line>", ' data-line data-announce="Unread again">'))
    assert 'data-announce="Marked as read"' in read
    numbers = re.findall(r'<span id="(bell-count[a-z-]*)".*?hx-swap-oob="true">(.*?)</span>', unread)
    assert [name for name, _ in numbers] == ["bell-count", "bell-count-s", "bell-count-tab"]
    assert (read.count('class="count"'), unread.count(UNREAD.format(1))) == (0, 3)


@pytest.mark.parametrize("elsewhere", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", ""])
def test_nobody_is_led_off_the_site(page_of, line, elsewhere):
    answer = page_of.post("/inbox/read-all/", {"up_to": "99", "next": elsewhere})

    assert answer.url == "/inbox/"


def test_everything_is_marked_and_taken_back(page_of, ann, line, answer):
    other = make_line(ann, "mentioned", answer)
    marked = page_of.post("/inbox/read-all/", sent(line)["/inbox/read-all/"], follow=True).content.decode()
    assert unread_of(ann) == (0, [])
    moment = re.search(r'action="/inbox/undo/">.*?name="read_at" value="([^"]+)"', marked, re.DOTALL)[1]

    undone = page_of.post("/inbox/undo/", {"read_at": moment.replace("&#x2B;", "+")}, follow=True)

    assert "2 lines marked as unread." in undone.content.decode()
    assert unread_of(ann) == (2, [line.pk, other.pk])


def test_everything_marked_twice_offers_no_undo_the_second_time(page_of, line):
    fields = sent(line)["/inbox/read-all/"]
    page_of.post("/inbox/read-all/", fields, follow=True)

    again = page_of.post("/inbox/read-all/", fields, follow=True).content.decode()

    assert "Everything was already read." in again
    assert 'action="/inbox/undo/"' not in again
    assert (
        "There was nothing to undo."
        in page_of.post("/inbox/undo/", {"read_at": "2026-01-01T12:00:00Z"}, follow=True).content.decode()
    )


def test_the_bell_marks_everything_and_takes_it_back(page_of, ann, line):
    answer = page_of.post("/inbox/read-all/", sent(line)["/inbox/read-all/"], headers=HTMX).content.decode()

    assert answer.strip().startswith('<div id="bell-list"')
    assert 'class="nt"' in answer
    assert 'class="nt unread"' not in answer
    assert unread_of(ann) == (0, [])
    moment = re.search(r'hx-post="/inbox/undo/".*?name="read_at" value="([^"]+)"', answer, re.DOTALL)[1]

    undone = page_of.post("/inbox/undo/", {"read_at": moment}, headers=HTMX).content.decode()

    assert 'class="nt unread"' in undone
    assert unread_of(ann) == (1, [line.pk])


def test_the_bell_is_on_every_page_of_a_member_and_costs_no_query(page_of, signed_in, bob, client, line):
    page = page_of.get("/help/").content.decode()

    assert page.count(UNREAD.format(1)) == 3
    assert '<span id="bell-count" data-bell hx-get="/inbox/count/?seen=1" hx-trigger="bell:look">' in page
    assert 'class="count"' not in signed_in(bob).get("/help/").content.decode()
    for asked in ("data-bell", "/inbox/"):
        assert asked not in client.get("/help/").content.decode()


def test_many_are_shown_as_many(page_of, ann):
    type(ann).objects.filter(pk=ann.pk).update(unread_notifications=120)

    assert UNREAD.format("99+") in page_of.get("/help/").content.decode()


def test_the_list_of_the_bell_shows_lines_and_the_numbers(page_of, line):
    found = page_of.get("/inbox/latest/").content.decode()

    assert f'formaction="/inbox/{line.pk}/open/"' in found
    assert found.count(UNREAD.format(1)) == 3
    assert 'href="/settings/notifications/"' in found


def test_the_list_of_the_bell_says_when_there_is_nothing(page_of):
    found = page_of.get("/inbox/latest/").content.decode()

    assert "Nothing yet. Answers and replies to you will appear here." in found
    assert "Mark all as read" not in found


def test_the_number_costs_the_session_and_the_member_and_no_more(page_of, line, django_assert_num_queries):
    # The session, and the member's own row by its key, in which the number stands.
    with django_assert_num_queries(2):
        answer = page_of.get("/inbox/count/?seen=0")

    assert answer.content.decode().count(UNREAD.format(1)) == 3
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_costs_the_same_for_one_and_for_three(page_of, ann, question, number, django_assert_num_queries):
    for _ in range(number):
        make_line(ann, "answered", make_answer(question))

    with django_assert_num_queries(2):
        page_of.get("/inbox/count/?seen=0")


def test_the_number_is_not_sent_again_until_it_changes(page_of, ann, line, django_assert_num_queries):
    etag = page_of.get("/inbox/count/?seen=1")["ETag"]

    with django_assert_num_queries(2):
        same = page_of.get("/inbox/count/?seen=1", headers={"If-None-Match": etag})
    make_line(ann, "mentioned", line.post)
    more = page_of.get("/inbox/count/?seen=1", headers={"If-None-Match": etag})

    assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
    assert (more.status_code, more["ETag"] != etag) == (200, True)


@pytest.mark.parametrize(
    ("seen", "spoken"),
    [
        ("0", 'data-announce="1 unread notification"'),
        ("1", ""),
        ("7", ""),
        ("x", "data-announce"),
        ("", "data-announce"),
    ],
)
def test_the_number_is_spoken_when_it_has_grown(page_of, line, seen, spoken):
    found = page_of.get(f"/inbox/count/?seen={seen}").content.decode()

    assert found.count("data-announce") == (1 if spoken else 0)
    assert spoken in found


def test_two_members_of_one_browser_never_share_a_number(signed_in, ann, bob):
    etag = signed_in(ann).get("/inbox/count/?seen=0")["ETag"]

    assert signed_in(bob).get("/inbox/count/?seen=0", headers={"If-None-Match": etag}).status_code == 200


def test_whoever_has_signed_out_meanwhile_is_left_in_peace(client):
    answer = client.get("/inbox/count/?seen=1", headers=HTMX)

    assert (answer.status_code, answer.content, answer.has_header("HX-Redirect")) == (204, b"", False)


def test_opening_a_question_says_that_its_lines_are_read(page_of, ann, question, line):
    page = page_of.get(question.get_absolute_url())
    form = re.search(r"<form hidden data-quiet.*?</form>", page.content.decode(), re.DOTALL)[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]+)"', form))
    assert unread_of(ann) == (1, [line.pk])

    answers = [page_of.post("/inbox/read/", fields, headers=HTMX) for _ in range(2)]

    assert {answer.content.decode().count('class="count"') for answer in answers} == {0}
    assert unread_of(ann) == (0, [])
    assert "<form hidden data-quiet" not in page_of.get(question.get_absolute_url()).content.decode()


def test_without_htmx_the_way_leads_back_to_the_question(page_of, question, line):
    answer = page_of.post("/inbox/read/", sent(line)["/inbox/read/"])

    assert (answer.status_code, answer.url) == (302, question.get_absolute_url())


def test_a_question_one_cannot_read_is_not_there(page_of, bob, mo):
    hidden = make_question(bob)
    type(hidden).objects.filter(pk=hidden.pk).update(status="hidden")

    assert page_of.post("/inbox/read/", {"question": hidden.pk, "before": "2026-01-01"}).status_code == 404


def test_the_page_costs_eight_queries(page_of, ann, question, answer, mo, django_assert_num_queries):
    closing.close_question(mo, question, reason="resolved", note="")
    for kind, post in (("answered", answer), ("closed", question), ("mentioned", make_comment(answer))):
        make_line(ann, kind, post)
    make_line(ann, "message", subject="conversation:1")

    # The session, the member, the site, and the five of forum/queries/inbox.py.
    with django_assert_num_queries(8):
        page_of.get("/inbox/")
    assert Bundle.objects.count() == 4
