"""Fill forms the way a person does: slowly, and each sitting with its own number."""

import re
import time
import uuid

from lxml import html

from forum.forms.writing import sign_time

A_MINUTE = 60
PER_VISIT = re.compile(r'(name="(?:submission_id|started)" value=")[^"]*"')


def typed(*, seconds=A_MINUTE, **fields):
    """Return what a browser sends for a form that has been open for `seconds`."""
    return {"submission_id": str(uuid.uuid4()), "started": sign_time(time.time() - seconds), **fields}


def typed_question(topic, /, **fields):
    """Return a question as somebody types it."""
    asked = {"title": "How do I fall asleep again?", "body": "I wake at four.", "category": str(topic.pk)}
    return typed(**asked | fields)


def opened(client, path, action=""):
    """Open a page; return what its form that is sent to `action`, or to the page itself, sends untouched."""
    return fields_of(client.get(path).content, action or path)


def fields_of(page, action):
    """Return what the form of a page that is sent to `action`, or to the page itself, sends when nobody touches it."""
    root = html.document_fromstring(page.decode())
    places = {"": action}
    found = next(
        one for one in root.forms if one.method == "POST" and places.get(one.get("action") or "", one.action) == action
    )
    fields = {}
    for name, value in found.form_values():
        fields.setdefault(name, []).append(value)
    return fields
