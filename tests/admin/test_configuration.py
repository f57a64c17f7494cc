"""Help pages, help lines and content notes: edited by administrators, through the action that logs it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape

from forum import markup
from forum.models import ContentNote, Event, HelpLine, Page
from tests.admin.filling import errors_of, filled, said, save
from tests.factories import make_note, make_question
from tests.support.records import everything

ADD_PAGE, ADD_LINE, ADD_NOTE = (f"/admin/forum/{name}/add/" for name in ("page", "helpline", "contentnote"))
LINE = {"country": "se", "country_name": "Sweden", "name": "Mind", "phone": "90101", "position": "0"}


@pytest.fixture
def line(db):
    """A help line that nobody ever checked."""
    return HelpLine.objects.create(country="SE", country_name="Sweden", name="Mind", phone="90101")


@pytest.fixture
def page_row(db):
    """A help page that the site links to."""
    return Page.objects.create(slug="privacy", title="Privacy", body="Old words.")


def path_of(thing):
    return f"/admin/forum/{thing._meta.model_name}/{thing.pk}/change/"


def test_a_help_page_is_rendered_safely_and_logged(ada, signed_in, client, page_row):
    body = "We keep *little*. <script>alert(1)</script> [x](javascript:alert(1))"

    answer = save(signed_in(ada), path_of(page_row), body=body)

    shown = client.get("/help/privacy/").content.decode()
    assert answer.status_code == 302
    assert "<em>little</em>" in shown
    assert ("<script>alert" in shown, 'href="javascript:' in shown) == (False, False)
    event = Event.objects.get()
    assert (event.verb, event.actor, event.data["name"]) == ("configuration.saved", ada, "Privacy")


def test_a_text_that_cannot_be_shown_is_said_on_its_field_and_kept(ada, signed_in, page_row):
    browser = signed_in(ada)
    before = everything()
    body = "> " * 300 + "deep"
    with pytest.raises(markup.TextRefused) as refused:
        markup.render(body)
    sentence = str(refused.value)

    page = save(browser, path_of(page_row), body=body)

    assert (page.status_code, errors_of(page)) == (422, {"body": [sentence]})
    assert escape(body) in page.content.decode()
    assert everything() == before


def test_a_preview_shows_a_text_and_writes_nothing(ada, signed_in):
    browser = signed_in(ada)
    before = everything()

    page = browser.post("/admin/forum/page/preview/", {"title": "New", "body": "*Soon* <img src=x onerror=alert(1)>"})

    text = page.content.decode()
    assert (page.status_code, "<em>Soon</em>" in text, "<img src=x" in text) == (200, True, False)
    assert everything() == before


@pytest.mark.parametrize(("who", "is_offered"), [("mo", False), ("ada", True)])
def test_a_preview_is_offered_to_those_who_may_edit(who, is_offered, page_row, request, signed_in):
    page = signed_in(request.getfixturevalue(who)).get(path_of(page_row)).content.decode()

    assert ('formaction="/admin/forum/page/preview/"' in page) is is_offered


@pytest.mark.parametrize(("who", "status"), [("ann", 403), ("mo", 403)])
def test_previews_are_for_administrators(who, status, request, signed_in):
    answer = signed_in(request.getfixturevalue(who)).post("/admin/forum/page/preview/", {"body": "x"})

    assert answer.status_code == status


def test_a_page_the_site_links_to_keeps_its_address_and_stays(ada, signed_in, page_row):
    browser = signed_in(ada)

    save(browser, path_of(page_row), slug="elsewhere")
    deleted = browser.post(f"/admin/forum/page/{page_row.pk}/delete/", {"post": "yes"})

    assert list(Page.objects.values_list("slug", flat=True)) == ["privacy"]
    assert deleted.status_code == 403


def test_a_page_of_ones_own_is_added_and_deleted(ada, signed_in):
    browser = signed_in(ada)

    save(browser, ADD_PAGE, title="Our team", slug="team", body="Hello.", position="9")
    page = Page.objects.get()
    asked = browser.get(f"/admin/forum/page/{page.pk}/delete/").content.decode()
    browser.post(f"/admin/forum/page/{page.pk}/delete/", {"post": "yes"})

    assert (page.slug, "<h1>Delete “<bdi>Our team</bdi>”?</h1>" in asked, Page.objects.count()) == ("team", True, 0)
    assert list(Event.objects.order_by("pk").values_list("verb", "actor")) == [
        ("configuration.saved", ada.pk),
        ("configuration.deleted", ada.pk),
    ]


def test_an_address_in_use_is_said(ada, signed_in, page_row):
    page = save(signed_in(ada), ADD_PAGE, title="Again", slug="privacy", body="x", position="0")

    assert (page.status_code, list(errors_of(page))) == (422, ["slug"])
    assert Page.objects.count() == 1


def test_a_help_line_is_added(ada, signed_in):
    save(signed_in(ada), ADD_LINE, **LINE, url="mind.se", checked_on="2026-01-31")

    line = HelpLine.objects.get()
    assert (line.country, line.url, str(line.checked_on)) == ("SE", "https://mind.se", "2026-01-31")


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"phone": ""}, {"phone": ["Enter a phone number or a web address, so people can reach it."]}),
        ({"country": "s1"}, {"country": ["Enter the two letters of the country, for example SE."]}),
    ],
)
def test_a_help_line_that_cannot_be_used_is_said(typed, errors, ada, signed_in):
    page = save(signed_in(ada), ADD_LINE, **LINE | typed)

    assert (page.status_code, errors_of(page), HelpLine.objects.count()) == (422, errors, 0)


def test_checked_today_marks_the_chosen_lines_and_is_logged(ada, signed_in, line):
    browser = signed_in(ada)
    other = HelpLine.objects.create(country="SE", country_name="Sweden", name="Jour", phone="112")

    page = browser.post("/admin/forum/helpline/", {"action": "check_today", "_selected_action": [line.pk]}, follow=True)

    assert dict(HelpLine.objects.values_list("name", "checked_on")) == {"Mind": timezone.localdate(), "Jour": None}
    assert said(page) == ["Marked as checked today: 1."]
    assert Event.objects.values_list("verb", "actor").get() == ("configuration.saved", ada.pk)
    assert other.checked_on is None


@pytest.mark.parametrize(("days", "words"), [(None, "Never checked"), (10, "Checked"), (200, "Check again")])
def test_the_list_says_which_lines_nobody_has_checked_for_long(days, words, mo, signed_in, line):
    if days is not None:
        HelpLine.objects.update(checked_on=timezone.localdate() - timedelta(days=days))

    page = signed_in(mo).get("/admin/forum/helpline/").content.decode()

    assert f">{words}</span>" in page


def test_a_note_in_use_stays_with_a_sentence(ada, signed_in):
    note = make_note("Loss")
    make_question(notes=[note])
    browser = signed_in(ada)

    page = browser.post(f"/admin/forum/contentnote/{note.pk}/delete/", {"post": "yes"}, follow=True)

    assert page.redirect_chain == [(path_of(note), 302)]
    assert said(page) == ["Posts use this note, so it can’t be deleted. Untick “offered to authors” instead."]
    assert ContentNote.objects.count() == 1


def test_a_note_nobody_uses_is_deleted(ada, signed_in):
    note = make_note("Loss")

    signed_in(ada).post(f"/admin/forum/contentnote/{note.pk}/delete/", {"post": "yes"})

    assert ContentNote.objects.count() == 0


def test_a_note_no_longer_offered_stays_on_its_posts(ada, signed_in):
    note = make_note("Loss")
    question = make_question(notes=[note])
    browser = signed_in(ada)

    save(browser, path_of(note), is_offered=None)

    assert list(question.notes.values_list("name", "is_offered")) == [("Loss", False)]
    assert "Posts that have it keep it." in browser.get(path_of(note)).content.decode()


@pytest.mark.parametrize("name", ["page", "helpline", "contentnote"])
def test_moderators_look_and_do_not_change(name, mo, ada, signed_in, line, page_row):
    note = make_note()
    thing = {"page": page_row, "helpline": line, "contentnote": note}[name]
    browser, sent = signed_in(mo), filled(signed_in(ada), path_of(thing))
    before = everything()

    looks = [browser.get(path).status_code for path in (f"/admin/forum/{name}/", path_of(thing))]
    tries = [
        browser.post(path_of(thing), sent),
        browser.post(f"/admin/forum/{name}/add/", sent),
        browser.post(f"/admin/forum/{name}/{thing.pk}/delete/", {"post": "yes"}),
        browser.get(f"/admin/forum/{name}/add/"),
    ]

    assert (looks, [answer.status_code for answer in tries]) == ([200, 200], [403] * 4)
    assert everything() == before


def test_a_moderator_cannot_say_that_a_line_was_checked(mo, signed_in, line):
    signed_in(mo).post("/admin/forum/helpline/", {"action": "check_today", "_selected_action": [line.pk]})

    assert HelpLine.objects.get().checked_on is None


@pytest.mark.parametrize("name", ["page", "helpline", "contentnote", "category"])
def test_nothing_is_deleted_by_the_list(name, ada, signed_in, line, page_row, sleep):
    make_note()
    browser = signed_in(ada)
    before = everything()

    browser.post(f"/admin/forum/{name}/", {"action": "delete_selected", "_selected_action": ["1"], "post": "yes"})

    assert everything() == before


@pytest.mark.parametrize("name", ["page", "helpline", "contentnote"])
def test_members_get_nothing(name, ann, signed_in):
    assert signed_in(ann).get(f"/admin/forum/{name}/").status_code == 403
