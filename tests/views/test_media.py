"""Uploaded pictures, shown to those who may read the text they stand in."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from forum.actions import claiming, configuring, describing, drafting, editing, moderating, suggesting, tidying
from forum.choices import Audience, DraftKind
from forum.models import Guest, Page, Picture, PictureUse
from tests.factories import make_answer, make_comment, make_question, make_tag
from tests.views.test_upload import picture

pytestmark = pytest.mark.django_db


def uploaded(client):
    """Return the address of a picture that this browser has just added."""
    return client.post("/upload/", {"picture": picture()}).json()["url"]


@pytest.fixture
def shown(client):
    """The address of a picture that the guest of this browser uploaded."""
    return uploaded(client)


@pytest.fixture
def browsers(signed_in, ann, bob, mo, ada):
    """Browsers of a guest, the author of the text, another member, a moderator and an administrator."""
    return {"guest": Client(), "ann": signed_in(ann), "bob": signed_in(bob), "mo": signed_in(mo), "ada": signed_in(ada)}


@pytest.fixture
def of_ann(browsers):
    """The address of a picture that ann uploaded."""
    return uploaded(browsers["ann"])


def status_of(client, url):
    response = client.get(url)
    if response.streaming:
        b"".join(response.streaming_content)  # read to its end, a file is closed
    return response.status_code


def who_sees(browsers, url):
    """Return for whom the picture is there; for all others it is as unknown as one that never was."""
    answers = {name: status_of(client, url) for name, client in browsers.items()}
    assert set(answers.values()) <= {200, 404}
    return " ".join(name for name, status in answers.items() if status == 200)


def test_a_picture_comes_as_a_picture_and_nothing_else(client, shown):
    response = client.get(shown)

    assert b"".join(response.streaming_content).startswith(b"RIFF")
    heads = ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy", "Cache-Control", "X-Robots-Tag")
    assert {name: response[name] for name in heads} == {
        "Content-Type": "image/webp",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-cache",
        "X-Robots-Tag": "noindex",
    }
    assert response.cookies == {}


def test_a_browser_that_has_it_is_asked_for_permission_and_sent_nothing(client, shown):
    first = client.get(shown)
    b"".join(first.streaming_content)
    etag = first["ETag"]

    again = client.get(shown, headers={"If-None-Match": etag})
    stranger = Client().get(shown, headers={"If-None-Match": etag})

    assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", "private, no-cache")
    assert stranger.status_code == 404


def test_an_upload_that_stands_nowhere_is_its_uploaders_alone(browsers, of_ann):
    assert who_sees(browsers, of_ann) == "ann"


@pytest.mark.parametrize("make", [make_question, make_answer, make_comment])
def test_a_picture_is_shown_to_those_who_may_read_its_post(make, browsers, of_ann, ann, mo):
    post = make(author=ann, body=f"Look: ![a sky]({of_ann}) [the same]({of_ann})")

    assert who_sees(browsers, of_ann) == "guest ann bob mo ada"
    moderating.hide_post(mo, post, reason="Unkind.")
    assert who_sees(browsers, of_ann) == "ann mo ada"
    moderating.show_post(mo, post, reason="Not so bad.")
    assert who_sees(browsers, of_ann) == "guest ann bob mo ada"
    moderating.delete_post(mo, post, reason="Private.")
    assert who_sees(browsers, of_ann) == "ann mo ada"


def test_pictures_below_a_hidden_question_are_hidden_with_it(browsers, of_ann, ann, bob, mo):
    question = make_question(bob)
    make_answer(question, ann, body=f"![a sky]({of_ann})")

    moderating.hide_post(mo, question, reason="Unkind.")

    assert who_sees(browsers, of_ann) == "ann mo ada"


def test_what_only_members_read_only_members_see(browsers, of_ann, ann):
    question = make_question(ann, audience=Audience.MEMBERS)
    make_answer(question, ann, body=f"![a sky]({of_ann})")

    assert who_sees(browsers, of_ann) == "ann bob mo ada"


def test_what_waits_for_a_look_is_not_shown_yet(browsers, of_ann, ann):
    make_question(ann, body=f"![a sky]({of_ann})", must_wait=True)

    assert who_sees(browsers, of_ann) == "ann mo ada"


def test_a_picture_that_stands_in_two_posts_is_shown_while_one_can_be_read(browsers, of_ann, ann, bob, mo):
    hidden, other = (make_question(ann, body=f"![a sky]({of_ann})") for _ in range(2))

    moderating.hide_post(mo, hidden, reason="Unkind.")

    assert who_sees(browsers, of_ann) == "guest ann bob mo ada"
    editing.withdraw_post(ann, other)
    assert who_sees(browsers, of_ann) == "ann mo ada"


def test_a_picture_of_an_earlier_text_is_shown_while_that_text_is(browsers, of_ann, ann, ada):
    question = make_question(ann, body=f"My door: ![a door]({of_ann})")
    editing.edit_post(ann, question, body="No door any more.", title=question.title, reason="Too private.")

    assert who_sees(browsers, of_ann) == "guest ann bob mo ada"
    editing.hide_revision(ada, question, number=1, reason="It shows where she lives.")
    assert who_sees(browsers, of_ann) == "ann ada"


def test_a_picture_of_a_suggested_edit_is_shown_to_those_who_read_it(browsers, ann, newt, signed_in):
    newcomer = signed_in(newt)
    url = uploaded(newcomer)
    question = make_question(ann)

    suggesting.suggest_edit(newt, question, body=f"With a picture: ![a sky]({url})", reason="To show it.")

    assert who_sees({**browsers, "newt": newcomer}, url) == "ann bob mo ada newt"


def test_pictures_of_guides_and_help_pages_are_everybodys(browsers, ada, signed_in):
    guide, page = uploaded(browsers["ada"]), uploaded(browsers["ada"])

    describing.describe_tag(ada, make_tag("sleep"), excerpt="About nights.", guide=f"![a sky]({guide})")
    configuring.save_configuration(ada, Page(slug="house", title="Our house", body=f"![a door]({page})"))

    assert (who_sees(browsers, guide), who_sees(browsers, page)) == ("guest ann bob mo ada",) * 2


def test_an_upload_goes_along_with_the_draft_of_whoever_signs_in(client, shown, ann, browsers):
    guest = Guest.objects.get()
    drafting.save_draft(guest, DraftKind.QUESTION, None, {"body": f"![a sky]({shown})"})

    drafting.adopt_drafts(ann, guest)

    assert who_sees(browsers, shown) == "ann"


def test_whoever_claims_a_guests_posts_sees_the_pictures_of_what_was_hidden(client, shown, ann, mo, browsers):
    guest = Guest.objects.get()
    question = make_question(guest, body=f"![a sky]({shown})")
    claiming.claim_posts(ann, guest)

    moderating.hide_post(mo, question, reason="Unkind.")

    assert who_sees(browsers, shown) == "ann mo ada"


def test_uploads_that_stand_nowhere_are_deleted_with_their_files_after_a_week(
    settings, ann, browsers, django_capture_on_commit_callbacks
):
    names = {what: uploaded(browsers["ann"]).removeprefix("/media/") for what in ("old", "posted", "drafted", "new")}
    make_question(ann, body=f"![a sky](/media/{names['posted']})")
    drafting.save_draft(ann, DraftKind.QUESTION, None, {"body": f"![a sky](/media/{names['drafted']})"})
    week_ago = timezone.now() - timedelta(days=7, minutes=1)
    Picture.objects.exclude(name=names["new"]).update(created_at=week_ago)

    with django_capture_on_commit_callbacks(execute=True):
        assert tidying.forget_unused_pictures() == 1

    left = {what for what, name in names.items() if (Path(settings.MEDIA_ROOT) / name).exists()}
    assert left == {"posted", "drafted", "new"} == {what for what in names if Picture.objects.filter(name=names[what])}
    assert tidying.forget_unused_pictures() == 0


def test_a_text_without_pictures_notes_none_and_the_same_text_again_notes_one(browsers, of_ann, ann):
    question = make_question(ann, body=f"![a sky]({of_ann})")

    editing.edit_post(ann, question, body=f"Again: ![a sky]({of_ann})", title=question.title)
    make_answer(question, body="Pictures/none-1x1.webp")

    assert [(use.post_id, use.tag_id, use.page_id) for use in PictureUse.objects.all()] == [(question.pk, None, None)]


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
        f"/media/{'a' * 300}.png",
        f"/media/pictures/{'a' * 300}-4x4.webp",
        f"/media/{'a/' * 3_000}.png",
    ],
)
def test_nothing_else_of_the_disk_is_shown(client, settings, path):
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir()
    (folder / "notes.txt").write_text("Not a picture.")
    (folder.parent / "secret.webp").write_text("Not ours to show.")

    assert client.get(path).status_code == 404


def test_a_picture_cannot_be_reached_by_another_way_of_writing_its_name(browsers, of_ann, ann, mo):
    question = make_question(ann, body=f"![a sky]({of_ann})")
    moderating.hide_post(mo, question, reason="Unkind.")
    name = of_ann.removeprefix("/media/")

    ways = [
        f"/media//{name}",
        f"/media/./{name}",
        f"/media/x/../{name}",
        f"/media/avatars/../{name}",
        f"/media/{name.replace('/', '//')}",
    ]

    assert [status_of(browsers["guest"], way) for way in ways] == [404] * 5


def test_a_link_out_of_the_folder_is_not_followed(client, settings):
    assert client.get("/media/way%20up/../../x.webp").status_code == 404


def test_pictures_are_only_read(client, shown):
    assert client.post(shown).status_code == 405
