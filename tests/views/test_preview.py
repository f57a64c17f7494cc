"""The live preview over HTTP."""

import pytest

from forum.models import SiteSettings

pytestmark = pytest.mark.django_db


def test_a_preview_is_the_text_as_readers_see_it(client):
    response = client.post("/preview/", {"body": "It is **dark**.\n\n<script>alert(1)</script>"})

    assert response.status_code == 200
    assert '<p dir="auto">It is <strong>dark</strong>.</p>' in response.content.decode()
    assert b"<script" not in response.content


def test_a_preview_of_a_comment_is_a_comment(client):
    assert b"<h3" not in client.post("/preview/", {"body": "# Loud", "kind": "comment"}).content


def test_nothing_has_a_preview_that_says_so(client):
    assert b"Nothing to preview yet." in client.post("/preview/", {"body": ""}).content


def test_what_cannot_be_shown_says_why(client):
    response = client.post("/preview/", {"body": "> " * 60 + "deep"})

    assert response.status_code == 422
    assert b"Please use fewer layers." in response.content


def test_previews_pause_when_there_are_too_many(client):
    statuses = [client.post("/preview/", {"body": "x"}).status_code for _ in range(61)]

    assert statuses == [200] * 60 + [429]


@pytest.mark.parametrize("path", ["/ask/", "/posts/{id}/answer/", "/posts/{id}/comment/", "/posts/{id}/edit/"])
def test_previews_without_script_pause_too_and_the_text_is_kept(signed_in, ann, question, path):
    SiteSettings.objects.create(pk=1, numbers={"previews_a_minute": 1})
    client, typed = signed_in(ann), {"action": "preview", "title": "How so?", "body": "It is **dark**."}

    first, second = (client.post(path.format(id=question.pk), typed) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 429)
    assert "It is <strong>dark</strong>." in first.content.decode()
    assert "You’ve used the preview a lot in a short time." in second.content.decode()
    assert "It is **dark**.</textarea>" in second.content.decode()
    assert int(second["Retry-After"]) <= 60
