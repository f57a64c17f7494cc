"""Compare pieces of pages."""

import re

TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}"')


def piece(response):
    """Return the text of a response, its form tokens masked, without the space around it."""
    return TOKEN.sub(r'\1…"', response.content.decode()).strip()


def as_htmx(client, path, data):
    """Send a form the way htmx does, and return the piece it answers."""
    return client.post(path, data, headers={"HX-Request": "true"})
