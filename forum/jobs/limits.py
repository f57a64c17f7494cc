"""How long a job may take: the site's own limit, or that of the chore it does."""

from typing import Any

from django.conf import settings
from django_tasks_db.models import DBTaskResult

from forum.jobs.chores import CHORES, run_chore


def seconds_of(job: DBTaskResult[Any, Any]) -> int:
    """Return after how many seconds the job is ended."""
    given = job.args_kwargs["args"]
    if job.task_path == run_chore.module_path and given and given[0] in CHORES:
        return CHORES[given[0]].seconds
    return int(settings.JOB_SECONDS)
