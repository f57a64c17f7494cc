"""Who may have a session: members whose account is open."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser


class OpenAccountBackend(AuthenticationBackend):  # type: ignore[misc]
    """Knows nobody whose account is closed, so closing it ends every session of it at once."""

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        """Say whether the right password opens a session; a closed account leads to `accounts.stages`."""
        return super().user_can_authenticate(user) and getattr(user, "closed_at", None) is None
