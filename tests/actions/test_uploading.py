"""Keeping an uploaded picture."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection
from django.utils import timezone
from PIL import Image

from accounts import members
from forum.actions import uploading
from forum.models import Event, Guest, Picture
from tests.factories import make_member
from tests.support.records import everything

pytestmark = pytest.mark.django_db


def photograph(width=40, height=20):
    """A JPEG with the place where it was taken."""
    file = BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (59.0, 19.0, 0.0)}
    exif[0x010F] = "A camera of mine"
    Image.new("RGB", (width, height), "teal").save(file, "JPEG", exif=exif)
    file.seek(0)
    return file


def files(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_picture_is_kept_under_a_name_nobody_can_guess_with_its_size(newt, settings):
    picture = uploading.upload_picture(newt, photograph())

    assert (picture.uploader, picture.guest, picture.width, picture.height) == (newt, None, 40, 20)
    assert picture.name.startswith("pictures/")
    assert "-40x20." in picture.name
    assert files(settings) == [Path(settings.MEDIA_ROOT) / picture.name]
    assert picture.bytes == files(settings)[0].stat().st_size
    assert Event.objects.values_list("verb", "actor", "data").get() == (
        "picture.uploaded",
        newt.pk,
        {"picture": picture.pk},
    )


def test_nothing_the_camera_wrote_is_kept(newt, settings):
    uploading.upload_picture(newt, photograph())

    content = files(settings)[0].read_bytes()
    assert b"A camera of mine" not in content
    assert dict(Image.open(BytesIO(content)).getexif()) == {}


def test_the_same_picture_twice_is_two_files(newt, settings):
    uploading.upload_picture(newt, photograph())
    uploading.upload_picture(newt, photograph())

    assert len(files(settings)) == Picture.objects.values("name").distinct().count() == 2


def test_a_guest_who_uploads_is_kept():
    picture = uploading.upload_picture(Guest(), photograph())

    assert (picture.uploader, picture.guest) == (None, Guest.objects.get())


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html>" * 50])
def test_what_is_no_picture_leaves_nothing(settings, content):
    before = everything()

    with pytest.raises(ValidationError) as refusal:
        uploading.upload_picture(Guest(), BytesIO(content))

    assert list(refusal.value.message_dict) == ["picture"]
    assert everything() == before
    assert files(settings) == []


def test_a_suspended_member_uploads_nothing(settings):
    sam = make_member("sam", suspended_until=timezone.now() + timedelta(days=1))

    with pytest.raises(PermissionDenied, match="can only read until"):
        uploading.upload_picture(sam, photograph())
    assert (Picture.objects.count(), files(settings)) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_a_picture_is_decoded_before_anything_is_locked(newt):
    class Upload(BytesIO):
        locked = None

        def read(self, *args):
            self.locked = connection.in_atomic_block
            return super().read(*args)

    upload = Upload(photograph().getvalue())
    uploading.upload_picture(newt, upload)
    assert upload.locked is False

    avatar = Upload(photograph().getvalue())
    members.set_picture(newt, avatar)
    assert avatar.locked is False


@pytest.mark.django_db(transaction=True)
def test_a_picture_whose_row_cannot_be_written_leaves_no_file(settings):
    gone = Guest.objects.create()
    Guest.objects.filter(pk=gone.pk).delete()

    with pytest.raises(IntegrityError):
        uploading.upload_picture(gone, photograph())

    assert (files(settings), Picture.objects.count()) == ([], 0)
