"""Eight people and a worker at three questions, all at once: nobody may be shown a failure, and no number may be off.

Run by `make stress` on a private PostgreSQL, where row locks are real; SECONDS says for how long.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, fields
from random import Random
from urllib.parse import urlsplit

import django
from django.core.management import call_command
from django.db import connection
from django.test import Client

# Run as a command, so Django is not set up yet.
django.setup()

from django_tasks_db.models import DBTaskResult  # noqa: E402

from accounts.choices import Role  # noqa: E402
from accounts.models import User  # noqa: E402
from forum.actions.recounting import recount  # noqa: E402
from forum.choices import PostKind  # noqa: E402
from forum.limits import Rules  # noqa: E402
from forum.models import Post, SiteSettings  # noqa: E402
from forum.queries.log_chain import get_chain  # noqa: E402
from tests.bench.site import empty_site  # noqa: E402
from tests.factories import make_answer, make_category, make_member, make_question  # noqa: E402
from tests.support.typing_forms import typed  # noqa: E402

WRITERS, ASKERS = 8, 3  # the askers choose best answers; two of the others moderate
ROW = "{:<12} {:>8} {:>8} {:>8}"
ACTS = {"vote": 8, "answer": 3, "comment": 3, "edit": 3, "accept": 8, "follow": 3, "hide": 2, "show": 2}
WORDS = "tea walk night friend list garden letter pause music window morning bread bus rain song".split()
Acts = Counter[tuple[str, int]]


@dataclass(frozen=True)
class Report:
    """What became of the acts (name, status), what the database and the jobs went through, and what is off."""

    acts: Acts
    deadlocks: int
    failed_jobs: int
    differences: list[str]
    flaw: object

    @property
    def is_well(self) -> bool:
        """Whether nobody was shown a failure and everything agrees."""
        return not self.failures and not self.failed_jobs and not self.differences and self.flaw is None

    @property
    def failures(self) -> dict[tuple[str, int], int]:
        """What was answered as if something had broken."""
        return {act: number for act, number in self.acts.items() if act[1] >= 500}

    def count(self, act: str, least: int, below: int) -> int:
        """Return how many of these acts were answered with such a status."""
        return sum(number for (name, status), number in self.acts.items() if name == act and least <= status < below)


def main() -> int:
    """Print what became of it; return 1 when somebody was shown a failure or something is off."""
    if connection.vendor != "postgresql":
        print("SQLite lets one write at a time. Run this as: make stress")
        return 2
    seconds = float(os.environ.get("SECONDS") or 150)
    with empty_site():
        people = furnish()
        with _worker():
            acts = write(people, seconds=seconds)
        report = look_at(acts)
    print(f"{WRITERS} writers and a worker at {ASKERS} questions, {seconds:g} s")
    print(ROW.format("act", "done", "refused", "failed"))
    for act in ACTS:
        print(ROW.format(act, *(report.count(act, *statuses) for statuses in ((200, 400), (400, 500), (500, 600)))))
    print(f"Deadlocks in the database: {report.deadlocks}; jobs that failed: {report.failed_jobs}.")
    for sentence in report.differences:
        print(sentence)
    print(f"Differences: {len(report.differences)}. The log is {'whole' if report.flaw is None else report.flaw}.")
    return 0 if report.is_well else 1


def furnish() -> list[User]:
    """Make the people, without limits to what they may do, and three questions with three answers each."""
    limits = [each.name for each in fields(Rules) if each.name.endswith(("_an_hour", "_a_day", "_a_minute"))]
    numbers = {name: 1_000_000 for name in limits if name != "votes_paid_a_day"}
    SiteSettings.objects.update_or_create(pk=1, defaults={"numbers": numbers})
    people = [make_member(f"writer {number}", points=5_000, role=_role(number)) for number in range(WRITERS)]
    topic = make_category("Stress")
    for asker in people[:ASKERS]:
        question = make_question(asker, category=topic)
        for helper in people[ASKERS : 2 * ASKERS]:
            make_answer(question, helper, body=_sentence(Random(f"{question.pk} {helper.pk}")))
    return people


def write(people: list[User], *, seconds: float = 0, acts_each: int = 0) -> Acts:
    """Have everybody act for so long, or so often, and return what each act was answered with."""
    end = time.monotonic() + seconds
    with ThreadPoolExecutor(len(people)) as pool:
        writing = [pool.submit(_write, number, each, end, acts_each) for number, each in enumerate(people)]
        return sum((each.result() for each in writing), Counter())


def look_at(acts: Acts) -> Report:
    """Do what jobs are left, and look at what came of it all."""
    call_command("work", once=True)
    return Report(
        acts=acts,
        deadlocks=_deadlocks(),
        failed_jobs=DBTaskResult.objects.exclude(exception_class_path="").count(),
        differences=recount(check=True),
        flaw=get_chain().flaw,
    )


def _write(number: int, member: User, end: float, acts_each: int) -> Acts:
    random, done = Random(number), Counter()
    client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
    client.force_login(member)
    others = {"hide", "show"} if number < ASKERS else {"accept"} if member.is_moderator else {"accept", "hide", "show"}
    names = [name for name in ACTS if name not in others]
    weights = [ACTS[name] for name in names]
    try:
        while done.total() < acts_each or time.monotonic() < end:
            name = random.choices(names, weights)[0]
            path, data = _act(name, member, random)
            done[name, client.post(path, data).status_code] += 1
    finally:
        connection.close()
    return done


def _act(name: str, member: User, random: Random) -> tuple[str, dict[str, object]]:
    """Return an address and a form, which are mostly what this member may do."""
    question = random.choice(list(Post.objects.filter(kind=PostKind.QUESTION).order_by("pk")[:ASKERS]))
    if name == "accept":
        question = Post.objects.get(kind=PostKind.QUESTION, author=member)
    below = Post.objects.filter(question=question.pk)
    answers = list(below.filter(kind=PostKind.ANSWER).order_by("-pk")[:6]) or [question]
    answer, words = random.choice(answers), _sentence(random)
    if name == "vote":
        post = random.choice([question, *answers])
        return f"/posts/{post.pk}/vote/", {"direction": random.choice(["up", "up", "down", "none"])}
    if name == "accept":
        return f"/posts/{answer.pk}/accept/", {"choice": random.choice(["accept", "accept", "unaccept"])}
    if name == "follow":
        return f"/posts/{question.pk}/follow/", {"state": random.choice(["on", "off"])}
    if name == "edit":
        own = Post.objects.filter(author=member).exclude(kind=PostKind.COMMENT).order_by("-pk")[:3]
        post = random.choice(list(own) or [question])
        return f"/posts/{post.pk}/edit/", typed(
            title=post.title, body=words, category=post.category_id or "", base_version=post.text_version, reason="Edit"
        )
    if name in {"hide", "show"}:
        return f"/posts/{answer.pk}/{name}/", {"reason": "For the test."}
    about = question if name == "answer" else random.choice([question, answer])
    return f"/posts/{about.pk}/{name}/", typed(body=words)


def _sentence(random: Random) -> str:
    return " ".join(random.choices(WORDS, k=12)).capitalize() + f", {random.randrange(10**9)}."


def _role(number: int) -> str:
    return Role.MODERATOR if number >= WRITERS - 2 else Role.MEMBER


def _deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


@contextmanager
def _worker() -> Iterator[None]:
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    worker = subprocess.Popen([sys.executable, "manage.py", "work"], env=os.environ | {"DATABASE_URL": address})
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=60)


if __name__ == "__main__":
    sys.exit(main())
