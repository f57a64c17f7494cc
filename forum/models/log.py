"""LogEntry, LogText, LogHead: every act of moderation, in a chain that shows whether anybody touched it."""

from django.conf import settings
from django.db import models


class LogEntryQuerySet(models.QuerySet["LogEntry"]):
    """The log, newest first."""

    def newest_first(self) -> "LogEntryQuerySet":
        """Order by when it was done."""
        return self.order_by("-number")


class LogEntry(models.Model):
    """One act of moderation. Never changed, never deleted.

    `hash` is over the hash before it and every column here; `digest` is a salted one over the words in `LogText`, so
    that these can be erased by law and the chain still holds. `undoes` is the entry this one takes back.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    verb = models.CharField(max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="log_entries")
    post = models.ForeignKey("forum.Post", on_delete=models.PROTECT, null=True, related_name="log_entries")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="log_entries_about"
    )
    thing = models.CharField(max_length=40, blank=True)  # what else it is about: "flag:12", "block:3"
    undoes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    created_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "log"
        indexes = [
            models.Index(fields=["post", "-number"], name="log_by_post"),
            models.Index(fields=["member", "-number"], name="log_by_member"),
            models.Index(fields=["actor", "-number"], name="log_by_actor"),
            models.Index(fields=["verb", "created_at"], name="log_by_verb_and_time"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} #{self.number}"


class LogText(models.Model):
    """The words of one entry: names, reason, what was before and after. May be erased; the chain stays whole.

    Each part has a salt of its own; what is erased loses it, and leaves its digest in `erased`.
    """

    entry = models.OneToOneField(LogEntry, on_delete=models.PROTECT, primary_key=True, related_name="text")
    salts = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    names = models.JSONField(default=dict)
    erased = models.JSONField(default=dict)
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Words of act {self.entry_id}"


class LogHead(models.Model):
    """The one row that says where the log ends; locked last of all by whoever appends."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="log_head_is_one_row")]

    def __str__(self) -> str:
        return f"Log of {self.number} acts"
