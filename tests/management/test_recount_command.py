"""`manage.py recount`: what it prints, and how it ends."""

import io

import pytest
from django.core.management import call_command

from forum.models import Category

pytestmark = pytest.mark.django_db
AGREES = "All totals are correct.\n"


def run(*options):
    output = io.StringIO()
    call_command("recount", *options, stdout=output)
    return output.getvalue()


def test_honest_numbers_end_well(question):
    assert run("--check") == AGREES
    assert run() == AGREES


def test_a_check_names_what_differs_changes_nothing_and_fails(question):
    Category.objects.update(question_count=9)
    output = io.StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("recount", "--check", stdout=output)

    assert end.value.code == 1
    assert output.getvalue() == "Topic “sleep”: question_count was 9, its rows say 1.\n1 differences.\n"
    assert Category.objects.get().question_count == 9


def test_a_repair_names_what_it_put_right_and_is_done(question):
    Category.objects.update(question_count=9)

    assert run() == "Topic “sleep”: question_count was 9, its rows say 1.\n1 differences.\n"
    assert Category.objects.get().question_count == 1
    assert run("--check") == AGREES
