"""The site's settings and its numbers: what overrides a default, and how the default comes back."""

import re

import pytest

from forum import rules
from forum.limits import LEVELS, NUMBERS
from forum.models import Event, Post, SiteSettings
from tests.admin.filling import errors_of, filled, said, save
from tests.factories import make_question
from tests.support.records import everything

PATH = "/admin/forum/sitesettings/1/change/"
RULES = [*NUMBERS.values(), *LEVELS.values()]


def kept():
    return SiteSettings.objects.values_list("numbers", flat=True).get()


def test_the_list_leads_to_the_one_row_and_reading_it_writes_nothing(ada, signed_in):
    browser = signed_in(ada)
    before = everything()

    answer = browser.get("/admin/forum/sitesettings/")
    page = browser.get(PATH)

    assert (answer.status_code, answer["Location"], page.status_code) == (302, PATH, 200)
    assert everything() == before


def test_every_number_is_there_with_its_reason_and_its_default(ada, signed_in):
    form = signed_in(ada).get(PATH).context["adminform"].form

    shown = {
        name: (field.label, field.help_text, field.widget.attrs["placeholder"])
        for name, field in form.fields.items()
        if name in NUMBERS
    }

    assert shown == {
        name: (rule.metadata["label"], rule.metadata["reason"], rule.default) for name, rule in NUMBERS.items()
    }


def test_the_numbers_stand_in_their_groups(ada, signed_in):
    page = signed_in(ada).get(PATH)

    groups = {fieldset.name: list(fieldset.fields) for fieldset in page.context["adminform"]}

    assert list(groups) == ["The site", "How it works", "Points", "Privileges", "Team", "Limits", "Tags", "Safety"]
    assert {name: group for group in list(groups)[2:] for name in groups[group]} == {
        rule.name: rule.metadata["group"] for rule in RULES
    }


def test_a_number_overrides_its_default_at_once(ada, signed_in):
    answer = save(signed_in(ada), PATH, points_joined="500", votes_a_day="12")

    assert (answer.status_code, kept()) == (302, {"points_joined": 500, "votes_a_day": 12})
    now = rules.current()
    assert (now.points_joined, now.votes_a_day, now.points_asked) == (500, 12, 20)


def test_an_emptied_number_is_the_default_again(ada, signed_in):
    browser = signed_in(ada)
    save(browser, PATH, points_joined="500", votes_a_day="12")

    save(browser, PATH, points_joined="")

    assert kept() == {"votes_a_day": 12}
    assert rules.current().points_joined == 100


def test_a_number_equal_to_its_default_is_no_override(ada, signed_in):
    save(signed_in(ada), PATH, votes_a_day="40")

    assert kept() == {}


def test_zero_overrides_points(ada, signed_in):
    save(signed_in(ada), PATH, points_joined="0")

    assert (kept(), rules.current().points_joined) == ({"points_joined": 0}, 0)


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("points_joined", "-1", "Give 0 or more, or leave it empty for the default."),
        ("points_joined", "many", "Enter a whole number, or leave it empty for the default."),
        ("points_joined", "1.5", "Enter a whole number, or leave it empty for the default."),
        ("points_joined", "100001", "Give 100,000 at most."),
        ("weight_to_fold", "0", "Give 1 or more, or leave it empty for the default."),
        ("votes_a_day", "0", "Give 1 or more, or leave it empty for the default."),
        ("votes_a_day", "9" * 400, "Give 10,000 at most."),
    ],
)
def test_a_number_that_makes_no_sense_is_said_and_nothing_is_kept(name, typed, sentence, ada, signed_in):
    browser = signed_in(ada)
    before = everything()

    page = save(browser, PATH, name="Calm", **{name: typed})

    assert (page.status_code, errors_of(page)) == (422, {name: [sentence]})
    assert f'value="{typed}"' in page.content.decode()
    assert everything() == before


def test_words_and_choices_are_the_sites_at_once(ada, signed_in, client):
    save(signed_in(ada), PATH, name="Calm", tagline="Be kind.", has_downvotes=None, approval="guests")

    site = rules.site()
    assert (site.name, site.tagline, site.rules.has_downvotes, site.rules.approval) == (
        "Calm",
        "Be kind.",
        False,
        "guests",
    )
    assert "Calm" in client.get("/").content.decode()


def test_a_save_is_logged_with_who_did_it(ada, signed_in):
    save(signed_in(ada), PATH, name="Calm")

    event = Event.objects.get()
    assert (event.verb, event.actor, event.data) == (
        "configuration.saved",
        ada,
        {"kind": "SiteSettings", "id": 1, "name": "Calm"},
    )


@pytest.mark.parametrize(
    ("typed", "is_offered"), [({"points_asked": "5"}, True), ({"votes_a_day": "9"}, False), ({"name": "Calm"}, False)]
)
def test_changed_points_offer_a_recount(typed, is_offered, ada, signed_in):
    browser = signed_in(ada)

    save(browser, PATH, **typed)
    page = browser.get(PATH).content.decode()

    assert "Saved." in page
    assert bool(re.search(r'<a class="btn" href="/admin/recount/">', page)) is is_offered


def test_a_recount_lets_old_points_follow_the_new_numbers(ada, question, signed_in):
    browser = signed_in(ada)
    save(browser, PATH, points_asked="5")
    asked_with_twenty = question.author.reputation_changes.get(reason="asked").points

    page = browser.post("/admin/recount/")

    asked = question.author.reputation_changes.filter(reason="asked").order_by("pk")
    assert (asked_with_twenty, list(asked.values_list("points", flat=True))) == (20, [20, -15])
    assert said(page)[-1].startswith("Recounted:")


def test_a_recount_names_no_member_beside_a_post(ada, ann, sleep, signed_in):
    question = make_question(ann, category=sleep, is_anonymous=True)
    browser = signed_in(ada)
    save(browser, PATH, points_asked="5")
    Post.objects.filter(pk=question.pk).update(answer_count=7)

    page = browser.post("/admin/recount/")

    assert said(page)[-1] == "Recounted: 3 totals corrected."
    assert f"Member {ann.pk}" not in page.content.decode()


def test_what_is_wrong_is_said_on_top_with_a_link_to_its_field(ada, signed_in):
    page = save(signed_in(ada), PATH, votes_a_day="0").content.decode()

    sentence = "Give 1 or more, or leave it empty for the default."
    assert f'<li><a href="#id_votes_a_day">Votes a day</a>: {sentence}</li>' in page


def test_a_moderator_reads_the_settings_and_saves_none(mo, ada, signed_in):
    sent = filled(signed_in(ada), PATH, name="Calm")
    browser = signed_in(mo)
    before = everything()

    page, answer = browser.get(PATH).content.decode(), browser.post(PATH, sent)

    shown = "Each upvote on a question" in page and "A good question helps others who search." in page
    assert (shown, 'name="_save"' in page, answer.status_code) == (True, False, 403)
    assert everything() == before


def test_a_member_gets_no_settings(ann, signed_in):
    assert [signed_in(ann).get(path).status_code for path in (PATH, "/admin/forum/sitesettings/")] == [403, 403]


@pytest.mark.parametrize("path", ["/admin/forum/sitesettings/2/change/", "/admin/forum/sitesettings/add/"])
def test_there_is_one_row(path, ada, signed_in):
    assert signed_in(ada).get(path).status_code in {302, 403}
    assert SiteSettings.objects.count() == 0
