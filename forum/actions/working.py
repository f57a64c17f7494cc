"""Have background work done again, or now."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.effects import events
from forum.models import Chore, Person

_NOT_NOW = {
    TaskResultStatus.RUNNING: "This job is running.",
    TaskResultStatus.SUCCESSFUL: "This job is done.",
}


@atomic_with_retry
def retry_job(actor: Person, job_id: UUID) -> DBTaskResult[Any, Any]:
    """Have a job that failed done again at once, with all its tries; one that waits for its next try, too.

    Raises `PermissionDenied`, or `ValidationError` when it runs or is done.
    """
    job = DBTaskResult.objects.select_for_update().get(pk=job_id)
    permissions.require(permissions.can_configure(actor, rules.current()))
    refusal = _NOT_NOW.get(TaskResultStatus(job.status))
    if refusal:
        raise ValidationError(refusal)
    if job.status == TaskResultStatus.READY and job.run_after == get_date_max():
        return job

    job.status, job.run_after, job.worker_ids, job.finished_at = TaskResultStatus.READY, get_date_max(), [], None
    job.save(update_fields=["status", "run_after", "worker_ids", "finished_at"])
    events.record("job.retried", actor=actor, data={"task": job.task_path})
    return job


@atomic_with_retry
def run_chore_now(actor: Person, chore: Chore) -> Chore:
    """Let a chore be due now; its next time by the clock stays what it is.

    Raises `PermissionDenied`, or `ValidationError` while it is done or waits for a worker.
    """
    chore = Chore.objects.select_for_update().get(pk=chore.pk)
    permissions.require(permissions.can_configure(actor, rules.current()))
    now = timezone.now()
    if chore.leased_until is not None and chore.leased_until > now:
        raise ValidationError("It’s already on its way.")
    if chore.due_at <= now:
        return chore

    chore.due_at = now
    chore.save(update_fields=["due_at"])
    events.record("chore.asked_for", actor=actor, data={"chore": chore.name})
    return chore
