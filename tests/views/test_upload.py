"""Uploading pictures over HTTP."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from forum.limits import PICTURE_BYTES
from forum.models import Picture
from tests.support.html import faults_of

pytestmark = pytest.mark.django_db
BROWSER = {"Accept": "text/html,application/xhtml+xml"}


def picture(width=40, height=30, **options):
    """Return a small PNG as a browser sends it."""
    out = BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG", **options)
    return SimpleUploadedFile("night.png", out.getvalue(), "image/png")


def test_a_script_gets_the_address_and_the_size(client):
    response = client.post("/upload/", {"picture": picture(), "alt": "A night sky"})

    kept = Picture.objects.get()
    assert response.status_code == 201
    assert response.json() == {"url": f"/media/{kept.name}", "width": 40, "height": 30}
    assert client.get("/drafts/").wsgi_request.viewer.pk == kept.guest_id


def test_a_browser_gets_the_line_to_copy(client):
    page = client.post("/upload/", {"picture": picture(), "alt": "A [night] sky"}, headers=BROWSER).content.decode()

    kept = Picture.objects.get()
    assert f'value="![A night sky](/media/{kept.name})"' in page
    assert faults_of(page) == []


def test_the_line_to_copy_makes_a_picture(client):
    client.post("/upload/", {"picture": picture()})

    line = f"![A night sky](/media/{Picture.objects.get().name})"
    shown = client.post("/preview/", {"body": line}).content.decode()

    assert 'width="40" height="30"' in shown or 'height="30"' in shown
    assert 'alt="A night sky"' in shown


@pytest.mark.parametrize(
    "name, content, sentence",
    [
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "something else"),
        ("a.png", b"<!doctype html><script>alert(1)</script>", "something else"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, ""),
        ("a.png", b"", "This file is empty."),
    ],
)
def test_what_is_no_picture_gets_a_sentence_and_is_not_kept(client, name, content, sentence):
    file = SimpleUploadedFile(name, content, "image/png")

    response = client.post("/upload/", {"picture": file})

    assert response.status_code == 422
    assert sentence in response.json()["error"]
    assert Picture.objects.count() == 0


@pytest.mark.parametrize("fields", [{}, {"picture": "words"}])
def test_no_picture_at_all_gets_a_sentence(client, fields):
    script, browser = client.post("/upload/", fields), client.post("/upload/", fields, headers=BROWSER)

    assert (script.status_code, script.json()) == (422, {"error": "Choose a picture first."})
    assert browser.status_code == 422
    assert faults_of(browser.content.decode()) == []


def test_more_than_twelve_megabytes_are_too_much(client):
    file = SimpleUploadedFile("a.png", b"x" * (PICTURE_BYTES + 1), "image/png")

    response = client.post("/upload/", {"picture": file})

    assert (response.status_code, response.json()["error"]) == (
        413,
        "That picture is too large. It may be at most 12 MB.",
    )
    assert Picture.objects.count() == 0


def test_pictures_pause_when_there_are_too_many(signed_in, ann):
    client = signed_in(ann)

    answers = [client.post("/upload/", {"picture": picture(1, 1)}) for _ in range(21)]

    assert [answer.status_code for answer in answers] == [201] * 20 + [429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert "many pictures" in answers[-1].json()["error"]


def test_the_form_is_a_good_page(client):
    assert faults_of(client.get("/upload/").content.decode()) == []
