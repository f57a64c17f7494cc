"""A short run of `make stress`: eight write to three questions at once."""

import pytest

from tests.bench import stress

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_many_write_at_once_and_nobody_is_shown_a_failure():
    acts = stress.write(stress.furnish(), acts_each=6)

    report = stress.look_at(acts)

    assert acts.total() == 6 * stress.WRITERS
    assert (report.failures, report.failed_jobs, report.differences, report.flaw) == ({}, 0, [], None)
