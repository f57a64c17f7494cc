"""The live preview over HTTP."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_preview_is_the_text_as_readers_see_it(client):
    response = client.post("/preview/", {"body": "It is **dark**.\n\n<script>alert(1)</script>"})

    assert response.status_code == 200
    assert '<p dir="auto">It is <strong>dark</strong>.</p>' in response.content.decode()
    assert b"<script" not in response.content


def test_a_preview_of_a_comment_is_a_comment(client):
    assert b"<h3" not in client.post("/preview/", {"body": "# Loud", "kind": "comment"}).content


def test_nothing_has_a_preview_that_says_so(client):
    assert b"Nothing to see yet." in client.post("/preview/", {"body": ""}).content


def test_what_cannot_be_shown_says_why(client):
    response = client.post("/preview/", {"body": "> " * 60 + "deep"})

    assert response.status_code == 422
    assert b"Please use fewer layers." in response.content


def test_previews_pause_when_there_are_too_many(client):
    statuses = [client.post("/preview/", {"body": "x"}).status_code for _ in range(61)]

    assert statuses == [200] * 60 + [429]
