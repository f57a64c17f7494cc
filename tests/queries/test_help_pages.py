"""Help: the owner's pages, the help lines, the numbers."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from forum.limits import LEVELS, NUMBERS, Rules
from forum.models import Guest, HelpLine, Page
from forum.queries.help_pages import get_crisis_page, get_help_index, get_help_page, get_points_page


def make_line(country="GB", country_name="United Kingdom", name="Samaritans", phone="116 123", **columns):
    return HelpLine.objects.create(country=country, country_name=country_name, name=name, phone=phone, **columns)


def only_line():
    [country] = get_crisis_page().lines.countries
    [line] = country.lines
    return line


@pytest.fixture
def no_pages(db):
    Page.objects.all().delete()
    HelpLine.objects.all().delete()


def test_the_index_lists_the_other_pages_in_their_order(no_pages):
    Page.objects.create(slug="privacy", title="Privacy", position=2)
    Page.objects.create(slug="guidelines", title="How we talk", position=1)
    Page.objects.create(
        slug="help",
        title="When to use this tag, when to use another, and where to start reading.",
        body_html="<p>Here.</p>",
        position=3,
    )

    first, links = get_help_index()

    assert (first.title, first.body_html) == (
        "When to use this tag, when to use another, and where to start reading.",
        "<p>Here.</p>",
    )
    assert [(link.title, link.path) for link in links] == [
        ("How we talk", "/help/guidelines/"),
        ("Privacy", "/help/privacy/"),
    ]


def test_without_any_page_the_fixed_ones_are_still_there(no_pages):
    assert get_help_index()[0].title == "Help"
    assert "emergency number" in get_crisis_page().page.body_html
    assert get_points_page(Rules(), Guest()).page.title == "Points and privileges"


def test_an_unknown_page_is_not_found(no_pages):
    with pytest.raises(Http404, match="no help page"):
        get_help_page("nope")


def test_help_lines_stand_by_country_and_those_for_everywhere_last(no_pages):
    make_line("ZZ", "Everywhere", "Anybody")
    make_line("US", "United States", "988")
    make_line(name="Shout", phone="Text SHOUT to 85258", position=2)
    make_line(position=1)

    assert [(country.name, [line.name for line in country.lines]) for country in get_crisis_page().lines.countries] == [
        ("United Kingdom", ["Samaritans", "Shout"]),
        ("United States", ["988"]),
        ("Everywhere", ["Anybody"]),
    ]


@pytest.mark.parametrize("days, is_stale", [(0, False), (183, False), (184, True), (None, True)])
def test_a_line_nobody_checked_for_half_a_year_says_so(no_pages, days, is_stale):
    make_line(checked_on=None if days is None else timezone.localdate() - timedelta(days=days))

    assert only_line().is_stale is is_stale


@pytest.mark.parametrize(
    "phone, tel", [("116 123", "116123"), ("+44 (0)20-11", "+4402011"), ("988", "988"), ("Text HOME to 741741", "")]
)
def test_only_a_number_is_dialled(no_pages, phone, tel):
    make_line(phone=phone)

    assert only_line().tel == tel


def test_every_number_of_the_rules_is_shown_with_its_reason(db):
    page = get_points_page(Rules(), Guest())

    rows = (*page.points, *page.limits, *page.tags, *page.safety)
    shown = [(row.label, row.number, row.reason) for row in rows]
    assert shown == [(rule.metadata["label"], rule.default, rule.metadata["reason"]) for rule in NUMBERS.values()]
    assert [row.label for row in rows if not row.reason] == []


def test_every_privilege_is_shown_with_what_it_needs(db):
    page = get_points_page(replace(Rules(), level_to_ask="member", level_to_retag="moderator"), Guest())

    shown = {row.label: row.needs for row in page.privileges}
    assert list(shown) == [rule.metadata["label"] for rule in LEVELS.values() if rule.metadata["group"] == "Privileges"]
    assert (shown["Ask"], shown["Answer"], shown["Vote to close, reopen or mark as asked before"]) == (
        "With an account",
        "Open to everyone",
        "1,500 points",
    )
    assert shown["Change the tags and topic of others’ questions"] == "Moderators"


def test_numbers_are_those_in_force(db):
    page = get_points_page(replace(Rules(), points_asked=7, points_answer_up=1), Guest())

    assert [row.number for row in page.points if row.label == "Asking a question"] == [7]
    assert page.example_points == 12 - 20


def test_where_votes_only_go_up_nothing_is_said_of_down_votes(db):
    page = get_points_page(replace(Rules(), has_downvotes=False), Guest())

    assert [row.label for row in (*page.points, *page.privileges) if "down" in row.label.lower()] == []
    assert page.example_points == 200


def test_a_member_sees_what_is_open_to_them(ann):
    reached = {row.label for row in get_points_page(Rules(), ann).privileges if row.is_reached}

    assert "Downvote" in reached
    assert "Edit others’ posts without review" not in reached
