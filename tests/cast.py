"""The cast: the people whom every test knows, each with what they may do."""

import pytest
from django.test import Client

from accounts.choices import Role
from forum.views.seen import seen_questions
from tests.factories import make_category, make_guest, make_member, make_question


@pytest.fixture
def ann(db):
    """Asks; has 500 points, so she votes both ways, creates tags and changes others' tags."""
    return make_member("ann", points=500)


@pytest.fixture
def bob(db):
    """Answers; has 2,500 points, so he also edits others' posts."""
    return make_member("bob", points=2_500)


@pytest.fixture
def newt(db):
    """Is new: 100 points, votes up, and not down."""
    return make_member("newt", points=100)


@pytest.fixture
def mo(db):
    """Moderates."""
    return make_member("mo", points=100, role=Role.MODERATOR)


@pytest.fixture
def ada(db):
    """Administers the site."""
    return make_member("ada", points=100, role=Role.ADMINISTRATOR)


@pytest.fixture
def guest(db):
    """Has posted before without an account, and left an address."""
    return make_guest("guest@example.org")


@pytest.fixture
def sleep(db):
    """A topic."""
    return make_category("Sleep")


@pytest.fixture
def question(ann, sleep):
    """Ann's open question."""
    return make_question(ann, title="How do I sleep better?", category=sleep)


@pytest.fixture
def signed_in():
    """Return a client of somebody who has signed in: `signed_in(ann).get("/")`."""

    def sign_in(member):
        client = Client()
        client.force_login(member)
        return client

    return sign_in


@pytest.fixture
def reader(request, client, signed_in, ann):
    """Return the browser of a "guest" or of a "member" (ann), as the test's parameter says."""
    return signed_in(ann) if request.param == "member" else client


@pytest.fixture(autouse=True)
def nothing_seen():
    """Views are counted in memory: no test writes what another has counted."""
    yield
    seen_questions.forget()
