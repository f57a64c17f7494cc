"""Whatever arrives at whichever address: the right status, a page that helps, nothing written, and never 500."""

import json
import time
from copy import deepcopy
from itertools import cycle

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.utils.http import urlencode

from forum.actions import drafting
from forum.choices import DraftKind
from forum.models import Draft, Post
from tests.support.addresses import addresses
from tests.views.changing import lines

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]

EVERY = {address.name: address for address in addresses()}
BATCH = 24  # addresses a test asks, each before the same scene: making that takes longer than asking
FORUM = {name for name, address in EVERY.items() if not address.route.startswith("accounts/")}
TAKES_PICTURES = {"upload", "settings_picture", "settings_remove_picture"}
FOR_THE_TEAM = {"moderate", "decide", "case_claim", "release", "hand_over"}  # who is asked before what is looked for
# Acts whose form has nothing that must be filled in.
ONE_TAP = {"hide", "delete", "spam", "lock", "protect", "pin"} | {
    *("settings_close", "muted_words", "visibility", "skip_welcome", "welcome_guidelines", "blocks", "bookmark_note"),
}
BY_SECRET = {"bounces"}  # what a program sends, with a secret in place of a form's token
TAKES_NO_POST = {line.address for line in lines().values() if not line.changes}  # 405, says test_who_may_change.py
# To a question's own spelling; to the address with a slash, where a feed's has none.
LEADS_ON = {"question", *(name for name in EVERY if name.startswith("feed_"))}
WITH_NUMBERS = [address for address in EVERY.values() if address.takes("int")]
WITH_WORDS = [
    address for address in EVERY.values() if address.takes("str") or address.takes("path") or address.takes("slug")
]
NUMBERS = [0, 987_654_321, 2**31, 2**63, 2**70]
OVERRIDE = "\u202e"  # turns what follows around, so that “gpj.exe” reads “exe.jpg”
WORDS = {
    "long": "x" * 5_000,
    "override": OVERRIDE + "gpj.exe",
    "broken UTF-8": "%FF%FE",
    "way up": "..%2F..%2Fetc%2Fpasswd",
    "markup": "%3Cscript%3E",
    "sign": "%25",
}
QUERIES = "older newer sort q comment title category follow kind about next to theme answers".split()
FIELDS = (
    "title body category tags intent notes audience is_anonymous guest_name guest_email submission_id started signed_in"
    " website work work_token work_answer base_version reason text direction choice follows action kind theme next"
    " picture alt username email login password password1 oldpassword code name about id session"
).split()
VALUES = {
    "NUL": "a\x00b",
    "long": "x" * 20_000,
    "override": f"a{OVERRIDE}b",
    "lone surrogate": "\\ud800",
    "brackets": "[" * 20_000,
    "quotes": "> " * 5_000,
    "JSON": '{"a": [1, {"b": null}]}',
    "number": str(2**70),
    "minus one": "-1",
    "nothing": "",
    "not ASCII digits": "١٢٣",
    "cursor": "MTIzOmFiYw==",
}
# What each act is told by its buttons.
CHOSEN = {"body": "Some words.", "direction": "up", "choice": "save", "reason": "spam", "state": "on"}
# Acts write these of themselves: what somebody typed is kept, and what they did is counted.
KEPT_BY_DESIGN = {"Draft", "Guest", "LimitEntry"}


def in_batches(every):
    """Return a mark that gives a test these addresses, a batch at a time."""
    every = list(every)
    batches = [every[at : at + BATCH] for at in range(0, len(every), BATCH)]
    return pytest.mark.parametrize("batch", batches, ids=[f"{one[0].name} to {one[-1].name}" for one in batches])


EVERYWHERE = in_batches(EVERY.values())
WHERE_ONE_SENDS = in_batches(address for address in EVERY.values() if address.route not in TAKES_NO_POST)


def count_rows():
    """Return how many rows each table has that a refused act must leave alone; all of them with one query."""
    models = [model for app in ("forum", "accounts") for model in apps.get_app_config(app).get_models()]
    tables = sorted({model._meta.db_table for model in models if model.__name__ not in KEPT_BY_DESIGN})
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'(SELECT COUNT(*) FROM "{table}")' for table in tables))
        return dict(zip(tables, cursor.fetchone(), strict=True))


def is_a_page(answer):
    """Tell whether an answer is a page of ours that says something."""
    return b"<main" in answer.content and b"<h1" in answer.content and b"site-head" in answer.content


@pytest.fixture
def visitors(question, ann, bob, mo, signed_in):
    """Clients of a guest, a member and a moderator that answer 500 instead of raising."""
    clients = {"guest": Client(), "member": signed_in(bob), "moderator": signed_in(mo)}
    for client in clients.values():
        client.raise_request_exception = False
    return clients


def at_each(batch, visitors):
    """Yield each address; whatever is asked there, the next one finds everything and everybody as they were."""
    cookies = {who: deepcopy(client.cookies) for who, client in visitors.items()}
    for address in batch:
        with transaction.atomic():
            yield address
            transaction.set_rollback(True)
        for who, client in visitors.items():
            client.cookies = deepcopy(cookies[who])


@EVERYWHERE
def test_a_method_that_is_not_allowed_gets_a_page_and_changes_nothing(visitors, batch):
    before = count_rows()

    for address in at_each(batch, visitors):
        answers = [visitors["member"].generic(method, address.filled()) for method in ("DELETE", "PUT", "PATCH")]

        # allauth takes PUT for POST, and sends some visitors on before it looks at the method.
        allowed = {405} if address.name in FORUM else {405, 403, 404, 302, 301, 200}
        refused = [answer for answer in answers if answer.status_code == 405]
        assert {answer.status_code for answer in answers} <= allowed, address.name
        assert all(answer["Allow"] and is_a_page(answer) for answer in refused), address.name
        assert count_rows() == before, address.name


@in_batches(WITH_NUMBERS)
def test_a_number_that_nothing_has_is_not_found(visitors, batch):
    before = count_rows()

    for address in at_each(batch, visitors):
        paths = [address.filled(**dict.fromkeys(address.takes("int"), number)) for number in NUMBERS]
        asked = {visitors["member"].get(path).status_code for path in paths}
        asked |= {client.get(paths[1]).status_code for client in visitors.values()}
        sent = {who: [client.post(path, CHOSEN) for path in paths] for who, client in visitors.items()}

        refused = {403} if address.name in FOR_THE_TEAM else set()
        kept = {403} if address.name == "edit_tag" else set()  # words that somebody signed out typed come back so
        assert asked <= {404, 405, 302} | refused, address.name
        assert {one.status_code for one in sent["member"] + sent["moderator"]} <= {404, 405} | refused, address.name
        assert {one.status_code for one in sent["guest"]} <= {404, 405, 302} | kept, address.name
        assert all(is_a_page(one) for one in sent["member"] if one.status_code == 404), address.name
        assert count_rows() == before, address.name


@in_batches(WITH_WORDS)
def test_a_word_that_names_nothing_is_not_found(visitors, batch):
    for address in at_each(batch, visitors):
        names = [name for name, kind in address.values if kind != "int"]
        paths = [address.filled(**dict.fromkeys(names, word)) for word in WORDS.values()]
        answers = [visitors["member"].get(path) for path in paths]

        usual = {301, 404} if address.name in LEADS_ON else {404}
        assert {answer.status_code for answer in answers} <= usual, address.name
        assert all(is_a_page(answer) for answer in answers if answer.status_code == 404), address.name


@EVERYWHERE
def test_a_nul_in_an_address_is_a_bad_request(visitors, batch):
    for address in at_each(batch, visitors):
        words = {name: "a%00b" for name, kind in address.values if kind != "int"}
        asked = visitors["guest"].get(address.filled() + "?q=a%00b")
        in_path = visitors["guest"].get(address.filled(**words))

        assert (asked.status_code, is_a_page(asked)) == (400, True), address.name
        assert in_path.status_code != 500, address.name


STRANGE = ["%FF%FE", OVERRIDE, "-1", str(2**70), "%7B%5B", "MTIzOmFiYw", "1.5", "١٢٣", "''%22--", "%25", "x" * 100]


@EVERYWHERE
def test_a_strange_query_fails_nowhere(visitors, batch):
    for address in at_each(batch, visitors):
        paths = [f"{address.filled()}?" + "&".join(f"{name}={value}" for name in QUERIES) for value in STRANGE]
        asked = zip(cycle(visitors.values()), paths, strict=False)
        answers = [client.get(path).status_code for client, path in asked]

        assert [status for status in answers if status >= 500 or status == 400] == [], address.name


@EVERYWHERE
def test_a_huge_query_fails_nowhere(visitors, batch):
    for address in at_each(batch, visitors):
        answers = [client.get(f"{address.filled()}?q={'x' * 50_000}") for client in visitors.values()]

        # The way back from the page for signing in may be too long to be kept: that is a bad request, and says so.
        assert [answer.status_code for answer in answers if answer.status_code >= 500] == [], address.name
        assert all(is_a_page(answer) for answer in answers if answer.status_code == 400), address.name


@WHERE_ONE_SENDS
def test_a_strange_form_fails_nowhere(visitors, question, batch):
    forms = [dict.fromkeys(FIELDS, value) for value in VALUES.values()]

    for address in at_each(batch, visitors):
        path = address.filled(**dict.fromkeys(address.takes("int"), question.pk))
        sent = zip(cycle(visitors.values()), forms, strict=False)
        answers = [client.post(path, form).status_code for client, form in sent]

        kept = [text for post in Post.objects.values_list("title", "body", "guest_name") for text in post]
        assert [status for status in answers if status >= 500] == [], address.name
        assert [text for text in kept if "\x00" in text or OVERRIDE in text] == [], address.name


BODIES = {
    "JSON": ("application/json", json.dumps({"body": "x"}).encode()),
    "JSON, nested": ("application/json", b"[" * 50_000),
    "plain text": ("text/plain", b"body=x"),
    "no type": ("", b"body=x"),
    "broken UTF-8": ("application/x-www-form-urlencoded", b"title=%FF%FE&body=\xff\xfe&name=\xc3\x28"),
    "another charset": ("application/x-www-form-urlencoded; charset=nonsense", b"note=x"),
    "wide charset": ("application/x-www-form-urlencoded; charset=utf-16", "body=x".encode("utf-16")),
    "multipart without a boundary": ("multipart/form-data", b"body=x"),
    "multipart cut short": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="note"\r\n\r\nx',
    ),
    "two thousand fields": ("application/x-www-form-urlencoded", b"&".join(b"a%d=x" % one for one in range(2_000))),
    "brackets in names": ("application/x-www-form-urlencoded", b"body" + b"[a]" * 5_000 + b"=x"),
}


@WHERE_ONE_SENDS
def test_a_body_of_another_kind_fails_nowhere(visitors, question, batch):
    before = count_rows()

    for address in at_each(batch, visitors):
        path = address.filled(**dict.fromkeys(address.takes("int"), question.pk))
        sent = zip(cycle(visitors.values()), BODIES.values(), strict=False)
        answers = [client.generic("POST", path, body, content_type=kind).status_code for client, (kind, body) in sent]

        assert [status for status in answers if status >= 500] == [], address.name
        assert address.name in ONE_TAP or count_rows() == before, address.name


@pytest.mark.parametrize(
    "body", [b"body=Half%20a%20\xff%20text", b"body=Half%20a%20%FF%20text"], ids=["raw", "escaped"]
)
def test_a_form_that_is_no_text_is_a_bad_request(visitors, question, body):
    before = count_rows()

    answers = [
        client.generic("POST", f"/posts/{question.pk}/comment/", body, content_type="application/x-www-form-urlencoded")
        for client in visitors.values()
    ]

    assert [(answer.status_code, is_a_page(answer)) for answer in answers] == [(400, True)] * 3
    assert count_rows() == before


@EVERYWHERE
def test_five_megabytes_are_too_much(visitors, batch):
    before = count_rows()
    bodies = {takes: b"body=" + b"x" * size for takes, size in ((True, 13_000_000), (False, 5_000_000))}
    form = "application/x-www-form-urlencoded"

    for address in at_each(batch, visitors):
        body = bodies[address.name in TAKES_PICTURES]
        answer = visitors["guest"].generic("POST", address.filled(), body, content_type=form)

        assert (answer.status_code, is_a_page(answer)) == (413, True), address.name
        assert count_rows() == before, address.name


@EVERYWHERE
def test_a_form_without_its_token_gives_the_words_back(question, ann, batch):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)
    before = count_rows()

    for address in at_each(batch, {"ann": client}):
        path = address.filled(**dict.fromkeys(address.takes("int"), question.pk))
        answer = client.post(path, {"title": "A long title", "body": "Words that took me an hour."})

        if address.name in BY_SECRET:
            continue
        assert (answer.status_code, is_a_page(answer)) == (403, True), address.name
        assert "Words that took me an hour." in answer.content.decode(), address.name
        assert count_rows() == before, address.name


@pytest.mark.parametrize(
    "path", ["/posts/{}/explode/", "/posts/{}/", "/posts/x/vote/", "/posts/-1/vote/", "/posts/1.5/vote/"]
)
def test_an_unknown_verb_is_not_found(visitors, question, path):
    before = count_rows()

    answers = [client.post(path.format(question.pk), {"direction": "up"}) for client in visitors.values()]

    assert [(answer.status_code, is_a_page(answer)) for answer in answers] == [(404, True)] * 3
    assert count_rows() == before


def test_a_draft_of_somebody_else_is_not_found_and_stays(visitors, ann, question):
    draft = drafting.save_draft(ann, DraftKind.ANSWER, question, {"body": "Mine alone."})

    shown = [client.get(f"/drafts/{draft.pk}/") for client in visitors.values()]
    discarded = [client.post(f"/drafts/{draft.pk}/discard/") for client in visitors.values()]

    assert [answer.status_code for answer in shown + discarded] == [404] * 6
    assert [answer for answer in shown if b"Mine alone." in answer.content] == []
    assert Draft.objects.filter(pk=draft.pk).count() == 1


def test_what_turns_text_around_is_kept_nowhere(visitors, sleep, mo):
    name = f"x{OVERRIDE}y"
    typed = {
        "title": f"How do I {OVERRIDE}sleep better?",
        "body": f"I wake{OVERRIDE} at four.",
        "category": sleep.pk,
        "tags": name,
    }

    answer = visitors["moderator"].post("/ask/", typed)
    found = visitors["guest"].get("/search/?" + urlencode({"q": f"sleep{OVERRIDE}"}))

    asked = Post.objects.newest_first().first()
    assert (answer.status_code, asked.title, asked.author) == (302, "How do I sleep better?", mo)
    assert OVERRIDE not in asked.body + asked.body_html + "".join(tag.name for tag in asked.tags.all())
    assert OVERRIDE not in found.content.decode()


def test_a_name_that_turns_text_around_is_refused_or_cleaned(visitors, question):
    visitors["guest"].post(f"/posts/{question.pk}/answer/", {"body": "A warm drink.", "guest_name": f"Ann{OVERRIDE}a"})
    visitors["guest"].post(
        "/accounts/signup/",
        {"username": f"Eve{OVERRIDE}a", "email": "eve@example.org", "password1": "long gentle river"},
    )

    users = apps.get_model("accounts", "User").objects.values_list("username", flat=True)
    names = [*users, *Post.objects.values_list("guest_name", flat=True)]
    assert [name for name in names if OVERRIDE in name] == []


@pytest.mark.parametrize("path, field", [("/ask/", "title"), ("/accounts/signup/", "username")])
def test_piled_marks_in_a_field_that_is_too_long_cost_no_time(client, path, field):
    """Unicode's own sorting of marks is quadratic: 200,000 of them would take minutes."""
    begun = time.monotonic()
    response = client.post(path, {field: "a" + "\u0301\u0316" * 100_000})

    assert response.status_code in {200, 422}
    assert time.monotonic() - begun < 10
