"""Taking back what administrators arranged: roles, names, topics, tags, settings and pages."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.choices import Role
from accounts.models import User
from forum.actions import configuring, describing, staffing, tagging, undoing
from forum.actions.recounting import recount
from forum.models import Category, ContentNote, FlagReason, HelpLine, LogEntry, Page, SiteSettings, Tag
from tests.factories import make_category, make_member, make_note, make_question
from tests.support.records import everything

pytestmark = pytest.mark.django_db
LOGGED = {"LogEntry", "LogText", "LogHead", "Event", "TagRevision"}


def state():
    """Return everything but the log, clocks and what is rendered."""
    tables = {name: rows for name, rows in everything().items() if name not in LOGGED}
    for tie in ("helpers", "required_tags", "own_tags"):
        pairs = sorted(Category.objects.values_list("pk", tie), key=str)
        tables[f"Category_{tie}"] = [{"pair": pair} for pair in pairs]
    tables["CategoryAddress"] = [
        {"at": row["path"], "leads_to": row["category_id"]} for row in tables["CategoryAddress"]
    ]
    clocks = {"updated_at", "markup_version", "revision_count"}
    return {name: [{key: row[key] for key in row if key not in clocks} for row in tables[name]] for name in tables}


def last():
    """Return the last entry of the log."""
    return LogEntry.objects.newest_first().first()


def undo(actor):
    """Take back the last entry."""
    return undoing.undo_entry(actor, last())


def change_a_role(ada):
    staffing.change_role(ada, make_or_get("ann"), role=Role.MODERATOR, reason="Kind and patient")


def correct_a_name(ada):
    staffing.correct_member(ada, make_or_get("ann"), name="Ann Rivers", about="I read a lot.")


def save_a_topic(ada):
    tagging.save_category(ada, Category(name="Work", description="Jobs"), helpers=[make_or_get("ann")])


def move_a_topic(ada):
    topic = Category.objects.get(slug="nights")
    topic.parent, topic.slug, topic.name = None, "shifts", "Shifts"
    topic.answer_guidance, topic.level_to_ask = "Be gentle.", "500"
    tagging.save_category(ada, topic, helpers=[], required_tags=["nights"], own_tags=[])


def place_a_topic(ada):
    tagging.place_category(ada, Category.objects.get(slug="sleep"), step=-1)


def delete_a_topic(ada):
    tagging.delete_category(ada, Category.objects.get(slug="empty"))


def describe_a_tag(ada):
    describing.describe_tag(ada, Tag.objects.get(), excerpt="About the small hours.", guide="")


def save_settings(ada):
    configuring.save_configuration(ada, SiteSettings(pk=1, name="Calm", numbers={"points_joined": 1.5}))


def change_a_page(ada):
    page = Page.objects.get(slug="privacy")
    page.body, page.slug = "We keep *nothing*.", "private"
    configuring.save_configuration(ada, page)


def make_a_line(ada):
    line = HelpLine(country="SE", country_name="Sweden", name="Mind", phone="90101", checked_on=date(2026, 1, 2))
    configuring.save_configuration(ada, line)


def delete_a_note(ada):
    configuring.delete_configuration(ada, ContentNote.objects.get(slug="loss"))


def change_a_reason(ada):
    reason = FlagReason.objects.order_by("pk").first()
    reason.label = "Anything else"
    configuring.save_configuration(ada, reason)


ACTS = [
    *(change_a_role, correct_a_name, save_a_topic, move_a_topic, place_a_topic, delete_a_topic, describe_a_tag),
    *(save_settings, change_a_page, make_a_line, delete_a_note, change_a_reason),
]


def make_or_get(name):
    """Return the member of that name."""
    return User.objects.filter(username=name).first() or make_member(name)


@pytest.fixture
def arranged(ada, ann, sleep):
    """What the acts are about."""
    nights = make_category("Nights", parent=sleep)
    nights.helpers.set([ann])
    make_question(category=make_category("Late", parent=nights))
    empty = make_category("Empty")
    empty.helpers.set([ann])
    empty.former_addresses.create(path="vacant")
    nights.own_tags.add(Tag.objects.create(name="nights", slug="nights"))
    configuring.save_configuration(ada, Page(slug="privacy", title="Privacy", body="We keep *little*."))
    make_note("Loss")


@pytest.mark.parametrize("act", ACTS)
def test_undone_everything_is_as_before_and_done_again_as_after(ada, arranged, act):
    before = state()
    act(ada)
    after = state()

    assert undo(ada) is not None
    assert state() == before

    assert undo(ada) is not None
    assert state() == after

    assert undo(ada) is not None
    assert state() == before
    assert recount(check=True) == []


@pytest.mark.parametrize("act", [act for act in ACTS if act is not describe_a_tag])
def test_moderators_take_none_of_it_back(ada, mo, arranged, act):
    act(ada)
    before = everything()

    with pytest.raises(PermissionDenied, match="Only administrators"):
        undo(mo)
    assert everything() == before


@pytest.mark.parametrize("act", ACTS)
def test_the_same_again_is_not_logged(ada, arranged, act):
    act(ada)
    count = LogEntry.objects.count()
    saved = {save_settings, change_a_role, describe_a_tag}

    if act in saved:
        act(ada)

    assert LogEntry.objects.count() == count


@pytest.mark.parametrize(
    ("act", "later"),
    [
        (change_a_role, lambda: User.objects.filter(username="ann").update(role=Role.HELPER)),
        (correct_a_name, lambda: User.objects.filter(username="Ann Rivers").update(about="More")),
        (save_a_topic, lambda: Category.objects.filter(slug="work").update(icon="c-work")),
        (move_a_topic, lambda: Category.objects.filter(slug="shifts").update(icon="c-work")),
        (place_a_topic, lambda: Category.objects.filter(slug="sleep").update(position=7)),
        (describe_a_tag, lambda: Tag.objects.update(excerpt="More")),
        (change_a_page, lambda: Page.objects.update(body="More")),
        (make_a_line, lambda: HelpLine.objects.update(phone="112")),
    ],
)
def test_what_was_changed_again_since_is_not_taken_back(ada, arranged, act, later):
    act(ada)
    later()
    before = everything()

    with pytest.raises(ValidationError, match="changed since"):
        undo(ada)
    assert everything() == before


def test_a_topic_in_which_somebody_asked_since_stays(ada, arranged):
    save_a_topic(ada)
    make_question(category=Category.objects.get(slug="work"))

    with pytest.raises(ValidationError, match="It has questions, so it can’t be deleted"):
        undoing.undo_entry(ada, LogEntry.objects.get(verb="category.saved"))


def test_a_deleted_topic_whose_address_was_taken_stays_away(ada, arranged):
    delete_a_topic(ada)
    entry = last()
    make_category("Empty")

    with pytest.raises(ValidationError, match="Another topic already has this address"):
        undoing.undo_entry(ada, entry)


def test_a_name_somebody_has_taken_since_is_not_given_back(ada, arranged):
    correct_a_name(ada)
    make_member("ann", email="another@example.org")

    with pytest.raises(ValidationError):
        undo(ada)


def test_an_administrator_does_not_take_back_what_an_owner_decided(ada, ann, arranged):
    owner = make_member("olga", role=Role.OWNER)
    staffing.change_role(owner, ann, role=Role.ADMINISTRATOR, reason="To help me")

    with pytest.raises(PermissionDenied, match="Only an owner"):
        undo(ada)
    assert undo(owner) is not None
