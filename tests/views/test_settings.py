"""The pages of one’s own settings."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.factories import make_member
from tests.support.accounts import make_account, shown

pytestmark = pytest.mark.django_db

PAGES = ["", "picture/", "look/", "sign-in/", "close/"]


@pytest.fixture
def ann(client):
    member = make_account("Ann Rivers")
    client.force_login(member)
    return member


def png():
    file = BytesIO()
    Image.new("RGB", (400, 300), "#86cbd6").save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("page", PAGES)
def test_settings_are_for_their_member(client, page):
    answer = client.get(f"/settings/{page}")

    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next=/settings/{page}")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_settings_costs_the_same_few_queries(client, ann, page, django_assert_max_num_queries):
    client.get("/settings/")

    with django_assert_max_num_queries(6):
        answer = client.get(f"/settings/{page}")

    assert (answer.status_code, answer["Cache-Control"]) == (
        200,
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )


@pytest.mark.parametrize("page", PAGES)
def test_an_unknown_verb_is_405(client, ann, page):
    assert client.put(f"/settings/{page}").status_code == 405


def test_a_profile_is_saved_and_shown(client, ann):
    answer = client.post("/settings/", {"name": "Anna", "about": "Two cats."}, follow=True)

    ann.refresh_from_db()
    assert (ann.username, ann.about) == ("Anna", "Two cats.")
    assert "Profile saved." in shown(answer)


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "", "about": "Two cats."},
        {"name": "Bob", "about": "Two cats."},
        {"name": "x" * 31, "about": "Two cats."},
        {"name": "Anna#", "about": "Two cats."},
        {"name": "Anna", "about": "x" * 281},
        {},
    ],
)
def test_a_bad_profile_changes_nothing_and_keeps_what_was_typed(client, ann, fields):
    make_member("Bob")

    answer = client.post("/settings/", fields)

    ann.refresh_from_db()
    assert (answer.status_code, ann.username, ann.about) == (422, "Ann Rivers", "")
    assert answer.context["form"]["about"].value() == fields.get("about")


def test_a_picture_is_shown_and_taken_away_again(client, ann):
    client.post("/settings/picture/", {"picture": SimpleUploadedFile("me.png", png(), "image/png")})
    ann.refresh_from_db()
    path = ann.picture
    page = client.get("/settings/picture/")

    client.post("/settings/picture/remove/")

    ann.refresh_from_db()
    assert f'src="/media/{path}"' in page.content.decode()
    assert (path.startswith("avatars/"), ann.picture) == (True, "")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("me.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("me.png", b"<html><script>alert(1)</script>"),
        ("me.png", png()[:60]),
        ("me.png", b""),
    ],
)
def test_what_is_no_picture_is_refused(client, ann, name, content):
    answer = client.post("/settings/picture/", {"picture": SimpleUploadedFile(name, content, "image/png")})

    ann.refresh_from_db()
    assert (answer.status_code, ann.picture) == (422, "")
    assert len(answer.context["form"].errors["picture"]) == 1


def test_no_picture_at_all_is_refused(client, ann):
    answer = client.post("/settings/picture/", {})

    assert answer.status_code == 422
    assert "Choose a picture first." in shown(answer)


def test_removing_a_picture_needs_post(client, ann):
    assert client.get("/settings/picture/remove/").status_code == 405


def test_chosen_colours_win_over_those_of_the_browser(client, ann):
    client.cookies["theme"] = "light"

    client.post("/settings/look/", {"theme": "dark", "text_size": "normal"})

    page = client.get("/settings/look/").content.decode()
    assert '<meta name="color-scheme" content="dark">' in page


def test_unknown_colours_are_refused(client, ann):
    answer = client.post("/settings/look/", {"theme": "pink", "text_size": "normal"})

    ann.refresh_from_db()
    assert (answer.status_code, ann.theme) == (422, "auto")


def test_text_size_and_spacing_stay_with_the_account(signed_in, ann):
    client = signed_in(ann)
    plain = client.get("/").content.decode()

    chosen = {"theme": "auto", "text_size": "larger", "has_wide_spacing": "on"}
    answer = client.post("/settings/look/", chosen)

    assert (answer.status_code, '<html lang="en" dir="ltr">' in plain) == (302, True)
    assert '<html lang="en" dir="ltr" class="text-larger text-spaced">' in signed_in(ann).get("/").content.decode()


@pytest.mark.parametrize("sent", [{"text_size": "huge"}, {"text_size": ""}])
def test_a_text_size_that_is_none_is_refused(signed_in, ann, sent):
    client = signed_in(ann)

    answer = client.post("/settings/look/", {"theme": "auto", **sent})

    ann.refresh_from_db()
    assert (answer.status_code, ann.text_size) == (422, "normal")
