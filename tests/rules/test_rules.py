"""The rules in force: defaults, and what an owner changed."""

from importlib import import_module

import pytest
from django.apps import apps

from forum import rules
from forum.limits import LEVELS, Rules, admits
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


def test_an_owners_levels_hold_and_those_that_no_form_admits_are_passed_over():
    SiteSettings.objects.create(
        pk=1,
        levels={
            "level_to_ask": "member",
            "level_to_vote_down": "400",
            "level_to_hide": "helper",
            "level_to_configure": "member",
            "level_to_retag": "many",
            "level_to_vote": 5,
            "points_asked": "7",
        },
    )

    assert rules.current() == Rules(level_to_ask="member", level_to_vote_down="400")


@pytest.mark.parametrize(
    ("name", "level", "is_admitted"),
    [
        ("level_to_ask", "guest", True),
        ("level_to_ask", "250", True),
        ("level_to_ask", "0", False),
        ("level_to_ask", "1000001", False),
        ("level_to_ask", "٢٥٠", False),
        ("level_to_ask", "owner", False),
        ("level_to_vote", "guest", False),
        ("level_to_hide", "administrator", True),
        ("level_to_hide", "helper", False),
        ("level_to_hide", "250", False),
        ("level_to_erase", "moderator", False),
        ("level_to_read", "member", False),
    ],
)
def test_a_level_is_one_of_its_roles_or_points_where_it_takes_them(name, level, is_admitted):
    assert admits(name, level) is is_admitted


def test_every_default_is_a_level_that_is_admitted():
    assert [name for name, rule in LEVELS.items() if not admits(name, rule.default)] == []


def test_points_that_an_owner_had_set_become_levels_and_go_back():
    before = {"points_asked": 5, "points_to_vote_down": 400, "points_to_create_tag": 0, "points_to_close": 900}
    SiteSettings.objects.create(pk=1, numbers=before, levels={"level_to_ask": "member"})
    migration = import_module("forum.migrations.0012_points_become_levels")

    migration.to_levels(apps, None)
    moved = rules.current()
    migration.to_points(apps, None)

    assert moved == Rules(
        points_asked=5,
        level_to_ask="member",
        level_to_vote_down="400",
        level_to_create_tag="member",
        level_to_vote_to_close="900",
    )
    row = SiteSettings.objects.get()
    assert row.numbers == {"points_asked": 5, "points_to_vote_down": 400, "points_to_close": 900}
    assert row.levels == {"level_to_ask": "member"}
