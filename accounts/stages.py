"""The last stage of signing in: a closed account is opened again, or nobody is signed in."""

from allauth.account.stages import LoginStage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url


class ReopenStage(LoginStage):  # type: ignore[misc]
    """Stops whose account is closed, once password and second step have shown that it is theirs."""

    key = "reopen"
    urlname = "reopen"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Lead the owner of a closed account to the page that opens it again, without a session."""
        if getattr(self.login.user, "closed_at", None) is None:
            return None, True
        return HttpResponseRedirect(resolve_url(self.urlname)), True

    def is_resumable(self, request: HttpRequest) -> bool:
        """Leave the sign-in page to whoever would rather use another account."""
        return False
