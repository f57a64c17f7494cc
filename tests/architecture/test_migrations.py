"""The tables in the migrations are the tables in the models."""

import re

import pytest
from django.core.management import call_command

from tests.architecture.sources import PACKAGES, ROOT


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    call_command("makemigrations", check_changes=True, dry_run=True)

    assert capsys.readouterr().out == "No changes detected\n"


def test_migrations_are_named_by_hand():
    names = [path.stem for package in PACKAGES for path in (ROOT / package).glob("migrations/0*.py")]

    assert [name for name in names if re.search(r"_auto_\d|_and_more$", name)] == []
