"""What the database holds about members."""

import pytest

from accounts.models import User
from tests.factories import make_member
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_a_name_that_looks_like_a_taken_one_is_refused():
    make_member("Paula Bell")

    with refused("user_name_unique_among_look_alikes", "accounts_user.name_key"):
        make_member("PAULA BEII")


def test_an_address_belongs_to_one_member_in_any_spelling():
    make_member("ann", email="ann@example.org")

    with refused("user_email_unique"):
        make_member("bob", email="Ann@Example.org")


def test_members_without_an_address_are_many():
    make_member("ann", email="")
    make_member("bob", email="")

    assert User.objects.filter(email="").count() == 2


def test_a_member_has_a_name(ann):
    with refused("user_has_a_name"):
        User.objects.filter(pk=ann.pk).update(username="")
