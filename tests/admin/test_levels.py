"""Privileges in the administration: a role or a number of points, for the team a role alone."""

import pytest

from forum import rules
from forum.limits import LEVELS, Rules
from forum.models import SiteSettings
from tests.admin.filling import errors_of, filled, save
from tests.support.records import everything

PATH = "/admin/forum/sitesettings/1/change/"
POINTS_OR = "Give a number of points from 1 to 1,000,000, or one of these: "


def kept():
    return SiteSettings.objects.values_list("levels", flat=True).get()


def test_every_level_is_there_with_its_reason_and_its_default(ada, signed_in):
    form = signed_in(ada).get(PATH).context["adminform"].form

    shown = {name: (form.fields[name].label, form.fields[name].help_text) for name in LEVELS}

    assert shown == {
        name: (rule.metadata["label"], rule.metadata["reason"] + (" This one is fixed." * form.fields[name].disabled))
        for name, rule in LEVELS.items()
    }


def test_what_keeps_the_site_safe_is_fixed(ada, signed_in):
    form = signed_in(ada).get(PATH).context["adminform"].form

    assert [name for name in LEVELS if form.fields[name].disabled] == [
        "level_to_read",
        "level_to_block",
        "level_to_see_addresses",
        "level_to_merge_accounts",
        "level_to_erase",
        "level_to_change_roles",
        "level_to_configure",
    ]


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("400", "400"),
        (" 2,500 points", "2500"),
        ("007", "7"),
        ("member", "member"),
        ("Moderators", "moderator"),
        ("administrator", "administrator"),
    ],
)
def test_a_level_is_points_or_a_role_however_it_is_written(typed, level, ada, signed_in):
    answer = save(signed_in(ada), PATH, level_to_vote_down=typed)

    assert (answer.status_code, kept()) == (302, {"level_to_vote_down": level})
    assert rules.current() == Rules(level_to_vote_down=level)


@pytest.mark.parametrize("typed", ["", "250", "250 points"])
def test_the_default_is_no_override(typed, ada, signed_in):
    browser = signed_in(ada)
    save(browser, PATH, level_to_vote_down="400")

    save(browser, PATH, level_to_vote_down=typed)

    assert kept() == {}


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("level_to_ask", "everybody", POINTS_OR + "guest, member, helper, moderator, administrator."),
        ("level_to_ask", "owner", POINTS_OR + "guest, member, helper, moderator, administrator."),
        ("level_to_vote", "guest", POINTS_OR + "member, helper, moderator, administrator."),
        ("level_to_vote", "0", POINTS_OR + "member, helper, moderator, administrator."),
        ("level_to_vote", "1000001", POINTS_OR + "member, helper, moderator, administrator."),
        ("level_to_vote", "-5", POINTS_OR + "member, helper, moderator, administrator."),
        ("level_to_hide", "helper", "Choose one of these: moderator, administrator."),
        ("level_to_see_queue", "1500", "Choose one of these: helper, moderator, administrator."),
    ],
)
def test_a_level_that_makes_no_sense_is_said_and_nothing_is_kept(name, typed, sentence, ada, signed_in):
    browser = signed_in(ada)
    before = everything()

    page = save(browser, PATH, name="Calm", **{name: typed})

    assert (page.status_code, errors_of(page)) == (422, {name: [sentence]})
    assert everything() == before


def test_the_team_is_raised_and_lowered_among_roles(ada, signed_in):
    save(signed_in(ada), PATH, level_to_hide="administrator", level_to_see_queue="moderator")

    assert kept() == {"level_to_hide": "administrator", "level_to_see_queue": "moderator"}
    assert rules.current() == Rules(level_to_hide="administrator", level_to_see_queue="moderator")


@pytest.mark.parametrize("name", ["level_to_configure", "level_to_read"])
def test_what_is_fixed_stays_whatever_is_sent(name, ada, signed_in):
    answer = save(signed_in(ada), PATH, **{name: "member"})

    assert (answer.status_code, kept(), rules.current()) == (302, {}, Rules())


def test_what_was_set_stands_in_the_form(ada, signed_in):
    browser = signed_in(ada)
    save(browser, PATH, level_to_ask="member", level_to_close="administrator")

    sent = filled(browser, PATH)

    assert {name: level for name, level in sent.items() if name in LEVELS} == {
        "level_to_ask": "member",
        "level_to_close": "administrator",
    }


def test_a_moderator_reads_the_levels_in_force(mo, ada, signed_in):
    save(signed_in(ada), PATH, level_to_ask="777")

    page = signed_in(mo).get(PATH).content.decode()

    assert ("Vote to close, reopen or mark as asked before" in page, "777" in page) == (True, True)
