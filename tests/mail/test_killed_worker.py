"""A worker is killed twenty times while it sends five hundred mails to a difficult server: none is lost."""

import pytest
from django_tasks_db.models import DBTaskResult

from forum.choices import MailKind
from forum.effects import mails
from forum.models import Mail
from tests.support.smtp import mail_server
from tests.support.workers import kill_while, own_database

pytestmark = pytest.mark.django_db(transaction=True)

MAILS, KILLS = 500, 20
WORDS = {"subject": "Your code is AB12", "text": "AB12\n", "html": "<p>AB12</p>"}


def difficult(recipient, attempt):
    """One in ten each: slow, away for now, hanging up in the middle, unknown for good, refused for its words."""
    answers = {1: "slow", 2: "451 4.3.0 Later", 3: "break", 4: "550 5.1.1 Unknown", 5: "data 451 4.7.1 Not yet"}
    answer = answers.get(number_of(recipient) % 10, "")
    return answer if attempt == 1 or answer.startswith(("5", "slow")) else ""


def number_of(recipient):
    return int(recipient.removeprefix("reader").partition("@")[0])


def test_a_worker_killed_twenty_times_loses_no_mail(tmp_path):
    with own_database(tmp_path) as environment, mail_server() as server:
        server.answer = difficult
        for number in range(MAILS):
            mails.queue(f"account:{number}", MailKind.ACCOUNT, f"reader{number}@example.org", content=WORDS)

        kill_while(
            environment | {"EMAIL_URL": server.url},
            kills=KILLS,
            progress=lambda: len(server.kept),
            is_done=lambda: not Mail.objects.queued().exists(),
        )

        arrived = server.message_ids()
        tokens = dict(Mail.objects.values_list("address", "token"))
        outcomes = dict(Mail.objects.values_list("address", "state"))
        unfinished = DBTaskResult.objects.filter(status__in=["RUNNING", "FAILED"]).count()

    unknown = {address for address in tokens if number_of(address) % 10 == 4}
    assert set(arrived) == set(tokens) - unknown
    assert {address for address, state in outcomes.items() if state == "dead"} == unknown
    assert {address for address, state in outcomes.items() if state == "sent"} == set(arrived)
    # Whatever came twice came under the same name, and a kill doubled the one in flight at most.
    assert {address: set(ids) for address, ids in arrived.items()} == {
        address: {f"<{tokens[address].hex}@127.0.0.1>"} for address in arrived
    }
    assert sum(len(ids) - 1 for ids in arrived.values()) <= KILLS
    assert unfinished == 0
