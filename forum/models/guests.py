"""Guest: somebody who writes without an account."""

from typing import TypeAlias

from django.conf import settings
from django.db import models

from accounts.models import User


class Guest(models.Model):
    """One browser without an account; known by a signed cookie or the private return link.

    Nothing in it is ever shown; the display name stands on each post.
    """

    email = models.EmailField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="claimed_guests"
    )

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="guest_by_age")]

    def __str__(self) -> str:
        return f"Guest {self.pk}"

    # What permissions ask of any person; a guest is trusted with nothing.
    is_authenticated = False
    is_helper = False
    is_moderator = False
    is_administrator = False
    is_suspended = False
    must_acknowledge = False
    reputation = 0

    def lacks(self, ability: str) -> None:
        """Return None: nobody suspends a guest; addresses are blocked instead."""


Person: TypeAlias = User | Guest  # who looks or acts; a guest not yet saved is a mere reader
