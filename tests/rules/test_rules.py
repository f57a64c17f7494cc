"""The rules in force: defaults, and what an owner changed."""

import pytest

from forum import rules
from forum.limits import Rules
from forum.models import SiteSettings

pytestmark = pytest.mark.django_db


def test_a_site_without_settings_has_the_defaults(django_assert_num_queries):
    with django_assert_num_queries(1):
        site = rules.site()

    assert site.name == "Mindwellnessforum"
    assert (
        site.welcome
        == "Welcome to Mindwellnessforum, where you can ask questions about relationships and mental health"
    )
    assert site.rules == Rules()


def test_an_owners_numbers_and_words_hold(django_assert_num_queries):
    SiteSettings.objects.create(
        pk=1,
        name="Calm",
        tagline="Breathe.",
        welcome="Come in",
        contact_email="owner@example.org",
        has_downvotes=False,
        approval="guests",
        numbers={"points_asked": 5},
    )

    with django_assert_num_queries(1):
        site = rules.site()

    assert (site.name, site.tagline, site.welcome) == ("Calm", "Breathe.", "Come in")
    assert site.contact_email == "owner@example.org"
    assert site.rules == Rules(points_asked=5, has_downvotes=False, approval="guests")
    assert rules.current() == site.rules


def test_numbers_that_are_no_rules_are_passed_over():
    SiteSettings.objects.create(
        pk=1, numbers={"points_asked": "5", "has_downvotes": False, "approval": "guests", "of_old": 3}
    )

    assert rules.current() == Rules(points_asked=5)
