"""Case, Appeal: what waits for a person's decision."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from forum.choices import AppealState, CaseKind, PostStatus, Urgency
from forum.limits import CLAIM_MINUTES
from forum.models.categories import Category
from forum.models.guests import Person


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, most urgent first."""

    def open(self) -> "CaseQuerySet":
        """Only those nobody has decided."""
        return self.filter(closed_at=None)

    def visible_to(self, viewer: Person) -> "CaseQuerySet":
        """Only what `viewer` looks after: moderators all of it, helpers what stands in their topics and below them.

        What a moderator took out of sight, and what somebody asks to be looked at again, is the moderators' alone.
        """
        if viewer.is_moderator:
            return self
        if not viewer.is_helper:
            return self.none()
        return self.filter(
            Q(post__question=None) | Q(post__question__status=PostStatus.PUBLISHED),
            category__in=Category.objects.looked_after_by(viewer),
            post__status__in=(PostStatus.PUBLISHED, PostStatus.WAITING),
            appeal=None,
        )

    def to_decide(self) -> "CaseQuerySet":
        """Only those that the queue shows: open ones, and of a reported first post the report alone."""
        reported = Case.objects.open().filter(post=OuterRef("post"), kind=CaseKind.REPORT)
        return self.open().filter(~Q(kind=CaseKind.FIRST_POST) | ~Exists(reported))

    def most_urgent_first(self) -> "CaseQuerySet":
        """The most urgent first, then the oldest."""
        return self.order_by("urgency", "pk")


class Case(models.Model):
    """One thing a person is asked to decide: reports on a post or a member, a post that waits, an edit, an appeal.

    One is open per subject and kind. `category` is the question's, so that its helpers find it. `outcome` is the
    verb of the log that closed it, or `kept` or `withdrawn`.
    """

    kind = models.CharField(max_length=11, choices=CaseKind.choices)
    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, null=True, related_name="cases")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="cases")
    suggestion = models.ForeignKey("forum.Suggestion", on_delete=models.CASCADE, null=True, related_name="cases")
    appeal = models.ForeignKey("forum.Appeal", on_delete=models.CASCADE, null=True, related_name="cases")
    category = models.ForeignKey("forum.Category", on_delete=models.SET_NULL, null=True, related_name="cases")
    urgency = models.PositiveSmallIntegerField(choices=Urgency.choices, default=Urgency.LOW)
    details = models.JSONField(default=list)  # sentences of the software that say why it is here
    # Opened by words that call for care or by a guest who worries, so it is urgent until somebody decides it.
    is_care = models.BooleanField(default=False)
    wants_second = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=40, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "kind"],
                condition=Q(closed_at=None, suggestion=None, appeal=None),
                name="case_one_open_per_post_and_kind",
            ),
            models.UniqueConstraint(
                fields=["member", "kind"],
                condition=Q(closed_at=None, post=None, appeal=None),
                name="case_one_open_per_member_and_kind",
            ),
            models.UniqueConstraint(
                fields=["suggestion"], condition=Q(closed_at=None), name="case_one_open_per_suggestion"
            ),
            models.UniqueConstraint(fields=["appeal"], condition=Q(closed_at=None), name="case_one_open_per_appeal"),
            models.CheckConstraint(
                condition=Q(post__isnull=False) | Q(member__isnull=False) | Q(appeal__isnull=False),
                name="case_is_about_something",
            ),
        ]
        indexes = [
            models.Index(fields=["urgency", "id"], condition=Q(closed_at=None), name="case_open_by_urgency"),
            models.Index(fields=["-closed_at"], condition=Q(closed_at__isnull=False), name="case_by_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"

    @property
    def claimer(self) -> User | None:
        """Who looks after this just now; a claim ends by itself after a while, and when its owner may only read."""
        if self.claimed_by is None or self.claimed_at is None or self.claimed_by.is_suspended:
            return None
        return self.claimed_by if self.claimed_at > timezone.now() - timedelta(minutes=CLAIM_MINUTES) else None


class Appeal(models.Model):
    """Somebody asks that an act of a moderator be looked at again, by another moderator."""

    entry = models.ForeignKey("forum.LogEntry", on_delete=models.PROTECT, related_name="appeals")
    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, null=True, related_name="appeals")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="appeals")
    guest = models.ForeignKey("forum.Guest", on_delete=models.CASCADE, null=True, related_name="appeals")
    text = models.CharField(max_length=1000)
    state = models.CharField(max_length=8, choices=AppealState.choices, default=AppealState.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry"], name="appeal_one_per_act"),
            models.CheckConstraint(
                condition=Q(member=None, guest__isnull=False) | Q(member__isnull=False, guest=None),
                name="appeal_has_one_author",
            ),
        ]

    def __str__(self) -> str:
        return f"Appeal against act {self.entry_id}"
