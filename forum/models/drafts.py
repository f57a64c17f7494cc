"""Draft: something typed and not yet posted."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from forum.choices import DraftKind
from forum.models.guests import Person


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts, by whose they are."""

    def of(self, person: Person) -> "DraftQuerySet":
        """Return the drafts of this member or this guest; a mere reader has none."""
        if isinstance(person, User):
            return self.filter(author=person)
        return self.filter(guest=person) if person.pk else self.none()

    def newest_first(self) -> "DraftQuerySet":
        """Order by the last change."""
        return self.order_by("-updated_at", "-pk")


class Draft(models.Model):
    """One writing as it stood when last typed in, and the form it is for; two tabs are two writings.

    `key` is the number of the sitting at the form (its `submission_id`) that saved it last.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="drafts")
    guest = models.ForeignKey("forum.Guest", on_delete=models.CASCADE, null=True, related_name="drafts")
    kind = models.CharField(max_length=8, choices=DraftKind.choices)
    about = models.ForeignKey("forum.Post", on_delete=models.CASCADE, null=True, related_name="drafts")
    key = models.UUIDField(default=uuid.uuid4)
    fields = models.JSONField(default=dict)
    begun_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(author=None, guest__isnull=False) | Q(author__isnull=False, guest=None),
                name="draft_has_one_author",
            ),
            models.CheckConstraint(
                condition=Q(kind=DraftKind.QUESTION, about=None)
                | (~Q(kind=DraftKind.QUESTION) & Q(about__isnull=False)),
                name="draft_of_a_question_is_about_nothing_else",
            ),
            models.UniqueConstraint(
                fields=["author", "key"],
                condition=Q(author__isnull=False),
                name="draft_one_per_author_and_writing",
            ),
            models.UniqueConstraint(
                fields=["guest", "key"],
                condition=Q(guest__isnull=False),
                name="draft_one_per_guest_and_writing",
            ),
        ]
        indexes = [
            models.Index(fields=["author", "-updated_at"], name="draft_by_author"),
            models.Index(fields=["guest", "-updated_at"], name="draft_by_guest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} draft {self.pk}"
