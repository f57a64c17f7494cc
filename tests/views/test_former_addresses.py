"""Topics that were moved: addresses they had before lead to where they stand now."""

import pytest

from forum.actions import tagging
from forum.models import Category, CategoryAddress
from tests.factories import make_category

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(ada, sleep):
    """Dreams, below nights, which moved from sleep to the top and is called Night shifts now."""
    nights = make_category("Nights", parent=sleep)
    dreams = make_category("Dreams", parent=nights)
    nights.parent, nights.slug = None, "shifts"
    tagging.save_category(ada, nights)
    dreams.refresh_from_db()
    return dreams


def led_to(client, path):
    answer = client.get(path)
    return answer.status_code, getattr(answer, "url", "")


def test_a_former_address_leads_to_the_topic_with_its_query(client, moved):
    assert [
        led_to(client, path)
        for path in (
            "/questions/sleep/nights/",
            "/questions/sleep/nights/dreams/?sort=votes&x=1",
            moved.get_absolute_url(),
        )
    ] == [(301, "/questions/shifts/"), (301, "/questions/shifts/dreams/?sort=votes&x=1"), (200, "")]


def test_the_ask_form_takes_a_former_address(client, moved):
    page = client.get("/ask/?category=/sleep/nights/dreams/").content.decode()

    assert f'<option value="{moved.pk}" selected>' in page


def test_a_topic_that_stands_there_wins(client, ada, sleep, moved):
    tagging.save_category(ada, Category(name="Nights", parent=sleep))

    assert led_to(client, "/questions/sleep/nights/") == (200, "")
    assert led_to(client, "/questions/sleep/nights/dreams/") == (301, "/questions/shifts/dreams/")
    assert list(CategoryAddress.objects.values_list("path", flat=True)) == ["sleep/nights/dreams"]


def test_every_former_address_leads_there_directly(client, ada, moved):
    shifts = moved.parent
    shifts.slug = "by-night"
    tagging.save_category(ada, shifts)

    assert {led_to(client, f"/questions/{path}/") for path in ("sleep/nights/dreams", "shifts/dreams")} == {
        (301, "/questions/by-night/dreams/")
    }


def test_a_topic_that_moves_back_has_its_address_again(client, ada, sleep, moved):
    shifts = Category.objects.get(slug="shifts")
    shifts.parent, shifts.slug = sleep, "nights"
    tagging.save_category(ada, shifts)

    assert led_to(client, "/questions/sleep/nights/dreams/") == (200, "")
    assert led_to(client, "/questions/shifts/dreams/") == (301, "/questions/sleep/nights/dreams/")


def test_a_deleted_topic_takes_its_former_addresses_along(client, ada, moved):
    tagging.delete_category(ada, moved)

    assert led_to(client, "/questions/sleep/nights/dreams/") == (404, "")
    assert list(CategoryAddress.objects.values_list("path", flat=True)) == ["sleep/nights"]
