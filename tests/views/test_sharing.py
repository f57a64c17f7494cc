"""How a link is shown elsewhere: what its page says of itself, and the drawn picture."""

import os
import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from forum import share_pictures
from forum.actions import moderating
from tests.factories import make_note, make_question

META = re.compile(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">')
SITE = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.FORUM_DATA = tmp_path


def picture_of(client, path):
    response = client.get(path)
    with Image.open(BytesIO(response.content)) as image:
        return (response.status_code, response["Content-Type"], image.format, image.size)


def test_a_question_says_what_it_is(client, ann):
    question = make_question(ann, title='He said “no” & "yes"', body="Twice.")

    said = dict(META.findall(client.get(question.get_absolute_url()).content.decode()))

    picture = said.pop("og:image")
    assert said == {
        "og:title": "He said “no” &amp; &quot;yes&quot;",
        "og:description": "Twice.",
        "og:url": f"{SITE}{question.get_absolute_url()}",
        "og:type": "article",
        "og:site_name": "Mindwellnessforum",
        "og:image:width": "1200",
        "og:image:height": "630",
        "twitter:card": "summary_large_image",
    }
    assert picture.startswith(f"{SITE}/og/{question.pk}.png?v=")
    assert picture_of(client, picture.removeprefix(SITE)) == (200, "image/png", "PNG", (1200, 630))


def test_a_folded_text_stays_folded(client, ann, sleep):
    question = make_question(ann, body="What folds.", notes=[make_note()])

    said = dict(META.findall(client.get(question.get_absolute_url()).content.decode()))

    assert "og:description" not in said


@pytest.mark.parametrize("path", ["/", "/questions/", "/questions/sleep/", "/hot/", "/categories/"])
def test_a_list_is_shown_with_the_site_s_picture(client, sleep, path):
    said = dict(META.findall(client.get(path).content.decode()))

    assert (said["og:url"], said["og:image"]) == (f"{SITE}{path}", f"{SITE}/og/site.png")


def test_a_picture_is_drawn_once_and_kept_for_long(client, question, django_assert_num_queries):
    first = client.get(f"/og/{question.pk}.png")
    (file,) = Path(share_pictures.settings.FORUM_DATA, "share-pictures").iterdir()
    file.write_bytes(b"kept")

    with django_assert_num_queries(2):
        again = client.get(f"/og/{question.pk}.png")
    same = client.get(f"/og/{question.pk}.png", headers={"if-none-match": first["ETag"]})

    assert (again.content, again["Cache-Control"]) == (b"kept", "public, max-age=2592000")
    assert (same.status_code, same.content) == (304, b"")


def test_another_title_is_another_picture_and_the_old_one_goes(settings):
    share_pictures.kept_picture("7", "One", "Site")
    other = share_pictures.kept_picture("7", "Two", "Site")

    (file,) = Path(settings.FORUM_DATA, "share-pictures").iterdir()
    assert file.read_bytes() == other
    assert file.name == f"7-{share_pictures.version_of('Two', 'Site')}.png"


def test_a_picture_is_the_same_whoever_asks(client, ann, bob, sleep):
    named = make_question(ann, title="Who am I?")
    nameless = make_question(bob, title="Who am I?", is_anonymous=True)

    assert client.get(f"/og/{named.pk}.png").content == client.get(f"/og/{nameless.pk}.png").content


def test_an_unlisted_question_has_the_site_s_picture(client, ann):
    question = make_question(ann, audience="unlisted")

    assert client.get(f"/og/{question.pk}.png").content == client.get("/og/site.png").content
    assert META.findall(client.get(question.get_absolute_url()).content.decode()) == []


def test_what_a_guest_may_not_read_has_none(client, signed_in, ann, mo, question):
    members = make_question(ann, audience="members")
    moderating.hide_post(mo, question, reason="It names somebody.")

    found = [signed_in(mo).get(f"/og/{one}.png").status_code for one in (members.pk, question.pk, 999)]

    assert found == [404, 404, 404]


@pytest.mark.parametrize(
    ("title", "drawn"),
    [
        ("I can’t stop crying 😭👨‍👩‍👧 at work", "I can’t stop crying at work"),
        ("Über  “naïve” hopes‑and fears", "Über “naïve” hopes-and fears"),
        ("كيف أنام؟", ""),
        ("Кто я?", ""),
        ("😭", ""),
    ],
)
def test_what_the_letters_cannot_write_is_left_out(title, drawn):
    assert share_pictures.drawable(title) == drawn


@pytest.mark.parametrize("title", ["", "W" * 150, "word " * 30, "i"])
def test_any_title_fits(title):
    with Image.open(BytesIO(share_pictures.draw(title, "A site"))) as image:
        assert image.size == (1200, 630)


def test_old_pictures_are_forgotten(settings):
    for key in ("1", "2"):
        share_pictures.kept_picture(key, "", "Site")
    folder = Path(settings.FORUM_DATA, "share-pictures")
    os.utime(next(folder.glob("1-*")), (0, 0))

    assert (share_pictures.forget_older_than(60), len(list(folder.iterdir()))) == (1, 1)
