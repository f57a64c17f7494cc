"""Members: suspended, let in again, appointed and corrected, each with a trace in the log and a way back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from forum.actions import sanctioning
from forum.models import Event, Suspension
from tests.admin.acting import REASON, act, act_on_several, undo_last
from tests.factories import make_member
from tests.support.records import everything

LIST = "/admin/accounts/user/"


def path_of(member):
    return f"{LIST}{member.pk}/"


def fresh(member):
    return User.objects.get(pk=member.pk)


def suspend(actor, member):
    return sanctioning.suspend_member(actor, member, until=timezone.now() + timedelta(days=3), reason="Shouting")


def last_event(member):
    return Event.objects.filter(member=member).order_by("-pk").values_list("verb", "actor__username", "reason")[0]


def test_the_button_suspends_and_says_why(mo, ann, signed_in):
    answer = act(signed_in(mo), path_of(ann), "suspend", ability="everything", days="7")

    assert (answer.status_code, answer.url) == (302, f"{path_of(ann)}change/")
    assert timedelta(days=6.9) < fresh(ann).suspended_until - timezone.now() < timedelta(days=7)
    assert last_event(ann) == ("member.suspended", "mo", REASON)


def test_several_are_suspended_at_once(mo, ann, bob, signed_in):
    act_on_several(signed_in(mo), LIST, "suspend", [ann, bob], ability="everything", days="1")

    assert [fresh(ann).is_suspended, fresh(bob).is_suspended] == [True, True]


def test_undo_lets_them_in_again(mo, ann, signed_in):
    browser = signed_in(mo)
    act(browser, path_of(ann), "suspend", ability="everything", days="7")

    undo_last(browser)

    assert fresh(ann).suspended_until is None
    assert last_event(ann) == ("member.suspension_lifted", "mo", "Undone")


def test_the_button_suspends_from_one_ability_and_lifting_ends_all(mo, ann, signed_in):
    browser = signed_in(mo)
    act(browser, path_of(ann), "suspend", ability="voting", days="7")
    act(browser, path_of(ann), "suspend", ability="asking", days="7")
    assert (sorted(fresh(ann).abilities_until), fresh(ann).suspended_until) == (["asking", "voting"], None)
    assert "Without: asking, voting" in browser.get(LIST).content.decode()

    act(browser, path_of(ann), "lift")

    assert fresh(ann).abilities_until == {}


def test_undo_of_lifting_all_brings_all_back(mo, ann, signed_in):
    for ability in ("voting", "asking"):
        until = timezone.now() + timedelta(days=3)
        sanctioning.suspend_member(mo, ann, until=until, reason="Shouting", ability=ability)
    before, browser = fresh(ann).abilities_until, signed_in(mo)
    act(browser, path_of(ann), "lift")

    undo_last(browser)

    assert fresh(ann).abilities_until == before


def test_undo_of_a_longer_suspension_brings_the_shorter_back(mo, ann, signed_in):
    first = suspend(mo, ann)
    browser = signed_in(mo)
    act(browser, path_of(ann), "suspend", ability="everything", days="365")

    undo_last(browser)

    running = Suspension.objects.get(member=ann, lifted_at=None)
    assert (running.until, running.reason) == (first.until, "Shouting")


def test_lifting_and_undo(mo, ann, signed_in):
    suspension = suspend(mo, ann)
    browser = signed_in(mo)

    act(browser, path_of(ann), "lift")
    lifted = fresh(ann).suspended_until
    undo_last(browser)

    assert (lifted, fresh(ann).suspended_until) == (None, suspension.until)


def test_lifting_twice_is_once(mo, ann, signed_in):
    suspend(mo, ann)
    browser = signed_in(mo)
    act(browser, path_of(ann), "lift")
    once = everything()

    act(browser, path_of(ann), "lift")

    assert everything() == once


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("suspend", {"ability": "everything", "days": "7", "reason": ""}),
        ("suspend", {"ability": "everything", "days": "8"}),
        ("suspend", {"ability": "breathing", "days": "7"}),
        ("suspend", {}),
        ("lift", {"reason": " "}),
        ("role", {"role": "helper", "reason": ""}),
        ("role", {"role": "king"}),
    ],
)
def test_a_form_that_lacks_something_changes_nothing(name, fields, ada, ann, signed_in):
    browser = signed_in(ada)
    before = everything()

    answer = act(browser, path_of(ann), name, **fields)

    assert answer.status_code == 422
    assert everything() == before


def test_a_moderator_does_not_suspend_the_team(mo, ada, signed_in):
    browser = signed_in(mo)

    act(browser, path_of(ada), "suspend", ability="everything", days="7")

    assert "Only an administrator can suspend a member of the team." in browser.get("/admin/").content.decode()
    assert not Suspension.objects.exists()


def test_an_administrator_appoints_and_takes_it_back(ada, ann, signed_in):
    browser = signed_in(ada)

    act(browser, path_of(ann), "role", role="helper")
    appointed = fresh(ann).role, last_event(ann)
    undo_last(browser)

    assert appointed == ("helper", ("member.role_changed", "ada", REASON))
    assert fresh(ann).role == "member"


def test_an_administrator_makes_no_owner(ada, ann, signed_in):
    act(signed_in(ada), path_of(ann), "role", role="owner")

    assert fresh(ann).role == "member"


def test_an_administrator_corrects_a_name(ada, ann, signed_in):
    answer = signed_in(ada).post(f"{path_of(ann)}change/", {"username": "Anna", "about": "Likes tea"})

    assert (answer.status_code, answer.url) == (302, LIST)
    assert (fresh(ann).username, fresh(ann).about) == ("Anna", "Likes tea")
    assert last_event(ann)[:2] == ("member.corrected", "ada")


@pytest.mark.parametrize("name", ["", "bob", "b.o.b", "a/b", "x" * 31])
def test_a_name_that_cannot_be_is_refused_beside_its_field(name, ada, ann, bob, signed_in):
    page = signed_in(ada).post(f"{path_of(ann)}change/", {"username": name, "about": "Likes tea"})

    assert "username" in page.context["adminform"].form.errors
    assert "Likes tea" in page.content.decode()
    assert (fresh(ann).username, fresh(ann).about) == ("ann", "")


def test_a_moderator_corrects_no_name(mo, ann, signed_in):
    answer = signed_in(mo).post(f"{path_of(ann)}change/", {"username": "Anna", "about": ""})

    assert (answer.status_code, fresh(ann).username) == (403, "ann")


def test_an_administrator_corrects_no_owner(ada, signed_in):
    owner = make_member("olga", role=Role.OWNER)

    answer = signed_in(ada).post(f"{path_of(owner)}change/", {"username": "Someone", "about": ""})

    assert (answer.status_code, fresh(owner).username) == (403, "olga")


@pytest.mark.parametrize(
    ("who", "offered"), [("mo", ["suspend"]), ("ada", ["suspend", "role"])], ids=["moderator", "administrator"]
)
def test_only_fitting_acts_are_offered(who, offered, ann, request, signed_in):
    page = signed_in(request.getfixturevalue(who)).get(f"{path_of(ann)}change/")

    assert [act.name for act in page.context["acts"]] == offered


def test_the_page_of_a_member_tells_of_suspensions(mo, ann, signed_in):
    suspend(mo, ann)

    page = signed_in(mo).get(f"{path_of(ann)}change/").content.decode()

    assert ("Shouting" in page, "Read-only until" in page) == (True, True)
