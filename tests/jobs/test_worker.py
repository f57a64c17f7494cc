"""The worker: jobs are done, tried again later, ended in time, and taken back from workers that are gone."""

import signal
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from forum.jobs import outcomes
from forum.jobs.worker import TASKS_A_TURN, Worker
from tests.jobs import errands

pytestmark = pytest.mark.django_db
LONG = timedelta(days=1)


@pytest.fixture
def worker():
    """A worker; nobody has done anything yet."""
    errands.done.clear()
    return Worker("w")


def only_job():
    return DBTaskResult.objects.get()


def change(**fields):
    DBTaskResult.objects.update(**fields)
    return only_job()


def begun_by(name, *, ago=timedelta(0), times=0):
    """Enqueue a job that the worker `name` has begun, and others before it that were lost."""
    errands.note.enqueue("a")
    lost = ["x" + outcomes.GONE] * times
    return change(status=TaskResultStatus.RUNNING, started_at=timezone.now() - ago, worker_ids=[*lost, name])


def test_a_job_is_done_once_and_says_what_it_returned(worker):
    errands.note.enqueue("a")

    turns = [worker.turn(), worker.turn()]

    job = only_job()
    assert (turns, errands.done) == ([True, False], ["a"])
    assert (job.status, job.return_value, job.worker_ids) == ("SUCCESSFUL", "noted a", ["w"])


def test_what_is_urgent_is_done_first_and_what_is_not_due_waits(worker):
    errands.note.enqueue("usual")
    errands.note.using(priority=100).enqueue("urgent")
    errands.note.using(run_after=timezone.now() + LONG).enqueue("tomorrow")

    worker.turn()

    assert errands.done == ["urgent", "usual"]


def test_a_turn_ends_after_so_many_jobs_to_look_at_the_clock(worker):
    for number in range(TASKS_A_TURN + 1):
        errands.note.enqueue(number)

    assert (worker.turn(), len(errands.done)) == (True, TASKS_A_TURN)
    assert (worker.turn(), len(errands.done)) == (True, TASKS_A_TURN + 1)


def test_what_fails_is_tried_again_at_growing_distances_and_then_given_up(worker):
    errands.fail.enqueue("no")
    seen = []
    for _ in range(6):
        worker.turn()
        job = only_job()
        seen.append((job.status, round((job.run_after - timezone.now()).total_seconds(), -1)))
        DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())

    assert [state for state, _ in seen] == ["READY", "READY", "READY", "READY", "FAILED", "FAILED"]
    assert [pause for _, pause in seen[:4]] == [10, 60, 300, 1800]
    job = only_job()
    assert (len(job.worker_ids), job.exception_class_path) == (5, "builtins.ValueError")
    assert job.traceback.endswith("ValueError: no\n")


def test_what_succeeds_later_shows_no_error(worker):
    errands.note.enqueue("a")
    change(exception_class_path="builtins.ValueError", traceback="Trace", worker_ids=["w"])

    worker.turn()

    job = only_job()
    assert (job.status, job.exception_class_path, job.traceback) == ("SUCCESSFUL", "", "")


def test_a_job_that_takes_too_long_is_ended(worker, settings):
    settings.JOB_SECONDS, settings.JOB_LEASE_SECONDS = 1, 2
    errands.wait_for_ever.enqueue()

    worker.turn()

    job = only_job()
    assert (job.status, job.exception_class_path) == ("READY", "forum.jobs.worker.JobTimeout")
    assert job.traceback.endswith("JobTimeout: It took longer than 1 seconds.\n")


@pytest.mark.parametrize(
    "path, error",
    [
        ("tests.jobs.errands.return_what_no_database_keeps", "builtins.TypeError"),
        ("tests.jobs.errands.gone_in_this_version", "builtins.ImportError"),
        ("tests.jobs.errands.done", "django.core.exceptions.SuspiciousOperation"),
    ],
)
def test_a_job_that_cannot_be_done_is_noted_like_one_that_failed(worker, path, error):
    errands.return_what_no_database_keeps.enqueue()
    change(task_path=path)

    worker.turn()

    assert (only_job().status, only_job().exception_class_path) == ("READY", error)


def test_a_job_may_ask_which_try_it_is(worker):
    errands.say_which_try.enqueue()

    worker.turn()

    assert only_job().return_value == 1


def test_a_worker_takes_back_at_once_what_one_of_its_name_had_begun(worker):
    begun_by("w")

    worker.settle_in()

    job = only_job()
    assert (job.status, job.run_after, job.worker_ids) == ("READY", get_date_max(), ["w (gone)"])
    worker.turn()
    assert (errands.done, only_job().status) == (["a"], "SUCCESSFUL")


def test_a_worker_leaves_what_another_has_begun(worker):
    begun_by("someone else")

    worker.settle_in()
    worker.turn()

    assert (only_job().status, errands.done) == ("RUNNING", [])


@pytest.mark.parametrize("seconds, state", [(359, "RUNNING"), (361, "SUCCESSFUL")])
def test_a_job_whose_lease_is_over_belongs_to_nobody(worker, seconds, state):
    begun_by("somebody gone", ago=timedelta(seconds=seconds))

    worker.turn()

    assert only_job().status == state


def test_the_lease_is_the_owners(worker, settings):
    settings.JOB_SECONDS, settings.JOB_LEASE_SECONDS = 5, 7
    begun_by("somebody gone", ago=timedelta(seconds=8))

    assert outcomes.take_back_expired() == 1


def test_a_job_that_ends_its_worker_each_time_has_to_wait_longer_and_is_given_up():
    seen = []
    for lost in (0, 2, 3, 4, 23, 24):
        DBTaskResult.objects.all().delete()
        begun_by("w", times=lost)
        outcomes.take_back_own("w")
        job = only_job()
        at_once = job.run_after == get_date_max()
        seen.append((job.status, at_once or round((job.run_after - timezone.now()).total_seconds())))

    assert seen == [("READY", True), ("READY", True), ("READY", 2), ("READY", 4), ("READY", 60), ("FAILED", True)]
    job = only_job()
    assert (job.exception_class_path, job.traceback) == (
        "forum.jobs.outcomes.WorkerLost",
        "25 workers were gone before this job ended: it may be what ends them. It does not begin by itself.",
    )


def test_lost_workers_cost_a_job_none_of_its_tries(worker):
    errands.fail.enqueue("no")
    change(worker_ids=["w" + outcomes.GONE] * 20)

    worker.turn()

    job = only_job()
    assert (job.status, outcomes.failures_of(job), outcomes.losses_of(job)) == ("READY", 1, 20)


@pytest.mark.parametrize(
    "note", [lambda job: outcomes.note_success(job, 1), lambda job: outcomes.note_failure(job, ValueError())]
)
def test_whoever_has_lost_a_job_says_nothing_about_it(note):
    lost = begun_by("slow", ago=LONG)
    outcomes.take_back_expired()
    taken = change(status=TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=["slow (gone)", "quick"])

    note(lost)

    after = only_job()
    assert (after.status, after.started_at, after.worker_ids) == ("RUNNING", taken.started_at, taken.worker_ids)


def test_a_worker_that_was_told_to_stop_begins_nothing(worker):
    errands.note.enqueue("a")
    worker.shutdown(signal.SIGTERM, None)

    worker.work()

    assert (worker.running, errands.done) == (False, [])


@pytest.mark.parametrize(
    "first, second, is_over", [("INT", "INT", True), ("INT", "TERM", False), ("TERM", "TERM", False)]
)
def test_only_a_second_ctrl_c_means_at_once(worker, first, second, is_over):
    worker.shutdown(signal.Signals[f"SIG{first}"], None)

    with pytest.raises(SystemExit) if is_over else nullcontext():
        worker.shutdown(signal.Signals[f"SIG{second}"], None)


def test_an_empty_queue_costs_two_queries_each_look(worker, django_assert_num_queries):
    worker.settle_in()
    worker.turn()

    with django_assert_num_queries(2):
        worker.turn()


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_job_costs_the_same_few_queries(worker, django_assert_num_queries, jobs):
    worker.settle_in()
    worker.turn()
    for number in range(jobs):
        errands.note.enqueue(number)

    # Two looks, then the claim (in its savepoint) and the outcome of each job, and the look that finds no more.
    with django_assert_num_queries(2 + 5 * jobs + 3):
        worker.turn()
