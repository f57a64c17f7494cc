"""Background work in the administration: for administrators, with errors, another try and chores that run now."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from forum.effects.notifications import make_notifications, review_notifications
from forum.jobs import planning
from forum.jobs.chores import CHORES, run_chore
from forum.models import Chore, Event
from tests.support.html import faults_of

pytestmark = pytest.mark.django_db
JOBS = "/admin/django_tasks_database/dbtaskresult/"
CHORE_LIST = "/admin/forum/chore/"


def make_job(status=TaskResultStatus.FAILED, **fields):
    made = review_notifications.enqueue(17)
    given = {
        "exception_class_path": "builtins.ValueError",
        "traceback": "Traceback …\nValueError: no",
        "worker_ids": ["a (gone)", "a", "b"],
        "finished_at": timezone.now(),
        **fields,
    }
    DBTaskResult.objects.filter(pk=made.id).update(status=status, **given)
    return DBTaskResult.objects.get(pk=made.id)


@pytest.fixture
def rows():
    """Every chore has its row."""
    planning.settle_in()


@pytest.mark.parametrize("who, status", [("ann", 403), ("mo", 403), ("ada", 200)])
def test_administrators_alone_read_them(who, status, rows, request, signed_in):
    browser, job = signed_in(request.getfixturevalue(who)), make_job()

    pages = [browser.get(path) for path in (JOBS, f"{JOBS}{job.pk}/change/", CHORE_LIST)]

    assert [page.status_code for page in pages] == [status] * 3


@pytest.mark.parametrize("path", [JOBS, JOBS + "{}/change/", CHORE_LIST, "/admin/"])
def test_the_pages_have_no_fault(path, rows, ada, signed_in):
    page = signed_in(ada).get(path.format(make_job().pk)).content.decode()

    assert faults_of(page) == []


@pytest.mark.parametrize("state, found", [("ready", 1), ("running", 0), ("failed", 2), ("successful", 0), ("x", 3)])
def test_jobs_are_filtered_by_their_state(state, found, ada, signed_in):
    make_job()
    make_job()
    make_job("READY", worker_ids=[], exception_class_path="")

    page = signed_in(ada).get(f"{JOBS}?state={state}", follow=True)

    assert len(page.context["cl"].result_list) == found


def test_no_other_column_filters_them(ada, signed_in):
    assert signed_in(ada).get(f"{JOBS}?args_kwargs__contains=1").status_code in {302, 400}


def test_the_page_of_a_job_says_all_there_is(ada, signed_in):
    page = signed_in(ada).get(f"{JOBS}{make_job().pk}/change/").content.decode()

    said = ("<h1>Review notifications</h1>", "17", "Given up", "3, 1 without an end", "ValueError: no", "Try again")
    assert [words for words in said if words not in page] == []


@pytest.mark.parametrize(
    ("task", "given", "is_said"), [(run_chore, ["tidy", ""], True), (make_notifications, [17], False)]
)
def test_only_of_a_chore_it_is_told_what_it_said(task, given, is_said, ada, signed_in):
    job = DBTaskResult.objects.get(pk=task.enqueue(*given).id)
    DBTaskResult.objects.filter(pk=job.pk).update(status="SUCCESSFUL", return_value=4321, finished_at=timezone.now())

    assert ("4321" in signed_in(ada).get(f"{JOBS}{job.pk}/change/").content.decode()) == is_said


def test_what_tells_people_something_is_listed_when_it_makes_trouble(ada, signed_in):
    for number, error in ((17, ""), (18, "builtins.ValueError")):
        job = make_notifications.enqueue(number, 4)
        DBTaskResult.objects.filter(pk=job.id).update(exception_class_path=error)
    browser = signed_in(ada)

    listed = [row.args_kwargs["args"] for row in browser.get(JOBS).context["cl"].result_list]
    page = browser.get(f"{JOBS}{job.id}/change/").content.decode()

    assert listed == [[18, 4]]
    assert (">18<" in page, "18, 4" in page) == (True, False)


@pytest.mark.parametrize("status", ["FAILED", "READY"])
def test_a_job_is_tried_again_with_all_its_tries(status, ada, signed_in):
    job = make_job(status, run_after=timezone.now() + timedelta(hours=1))

    answer = signed_in(ada).post(f"{JOBS}{job.pk}/retry/", follow=True)

    job.refresh_from_db()
    assert (job.status, job.run_after, job.worker_ids, job.finished_at) == ("READY", get_date_max(), [], None)
    assert [str(message) for message in answer.context["messages"]] == ["It will be tried again now."]
    assert Event.objects.values_list("verb", "actor", "data").get() == (
        "job.retried",
        ada.pk,
        {"task": "forum.effects.notifications.review_notifications"},
    )


@pytest.mark.parametrize("status, said", [("RUNNING", "This job is running."), ("SUCCESSFUL", "This job is done.")])
def test_what_runs_or_is_done_is_not_tried_again(status, said, ada, signed_in):
    job = make_job(status)

    answer = signed_in(ada).post(f"{JOBS}{job.pk}/retry/", follow=True)

    job.refresh_from_db()
    assert (job.status, [str(message) for message in answer.context["messages"]]) == (status, [said])
    assert ("Try again</button>" in answer.content.decode(), Event.objects.count()) == (False, 0)


@pytest.mark.parametrize("who", ["ann", "mo"])
def test_nobody_else_has_work_done(who, rows, request, signed_in):
    browser, job = signed_in(request.getfixturevalue(who)), make_job()
    due = Chore.objects.get(name="views").due_at

    answers = [browser.post(f"{JOBS}{job.pk}/retry/"), browser.post(f"{CHORE_LIST}views/run/")]

    job.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403, 403]
    assert (job.status, Chore.objects.get(name="views").due_at) == ("FAILED", due)


def test_what_is_not_there_is_not_found(ada, rows, signed_in):
    browser = signed_in(ada)
    paths = [f"{JOBS}{uuid4()}/retry/", f"{CHORE_LIST}nothing/run/"]

    assert [browser.post(path).status_code for path in paths] == [404, 404]
    assert [browser.get(path).status_code for path in (f"{JOBS}{make_job().pk}/retry/", f"{CHORE_LIST}views/run/")] == [
        405
    ] * 2


def test_the_list_of_chores_says_how_each_went(rows, ada, signed_in):
    Chore.objects.filter(name="numbers").update(error="Trace\n2 numbers differ.", finished_at=timezone.now())
    Chore.objects.filter(name="views").update(said="3 old view counts.", finished_at=timezone.now())
    Chore.objects.filter(name="log").update(leased_until=timezone.now() + timedelta(hours=1))

    page = signed_in(ada).get(CHORE_LIST).content.decode()

    said = ("Look at it", "2 numbers differ.", "Well", "3 old view counts.", "Starting", "Not run yet")
    assert [words for words in said if words not in page] == []
    assert [routine.label for routine in CHORES.values() if routine.label not in page] == []


def test_a_chore_runs_now(rows, ada, signed_in):
    answer = signed_in(ada).post(f"{CHORE_LIST}views/run/", follow=True)

    said = ["“Delete old view counts” starts as soon as a worker is free."]
    assert [str(message) for message in answer.context["messages"]] == said
    assert planning.plan_due() == ["views"]
    assert Event.objects.values_list("verb", "actor").get() == ("chore.asked_for", ada.pk)


def test_a_chore_that_is_on_its_way_is_not_asked_for_twice(rows, ada, signed_in):
    browser = signed_in(ada)
    browser.post(f"{CHORE_LIST}views/run/")
    planning.plan_due()

    answer = browser.post(f"{CHORE_LIST}views/run/", follow=True)

    assert [str(message) for message in answer.context["messages"]][-1] == "It’s already on its way."
    assert DBTaskResult.objects.count() == 1


def test_the_first_page_tells_administrators_how_long_jobs_wait(rows, ada, mo, signed_in):
    make_job()
    review_notifications.enqueue(1)
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(seconds=400))
    Chore.objects.filter(name="numbers").update(error="2 numbers differ.")

    work = signed_in(ada).get("/admin/").context["overview"].work

    assert (work.queue.waiting, work.longest_wait, work.failed, work.chores_wrong, work.is_late) == (
        1,
        "6 min",
        1,
        1,
        True,
    )
    assert signed_in(mo).get("/admin/").context["overview"].work is None


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("path, queries", [("/admin/", 12), (JOBS, 5), (CHORE_LIST, 5)])
@pytest.mark.parametrize("jobs", [1, 3])
def test_a_page_costs_the_same_few_queries(path, queries, jobs, ada, signed_in, django_assert_num_queries):
    for _ in range(jobs):
        make_job()
    browser = signed_in(ada)

    with django_assert_num_queries(queries):
        browser.get(path)
