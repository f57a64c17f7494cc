"""What people type when they ask in their own words, and the question of the demo community they mean."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from forum.models import Guest
from forum.queries.search import get_search_page

pytestmark = [pytest.mark.exhaustive, pytest.mark.django_db]

_FILE = Path(__file__).parent / "everyday_questions.txt"
_SHOWN = 3
# Each shares no word with the title that is rare enough.
NOT_FOUND = ["depressed in summer", "what to tell kids when mum cant get up"]


def everyday_questions():
    """Return pairs of what is typed and a part of the title that is meant."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(" = ", 1)) for line in lines if line and not line.startswith("#")]


def is_shown(typed, title):
    rows = get_search_page(Guest(), typed).rows[:_SHOWN]
    return any(title.lower() in row.question.title.lower() for row in rows)


def test_everyday_questions_find_what_is_meant_among_the_first_three():
    call_command("seed", "--demo", stdout=io.StringIO())
    asked = everyday_questions()

    assert len(asked) >= 100
    assert [typed for typed, title in asked if not is_shown(typed, title)] == NOT_FOUND
