"""A site whose mails go to a mail server of the test's own."""

import pytest

from tests.support.smtp import mail_server


@pytest.fixture
def smtp(settings):
    """A mail server on loopback; what it took is in `smtp.kept`."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server
