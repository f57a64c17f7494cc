"""What members change about themselves, and how an account is closed, opened and erased."""

from datetime import timedelta
from io import BytesIO

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from accounts import members
from accounts.choices import Role
from accounts.models import User
from accounts.signals import account_closed, account_erased
from tests.factories import make_member
from tests.support.accounts import make_account

pytestmark = pytest.mark.django_db


def picture(size=(640, 480)):
    """A PNG of one colour."""
    file = BytesIO()
    Image.new("RGB", size, "#86cbd6").save(file, "PNG")
    file.seek(0)
    return file


@pytest.fixture
def heard():
    """What the two signals of accounts told, in order."""
    told = []

    def closed(member, **_):
        told.append(("closed", member.pk))

    def erased(member, **_):
        told.append(("erased", member.pk))

    account_closed.connect(closed)
    account_erased.connect(erased)
    yield told
    account_closed.disconnect(closed)
    account_erased.disconnect(erased)


def test_saving_a_profile_keeps_name_key_and_words():
    ann = make_member("Ann")

    members.save_profile(ann, name="  Anna   Bell ", about="Two cats.")

    ann.refresh_from_db()
    assert (ann.username, ann.name_key, ann.about) == ("Anna Bell", "annabell", "Two cats.")


@pytest.mark.parametrize("name", ["BOB", "B.o.b", "В0b"])
def test_a_name_that_looks_like_a_taken_one_is_refused(name):
    make_member("Bob")
    ann = make_member("Ann")

    with pytest.raises(ValidationError) as refused:
        members.rename(ann, name)

    ann.refresh_from_db()
    assert ann.username == "Ann"
    assert len(refused.value.messages) == 1


def test_a_member_may_write_the_own_name_another_way():
    ann = make_member("ann")

    members.rename(ann, "Ann")

    ann.refresh_from_db()
    assert ann.username == "Ann"


def test_a_suspended_member_changes_no_profile():
    ann = make_member("Ann", suspended_until=timezone.now() + timedelta(days=1))

    with pytest.raises(PermissionDenied, match=members.PAUSED):
        members.save_profile(ann, name="Anna", about="")

    ann.refresh_from_db()
    assert ann.username == "Ann"


def test_a_picture_becomes_a_small_square_and_replaces_the_old_file(django_capture_on_commit_callbacks):
    ann = make_member("Ann")
    old = members.set_picture(ann, picture()).picture

    with django_capture_on_commit_callbacks(execute=True):
        new = members.set_picture(ann, picture((300, 900))).picture

    with default_storage.open(new) as file, Image.open(file) as shown:
        assert (shown.size, shown.format) == ((256, 256), "WEBP")
    assert default_storage.exists(old) is False


def test_what_is_no_picture_is_refused_and_changes_nothing():
    ann = make_member("Ann")

    with pytest.raises(ValidationError):
        members.set_picture(ann, BytesIO(b"<svg onload='alert(1)'/>"))

    ann.refresh_from_db()
    assert ann.picture == ""


def test_closing_twice_is_closing_once(heard):
    ann = make_member("Ann")

    first = members.close_account(ann).closed_at
    second = members.close_account(ann).closed_at

    assert first == second
    assert heard == [("closed", ann.pk)]


def test_the_only_owner_cannot_close_the_account():
    owner = make_member("Ann", role=Role.OWNER)

    with pytest.raises(ValidationError) as refused:
        members.close_account(owner)

    owner.refresh_from_db()
    assert (owner.closed_at, refused.value.messages) == (None, [members.LAST_OWNER])


def test_one_of_two_owners_can_close_the_account():
    make_member("Bob", role=Role.OWNER)
    owner = make_member("Ann", role=Role.OWNER)

    members.close_account(owner)

    owner.refresh_from_db()
    assert owner.closed_at is not None


def test_reopening_brings_everything_back():
    ann = make_account("Ann", about="Two cats.")
    before = User.objects.values().get(pk=ann.pk)

    members.close_account(ann)
    members.reopen_account(ann)

    assert User.objects.values().get(pk=ann.pk) == before


def test_after_14_days_nothing_of_the_person_is_left(heard):
    ann = make_account("Ann", about="Two cats.")
    members.set_picture(ann, picture())
    members.close_account(ann)

    count = members.finish_closing(timezone.now() + timedelta(days=14, minutes=1))

    ann.refresh_from_db()
    assert count == 1
    assert (ann.username, ann.name_key) == (f"former-member-{ann.pk}", f"#{ann.pk}")
    assert (ann.email, ann.about, ann.picture, ann.is_active) == ("", "", "", False)
    assert ann.has_usable_password() is False
    assert EmailAddress.objects.filter(user=ann).exists() is False
    assert heard == [("closed", ann.pk), ("erased", ann.pk)]


def test_finishing_twice_is_finishing_once(heard):
    ann = make_member("Ann")
    members.close_account(ann)
    late = timezone.now() + timedelta(days=15)

    counts = [members.finish_closing(late), members.finish_closing(late)]

    assert counts == [1, 0]
    assert heard.count(("erased", ann.pk)) == 1


def test_an_account_is_not_erased_before_its_time_nor_when_open():
    ann = make_member("Ann")
    make_member("Bob")
    members.close_account(ann)

    count = members.finish_closing(timezone.now() + timedelta(days=13, hours=23))

    ann.refresh_from_db()
    assert (count, ann.username) == (0, "Ann")


def test_an_erased_account_does_not_open_again():
    ann = make_member("Ann")
    members.close_account(ann)
    members.finish_closing(timezone.now() + timedelta(days=15))

    with pytest.raises(ValidationError):
        members.reopen_account(ann)

    ann.refresh_from_db()
    assert ann.is_active is False
