"""Fill forms the way a person does: slowly, and each sitting with its own number."""

import re
import time
import uuid

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
