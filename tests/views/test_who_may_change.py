"""Every address × everybody: what a POST is answered, that GET changes nothing, and that nobody sends for somebody else.

A new address needs a line in `who_may_change.txt`. The people stand before the same scene, each as if the others had
not been there. The test that fails says the line it saw: copy it once you have looked whether it is right.
"""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.choices import Role
from forum import tokens
from forum.actions import drafting, flagging, moderating
from forum.choices import DraftKind
from forum.effects.notifications import review_notifications
from forum.models import (
    CarePhrase,
    Case,
    Chore,
    Conversation,
    Mail,
    MailFollow,
    MemberNote,
    Message,
    Page,
    Suggestion,
    Suspension,
    Tag,
    TagRevision,
    TagSynonym,
)
from tests.factories import make_answer, make_comment, make_member, make_question
from tests.support.inboxes import make_line
from tests.support.records import everything
from tests.views.changing import PEOPLE, Line, addresses, answer_to, fields_of, lines, path_of, written

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]


@pytest.fixture
def keys(newt, mo, ada, sleep, signed_in):
    """The session of each of the people, the helper of the topic among them; the guest has none."""
    helper = make_member("hal", points=100, role=Role.HELPER)
    sleep.helpers.add(helper)
    people = {"member": newt, "helper": helper, "moderator": mo, "administrator": ada}
    sessions = {who: signed_in(member).cookies[settings.SESSION_COOKIE_NAME].value for who, member in people.items()}
    return {"guest": "", **sessions}


@pytest.fixture
def browser_of(keys):
    """Return the browser of one of the people, as if it had just been opened: `browser_of("helper")`."""
    made = {}  # each loads every middleware anew

    def open_browser(who, **options):
        if (who, *options) not in made:
            made[who, *options] = Client(**options)
        client = made[who, *options]
        client.cookies.clear()
        if keys[who]:
            client.cookies[settings.SESSION_COOKIE_NAME] = keys[who]
        return client

    return open_browser


@pytest.fixture(autouse=True)
def reported_by_a_provider(monkeypatch):
    """A mail provider knows a secret that none of the people do."""
    monkeypatch.setattr(settings, "BOUNCE_SECRET", "known to one mail provider alone")


@pytest.fixture
def scene(question, sleep, newt, mo, guest, keys):
    """What stands in the addresses: names, and the ids of Ann's question and of what hangs on it."""
    bob = make_member("bob", points=2_500)
    answer = make_answer(question, author=bob)
    page = Page.objects.create(slug="guidelines", title="How we talk", body="Kindly.")
    spoken = Conversation.objects.create(member=newt)
    hidden = make_answer(question, author=newt)
    moderating.hide_post(mo, hidden, reason="It names a street.")  # act 1 of the log
    until = timezone.now() + timedelta(days=3)
    tag = Tag.objects.create(name="rest", slug="rest", revision_count=1)
    TagRevision.objects.create(tag=tag, number=1, excerpt="Lying down.", editor=bob)
    Tag.objects.create(name="peace", slug="peace")
    return {
        "question": question.pk,
        "other": make_question(bob, category=sleep).pk,
        "answer": answer.pk,
        "hidden": hidden.pk,
        "comment": make_comment(question, author=bob).pk,
        "draft": drafting.save_draft(newt, DraftKind.QUESTION, None, {"title": "Half a thought"}).pk,
        "flag": flagging.flag_post(newt, answer, reason="spam").pk,
        "conversation": spoken.pk,
        "warning": Message.objects.create(conversation=spoken, kind="warning", is_from_team=True, text="Kindly.").pk,
        "suspension": Suspension.objects.create(
            member=make_member("sam"), ability="voting", actor=mo, until=until, reason="Votes for a friend."
        ).pk,
        "suggestion": Suggestion.objects.create(
            post=question, member=newt, base_version=1, title=question.title, body="Said better.", reason="Clearer"
        ).pk,
        "case": Case.objects.get_or_create(kind="report", post=answer, closed_at=None)[0].pk,
        "note": MemberNote.objects.create(member=bob, author=mo, text="Asked for a rest.").pk,
        "line": make_line(newt, "answered", answer).pk,
        "sleep": sleep.pk,
        "tag": tag.pk,
        "synonym": TagSynonym.objects.create(name="ease", tag=tag, asked_by=bob).pk,
        "sleep_path": sleep.path,
        "job": failed_job(),
        "chore": Chore.objects.create(name="views", due_at=until).pk,
        "member": bob.username,
        "member_id": bob.pk,
        "help_slug": page.slug,
        "page": page.pk,
        "phrase": CarePhrase.objects.create(phrase="I am done for").pk,
        "app": "forum",
        "nowhere": "nowhere",
        "guest_link": tokens.guest_token(guest.pk),
        "stop_link": tokens.mail_token(guest.pk),
        "mail": Mail.objects.create(key="told", kind="guest", guest=guest, address=guest.email).token,
        "mail_follow": MailFollow.objects.create(question=question, email="wren@example.org").token,
    }


def failed_job():
    job = review_notifications.enqueue(0)
    DBTaskResult.objects.filter(pk=job.id).update(status="FAILED", finished_at=timezone.now())
    return job.id


def test_every_address_has_a_line_and_every_line_an_address():
    there, listed = set(addresses()), set(lines())

    assert {"without a line": there - listed, "without an address": listed - there} == {
        "without a line": set(),
        "without an address": set(),
    }


def test_everybody_is_answered_as_the_table_says(scene, browser_of):
    seen = {}
    for line in lines().values():
        path, fields = path_of(line, scene), fields_of(line, scene)
        people = PEOPLE if line.changes else ("guest", "administrator")
        answers = tuple(answer_to(browser_of(who), "post", path, fields) for who in people)
        if answers != (line.answers if line.changes else ("405", "405")):
            seen[line.address] = written(line, answers)

    assert not seen, "Seen:\n" + "\n".join(seen.values())


def test_looking_changes_nothing(scene, browser_of):
    before = everything()
    wrote, answered = [], {}

    def notice(execute, sql, *rest):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            wrote.append((address, who, sql[:80]))
        return execute(sql, *rest)

    with connection.execute_wrapper(notice):
        for address, line in lines().items():
            for who in ("guest", "moderator", "administrator"):
                answered[address, who] = browser_of(who).get(path_of(line, scene)).status_code

    assert {asked: status for asked, status in answered.items() if status >= 500} == {}
    assert everything() == before, f"What was written, sessions among it: {wrote}"


@pytest.mark.parametrize("who", ["guest", "administrator"])
def test_nothing_is_taken_from_a_page_that_is_not_ours(who, scene, browser_of):
    before = everything()
    sent = [line for line in lines().values() if line.changes]

    answers = {
        line.address: browser_of(who, enforce_csrf_checks=True)
        .post(path_of(line, scene), fields_of(line, scene))
        .status_code
        for line in sent
    }

    assert {address: status for address, status in answers.items() if status != 403} == {}
    assert everything() == before


def test_a_line_is_read_as_it_is_written():
    line = Line("posts/<int:post_id>/vote/", ("302",) * 5, {"body": "two words"}, {"post_id": "answer"})

    assert written(line, line.answers).split() == [
        "posts/<int:post_id>/vote/", *["302"] * 5, "'body=two", "words'", "post_id:answer"
    ]  # fmt: skip
