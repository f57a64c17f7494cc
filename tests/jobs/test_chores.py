"""Chores: planned once when they are due, never twice at once, caught up once, and what they said is kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from forum.effects import log
from forum.jobs import chores, outcomes, planning
from forum.jobs.chores import CHORES, Found, Routine
from forum.jobs.clock import Every
from forum.jobs.worker import Worker
from forum.models import Chore, LogHead

pytestmark = pytest.mark.django_db
LONG = timedelta(days=5)


@pytest.fixture
def rows():
    """Every chore has its row; none is due."""
    planning.settle_in()


@pytest.fixture
def doing(monkeypatch, rows):
    """Let the chore `views` be another function."""

    def put(work, seconds=600):
        monkeypatch.setitem(CHORES, "views", Routine("Views", Every(60), work, seconds=seconds))

    return put


def make_due(*names, ago=LONG):
    Chore.objects.filter(name__in=names).update(due_at=timezone.now() - ago)


def views():
    return Chore.objects.get(name="views")


def work():
    Worker("w").turn()


def test_each_chore_has_a_row_and_is_due_when_its_clock_says(rows):
    now = timezone.now()

    due = {row.name: row.due_at for row in Chore.objects.all()}

    assert due == {name: routine.when.after(now) for name, routine in CHORES.items()}


def test_a_row_is_never_later_than_its_clock_says_today(rows):
    Chore.objects.filter(name="views").update(due_at=timezone.now() + LONG)
    make_due("words")
    before = Chore.objects.get(name="words").due_at

    planning.settle_in()

    assert views().due_at == CHORES["views"].when.after(timezone.now())
    assert Chore.objects.get(name="words").due_at == before


def test_nothing_is_planned_before_it_is_due(rows, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert planning.plan_due() == []


def test_what_is_due_is_planned_once(rows):
    make_due("views", "words")

    planned = [planning.plan_due(), planning.plan_due()]

    assert planned == [["views", "words"], []]
    given = [job.args_kwargs["args"][0] for job in DBTaskResult.objects.order_by("enqueued_at")]
    assert given == ["views", "words"]


def test_what_was_missed_for_days_is_done_once(doing):
    done = []
    doing(lambda: done.append(1) or "Done.")
    make_due("views")

    for _ in range(3):
        work()

    assert done == [1]
    assert views().due_at == Every(60).after(timezone.now())


def test_a_chore_keeps_what_it_said(doing):
    doing(lambda: "3 of them.")
    Chore.objects.filter(name="views").update(error="What went wrong before")
    make_due("views")

    work()

    row = views()
    assert (row.said, row.error, row.leased_until) == ("3 of them.", "", None)
    assert row.started_at <= row.finished_at


def test_a_chore_that_fails_says_why_and_is_tried_again_under_its_lease(doing):
    def fail():
        raise ValueError("no")

    doing(fail)
    make_due("views")

    work()

    row, job = views(), DBTaskResult.objects.get()
    assert (row.error.splitlines()[-1], row.leased_until > timezone.now()) == ("ValueError: no", True)
    assert (job.status, job.exception_class_path) == ("READY", "builtins.ValueError")
    doing(lambda: "Done.")
    DBTaskResult.objects.update(run_after=timezone.now())
    work()
    assert (views().error, views().said, DBTaskResult.objects.get().status) == ("", "Done.", "SUCCESSFUL")


def test_what_a_check_found_is_kept_and_not_looked_for_again_at_once(doing):
    def find():
        raise Found("Two numbers differ.")

    doing(find)
    make_due("views")

    work()

    assert (views().error, views().leased_until, DBTaskResult.objects.get().status) == (
        "Two numbers differ.",
        None,
        "SUCCESSFUL",
    )


def test_a_chore_that_was_cut_off_is_begun_again_and_never_beside_itself(doing):
    done = []
    doing(lambda: done.append(1) or "Done.")
    make_due("views")
    planning.plan_due()
    DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now(), worker_ids=["gone"])
    make_due("views")

    work()
    assert (done, DBTaskResult.objects.count()) == ([], 1)

    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(seconds=661))
    work()
    assert (done, DBTaskResult.objects.get().status) == ([1], "SUCCESSFUL")


def test_a_chore_that_waited_too_long_is_given_back_and_planned_anew(doing):
    done = []
    doing(lambda: done.append(1) or "Done.")
    make_due("views")
    planning.plan_due()
    lease = timezone.now() + timedelta(seconds=600)
    Chore.objects.update(leased_until=lease)

    said = chores.run_chore.call("views", lease.isoformat())

    assert (said, done, views().leased_until) == ("Left for the next run.", [], None)
    assert planning.plan_due() == ["views"]


def test_whoever_has_no_lease_does_nothing(doing):
    done = []
    doing(lambda: done.append(1) or "Done.")
    make_due("views")
    planning.plan_due()
    before = views().leased_until

    said = chores.run_chore.call("views", (timezone.now() + LONG).isoformat())

    assert (said, done, views().leased_until) == ("Left for the next run.", [], before)


def test_a_lease_that_ran_out_is_planned_anew(rows):
    make_due("views")
    planning.plan_due()
    make_due("views")
    Chore.objects.update(leased_until=timezone.now())

    assert planning.plan_due() == ["views"]


def test_a_chore_of_another_version_is_left_alone(rows):
    Chore.objects.create(name="unheard-of", due_at=timezone.now() - LONG)

    assert planning.plan_due() == []
    assert chores.run_chore.call("unheard-of", timezone.now().isoformat()) == "This chore no longer exists."


def test_a_chore_is_ended_by_its_own_limit(doing):
    doing(lambda: "Done.", seconds=5)
    make_due("views")
    planning.plan_due()
    DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now(), worker_ids=["gone"])

    for seconds, state in ((64, "RUNNING"), (66, "SUCCESSFUL")):
        DBTaskResult.objects.update(started_at=timezone.now() - timedelta(seconds=seconds))
        work()
        assert DBTaskResult.objects.get().status == state


@pytest.mark.parametrize(
    "name, said",
    [
        (
            "clean-up",
            (
                "0 closed accounts erased, 0 sign-ups never confirmed, 0 old drafts, 0 spent limits, 0 old reading marks, 0 old traces, "
                "0 uploads that no post uses, 0 pictures of titles, 0 old emails, 0 old inbox items."
            ),
        ),
        ("views", "0 old view counts."),
        ("points", "0 totals checked."),
        ("vote-rings", "0 members’ votes undone."),
        ("words", "0 posts whose words were learned."),
        ("statistics", "Done."),
        ("numbers", "All totals are correct."),
        ("log", "The log is intact: 0 entries."),
        ("jobs", "0 finished jobs."),
        ("mails", "0 emails queued again."),
        ("digests", "0 summaries queued."),
        ("reminders", "0 members reminded of bookmarks."),
    ],
)
def test_a_chore_of_a_new_site_has_little_to_do(rows, name, said):
    make_due(name)

    work()

    row = Chore.objects.get(name=name)
    assert (row.said, row.error) == (said, "")


def test_every_chore_is_tried():
    assert set(CHORES) == {
        *("clean-up", "views", "points", "vote-rings", "words", "statistics", "numbers", "log", "jobs"),
        *("mails", "digests", "reminders"),
    }


def test_numbers_that_differ_are_told_without_a_name(rows, ann):
    User.objects.filter(pk=ann.pk).update(reputation=7)
    make_due("numbers")

    work()

    row = Chore.objects.get(name="numbers")
    assert row.error == "1 totals are wrong. “Recount” corrects them."


def test_a_log_that_was_cut_is_told(rows, mo, question):
    log.append("post.hidden", actor=mo, post=question, reason="Spam")
    LogHead.objects.update(hash="another")
    make_due("log")

    work()

    assert Chore.objects.get(name="log").error.startswith("Entry 1 of the log: ")


def test_finished_jobs_are_forgotten_those_that_failed_later(rows):
    now = timezone.now()
    for status, days in (("SUCCESSFUL", 2), ("SUCCESSFUL", 0), ("FAILED", 59), ("FAILED", 61), ("READY", 90)):
        job = chores.run_chore.enqueue("unheard-of", "")
        finished = None if status == "READY" else now - timedelta(days=days)
        DBTaskResult.objects.filter(pk=job.id).update(status=status, finished_at=finished, run_after=now + LONG)
    make_due("jobs")

    work()

    left = DBTaskResult.objects.exclude(args_kwargs__args__0="jobs").values_list("status", flat=True)
    assert (Chore.objects.get(name="jobs").said, sorted(left)) == (
        "2 finished jobs.",
        ["FAILED", "READY", "SUCCESSFUL"],
    )


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_many_who_plan_at_once_plan_each_chore_once():
    planning.settle_in()
    make_due(*CHORES)

    planned = at_once(planning.plan_due, 8)

    assert sorted(name for names in planned for name in names) == sorted(CHORES)
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == len(CHORES)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_many_who_take_back_the_same_job_do_so_once():
    planning.settle_in()
    make_due("views")
    planning.plan_due()
    DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now() - LONG, worker_ids=["gone"])

    assert sum(at_once(outcomes.take_back_expired, 8)) == 1


def at_once(act, times):
    """Do `act` so many times at the same moment, each with a connection of its own; return what each returned."""
    start = Barrier(times)

    def run():
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return [each.result(timeout=60) for each in [pool.submit(run) for _ in range(times)]]
