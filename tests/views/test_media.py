"""Uploaded pictures, shown."""

from pathlib import Path

import pytest

from tests.views.test_upload import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(client):
    """The address of a picture that somebody uploaded."""
    return client.post("/upload/", {"picture": picture()}).json()["url"]


def test_a_picture_comes_as_a_picture_and_nothing_else(client, shown):
    response = client.get(shown)

    assert b"".join(response.streaming_content).startswith(b"RIFF")
    assert {name: response[name] for name in ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy")} == {
        "Content-Type": "image/webp",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.cookies == {}


@pytest.mark.parametrize(
    "path",
    [
        "/media/",
        "/media/pictures",
        "/media/pictures/none.webp",
        "/media/notes.txt",
        "/media/../secret_key",
        "/media/..%2Fsecret.webp",
        "/media/pictures/%2e%2e/%2e%2e/secret.webp",
        "/media//etc/passwd",
    ],
)
def test_nothing_else_of_the_disk_is_shown(client, settings, path):
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir()
    (folder / "notes.txt").write_text("Not a picture.")
    (folder.parent / "secret.webp").write_text("Not ours to show.")

    assert client.get(path).status_code == 404


def test_a_link_out_of_the_folder_is_not_followed(client, settings):
    assert client.get("/media/way%20up/../../x.webp").status_code == 404


def test_pictures_are_only_read(client, shown):
    assert client.post(shown).status_code == 405
