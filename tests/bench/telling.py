"""What it costs that many follow a question: the poster's request, how long until all are told, the worker's memory."""

import statistics
import subprocess
import sys
import time

import django
from django.db import connection
from django.test import Client

# Run as a command, so Django is not set up yet.
django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.names import name_key  # noqa: E402
from forum.choices import FollowMode, MailState  # noqa: E402
from forum.models import Follow, Mail, Notification, Post  # noqa: E402
from tests.bench.site import empty_site  # noqa: E402
from tests.factories import make_answer, make_category, make_member, make_question  # noqa: E402
from tests.support.typing_forms import typed  # noqa: E402

FOLLOWERS, AT_ONCE, ROUNDS = 10_000, 10, 15  # every tenth wants a mail at once
MOST_SECONDS, MOST_MB = 60, 30
ROW = "{:<46} {:>12}"


def main() -> int:
    """Print the figures; return 1 when a promise is broken."""
    with empty_site():
        make_category("Sleep")
        print(f"{connection.vendor}, an answer to a question; one worker in a process of its own, mails become files")
        few, quiet = _question(FOLLOWERS // 10), _question(0)
        many = _question(FOLLOWERS)
        alone, followed = _request_ms(quiet), _request_ms(many)
        print(ROW.format("the poster's request, no followers", f"{alone:.1f} ms"))
        print(ROW.format(f"the poster's request, {FOLLOWERS:,} followers", f"{followed:.1f} ms"))
        _, before = _tell(few)
        seconds, after = _tell(many)
        told = Notification.objects.filter(post__question=many).count()
        sent = Mail.objects.filter(event__post__question=many, state=MailState.SENT).count()
        last = _seconds_until_told(many)
        print(ROW.format(f"until {told:,} are told on the site", f"{last:.1f} s"))
        print(ROW.format(f"and until {sent:,} mails are sent as well", f"{seconds:.1f} s"))
        print(ROW.format(f"the worker's memory at its highest, {FOLLOWERS // 10:,} told", f"{before:.0f} MB"))
        print(ROW.format(f"the worker's memory at its highest, {FOLLOWERS:,} told", f"{after:.0f} MB"))
    is_whole = told == FOLLOWERS + 1 and sent == FOLLOWERS // AT_ONCE + 1
    return 0 if is_whole and last < MOST_SECONDS and after - before < MOST_MB else 1


def _question(followers: int) -> Post:
    question = make_question(make_member(f"asker of {followers}"))
    members = User.objects.bulk_create(
        User(username=name, name_key=name_key(name), email=f"{number}.{followers}@example.org")
        for number in range(followers)
        for name in [f"reader {number} of {followers}"]
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=member, email=member.email, verified=True, primary=True) for member in members
    )
    Follow.objects.bulk_create(
        Follow(
            member=member,
            question=question,
            mode=FollowMode.DAILY if number % AT_ONCE else FollowMode.INSTANT,
        )
        for number, member in enumerate(members)
    )
    return question


def _request_ms(question: Post) -> float:
    """Return the median of what posting an answer takes on the server, the first few left out."""
    taken = []
    for number in range(ROUNDS):
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(make_member(f"helper {number} of {question.pk}", points=2_000))
        started = time.perf_counter()
        response = client.post(f"/posts/{question.pk}/answer/", typed(body=f"A warm drink, {number} times."))
        taken.append((time.perf_counter() - started) * 1000)
        assert response.status_code == 302, response.content
    return statistics.median(taken[3:])


def _tell(question: Post) -> tuple[float, float]:
    """Have a worker tell of one answer; return for how many seconds it works, and its memory at its highest, in MB."""
    DBTaskResult.objects.all().delete()
    make_answer(question)
    command = [sys.executable, "-m", "tests.bench.worker", str(connection.settings_dict["NAME"])]
    seconds, megabytes = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()
    return float(seconds), float(megabytes)


def _seconds_until_told(question: Post) -> float:
    """Return how long after the answer the last of its readers was told of it."""
    last = Notification.objects.filter(post__question=question).select_related("event").latest("created_at")
    return (last.created_at - last.event.created_at).total_seconds()


if __name__ == "__main__":
    sys.exit(main())
