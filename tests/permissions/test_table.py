"""All privileges, asserted wholly: everybody × every permission × every state, against a text that a person can read."""

from dataclasses import replace
from functools import cache

import pytest

from forum import permissions
from forum.limits import LEVELS, Rules
from tests.permissions.acts import ACTS
from tests.permissions.table import TABLE, render, section

AGAIN = "The answers have changed. Is each of them meant? Then write the table anew: python -m tests.permissions"
FIXED_FOR_READERS = {"level_to_read"}  # `visible_to` has no level: everybody reads


def test_everybody_is_told_what_the_table_says():
    assert render(ACTS, Rules()) == TABLE.read_text(encoding="utf-8"), AGAIN


def test_every_permission_is_in_the_table():
    asked = {act.name.partition(",")[0] for act in ACTS}

    assert {name for name in permissions.__all__ if name.startswith(("can_", "needs_"))} == asked


def cost(act):
    return len(act.states)


def test_every_act_stands_there_once():
    names = [act.name for act in ACTS]

    assert names == list(dict.fromkeys(names))


@cache
def asked_by_default(name):
    return next(section(act, Rules()) for act in ACTS if act.name == name)


@pytest.mark.parametrize("name", sorted(set(LEVELS) - FIXED_FOR_READERS))
def test_every_level_decides_something(name):
    default = LEVELS[name].default
    other = replace(Rules(), **{name: "guest" if default == "administrator" else "administrator"})

    assert any(section(act, other) != asked_by_default(act.name) for act in sorted(ACTS, key=cost))
