"""Two worlds that differ in who wrote anonymously, and in nothing else; and what a visitor reads in each."""

import re
from contextlib import contextmanager
from difflib import unified_diff
from urllib.parse import urljoin

from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client

from forum.views.seen import seen_questions

HREF = re.compile(r'href="([^"#]*)')
# What two moments differ in, and what is drawn by lot each time a page is made.
CHANCE = [
    (re.compile(pattern), word)
    for pattern, word in (
        (r'(csrfmiddlewaretoken" value="|X-CSRFToken": ?"|csrf-token" content=")[\w-]+', r"\1TOKEN"),
        (r'data-work="[^"]*"', 'data-work="CHALLENGE"'),
        (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UUID"),
        (r"(older|newer|before|since|after)=[\w%=-]+", r"\1=PLACE"),
        (r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)?", "MOMENT"),
        (r"\w{3}, \d\d \w{3} \d{4} [\d:]{8} [+-]\d{4}", "MOMENT"),
        (r"(\d+|an?) (second|minute|min|sec)s? ago|[Jj]ust now", "AGO"),
        (r'(/inbox/|[#"]n)\d+', r"\1LINE"),  # lines of all inboxes are numbered in one row
        (r"\b\d{1,2}:\d\d(:\d\d)?( [ap]\.?m\.?)?\b", "CLOCK"),
        (r'(value|content|data-[\w-]+)="[\w.:=/+-]*:[\w-]{5,}:[\w=-]{20,}"', r"\1=SIGNED"),
        (r'(name="(?:opened|started|stamp|up_to|read_at)" value=")[^"]*', r"\1MOMENT"),
    )
]


@contextmanager
def world():
    """Begin with empty tables whose rows will have the same numbers each time, and leave nothing behind."""
    with transaction.atomic():
        with connection.cursor() as cursor:  # PostgreSQL's counters go on after a rollback
            for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
                cursor.execute(statement)
        cache.clear()
        mail.outbox.clear()
        seen_questions.forget()
        yield
        transaction.set_rollback(True)


def read(visitor, start, *, most):
    """Return what `visitor` (None for a guest) reads at these addresses and behind their links, as they would compare it."""
    client = Client()
    if visitor is not None:
        client.force_login(visitor)
    seen, waiting = {}, list(start)
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        if path in seen or "/logout" in path or "/reauthenticate" in path:
            continue
        answer = client.get(path)
        text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode("utf-8", "replace")
        seen[path] = f"{answer.status_code} {answer.headers.get('Location', '')}\n{plain(text)}"
        links = [urljoin(f"http://testserver{path}", link.replace("&amp;", "&")) for link in HREF.findall(text)]
        inside = [link.removeprefix("http://testserver") for link in links if link.startswith("http://testserver/")]
        waiting += [link for link in inside if not link.startswith("/static/") and "older=" not in link]
    return seen


def plain(text):
    """Return a page without what two moments differ in."""
    for pattern, word in CHANCE:
        text = pattern.sub(word, text)
    return text


def differences(one, other):
    """Return, address by address, the lines that one reading has and the other has not, or has elsewhere."""
    found = {}
    for path in sorted({*one, *other}):
        lines = unified_diff(one.get(path, "").splitlines(), other.get(path, "").splitlines(), lineterm="", n=0)
        found[path] = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    return {path: lines for path, lines in found.items() if lines}
