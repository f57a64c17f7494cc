"""What it costs that many follow a question: the poster's request, how long until all are told, the worker's memory."""

import resource
import statistics
import sys
import time

import django
from django.db import connection
from django.test import Client

# Run as a command, so Django is not set up yet.
django.setup()

from django_tasks_db.management.commands.db_worker import Worker  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.names import name_key  # noqa: E402
from forum.choices import FollowMode  # noqa: E402
from forum.limits import TELL_BATCH  # noqa: E402
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
        print(f"{connection.vendor}, an answer to a question, in process; mails are queued, not sent")
        few, quiet = _question(FOLLOWERS // 10), _question(0)
        many = _question(FOLLOWERS)
        alone, followed = _request_ms(quiet), _request_ms(many)
        print(ROW.format("the poster's request, no followers", f"{alone:.1f} ms"))
        print(ROW.format(f"the poster's request, {FOLLOWERS:,} followers", f"{followed:.1f} ms"))
        _tell(few)
        before = _peak_mb()
        seconds = _tell(many)
        grown = _peak_mb() - before
        told = Notification.objects.filter(post__question=many).count()
        mails = Mail.objects.filter(event__post__question=many).count()
        print(ROW.format(f"until {told:,} are told, {mails:,} by mail", f"{seconds:.1f} s"))
        print(ROW.format("the worker's memory at its highest, before", f"{before:.0f} MB"))
        print(ROW.format("and how much higher afterwards", f"{grown:.1f} MB"))
    is_whole = told == FOLLOWERS + 1 and mails == FOLLOWERS // AT_ONCE + 1
    return 0 if is_whole and seconds < MOST_SECONDS and grown < MOST_MB else 1


def _question(followers: int) -> Post:
    question = make_question(make_member(f"asker of {followers}"))
    members = User.objects.bulk_create(
        User(username=name, name_key=name_key(name), email=f"{number}.{followers}@example.org")
        for number in range(followers)
        for name in [f"reader {number} of {followers}"]
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


def _tell(question: Post) -> float:
    """Have a worker tell of one answer, and return for how many seconds it does."""
    DBTaskResult.objects.all().delete()
    answer = make_answer(question)
    batches = Follow.objects.filter(question=question).count() // TELL_BATCH + 1
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=batches,
        worker_id="bench",
        excluded_queue_names=[],
    )
    started = time.perf_counter()
    worker.run()
    taken = time.perf_counter() - started
    assert not DBTaskResult.objects.failed().exists()
    assert Notification.objects.filter(post=answer).exists()
    return taken


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
