"""One address, one view, one name; and what changes something is never a GET."""

import pytest
from django.apps import apps
from django.urls import reverse

from tests.architecture.addresses import forum_patterns

# These are pages with a form as well as acts.
PAGES = {"bookmark_note", "edit", "flag", "follow_by_mail", "retag", "roll_back", "vote_to_close"}
READ_ONLY = {"moderate", "revisions"}
ELSEWHERE = {"suggest"}  # leads those who may edit to the form that does
BELOW_A_POST = [pattern.name for pattern in forum_patterns() if str(pattern.pattern).startswith("posts/<int:post_id>/")]
ACTS = [name for name in BELOW_A_POST if name not in READ_ONLY | ELSEWHERE]
OF_A_TEXT = {"roll_back", "hide_revision", "show_revision"}


def address_of(act, question):
    """Return where `act` is done to the question, or to its first text."""
    return reverse(act, args=[question.pk, 1] if act in OF_A_TEXT else [question.pk])


def names_of(view):
    """A view's own name, or with its room before it (`users.answers`: user_answers), or the room's for its index."""
    room = view.__module__.rpartition(".")[2]
    own = {view.__name__, f"{room}_{view.__name__}", f"{room.removesuffix('s')}_{view.__name__}"}
    return own | {room} if view.__name__ == "index" else own


def count_rows():
    """Return how many rows each table of the forum has."""
    return {model.__name__: model._base_manager.count() for model in apps.get_app_config("forum").get_models()}


def test_an_address_is_named_as_its_view():
    strangers = {
        pattern.name: pattern.callback.__name__
        for pattern in forum_patterns()
        if pattern.name not in names_of(pattern.callback)
    }

    assert strangers == {}


@pytest.mark.parametrize("act", sorted(set(ACTS) - PAGES))
def test_an_act_refuses_get_and_changes_nothing(act, question, bob, signed_in):
    before = count_rows()

    answer = signed_in(bob).get(address_of(act, question))

    assert (answer.status_code, "POST" in answer["Allow"]) == (405, True)
    assert count_rows() == before


@pytest.mark.parametrize("act", sorted(set(ACTS) & PAGES))
def test_looking_at_the_form_of_an_act_changes_nothing(act, question, bob, signed_in):
    before = count_rows()

    answer = signed_in(bob).get(address_of(act, question))

    assert answer.status_code == 200
    assert count_rows() == before
