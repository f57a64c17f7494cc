"""What the tests of actions compare: everything the forum knows, its log and its ledger."""

from django.apps import apps
from django.db.models import F

from accounts.models import User
from forum.models import Event, ReputationChange


def everything():
    """Return every row of the forum and of its members; equal before and after means that nothing changed."""
    tables = [User, *apps.get_app_config("forum").get_models(include_auto_created=True)]
    rows = {table.__name__: table for table in tables if not table._meta.proxy}
    return {name: list(table._base_manager.order_by("pk").values()) for name, table in rows.items()}


def everything_but_drafts():
    """Return the same without what keeping a draft writes: the draft, the guest it is kept for, and its limit."""
    return {name: rows for name, rows in everything().items() if name not in {"Draft", "Guest", "LimitEntry"}}


def verbs(**about):
    """Return the verbs of the log, oldest first; `verbs(post=question)` of one post alone."""
    return list(Event.objects.filter(**about).order_by("pk").values_list("verb", flat=True))


def ledger(member):
    """Return the reasons and points that `member` got in a test, oldest first."""
    lines = ReputationChange.objects.filter(member=member).exclude(reason="opening_balance")
    return list(lines.order_by("pk").values_list("reason", "points"))


def points(member):
    """Return the points of `member` as the database has them."""
    return User.objects.values_list("reputation", flat=True).get(pk=member.pk)


def counts(post):
    """Return the cached votes of `post`: up, down, score."""
    return type(post).objects.filter(pk=post.pk).values_list("up_count", "down_count", F("score")).get()
