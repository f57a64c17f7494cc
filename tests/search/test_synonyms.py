"""Other names for the tags that a search names."""

import pytest

from forum.choices import SynonymState
from forum.models import Guest, Tag
from forum.search.synonyms import synonyms_of
from tests.factories import LONG_AGO, make_synonym, make_tag

pytestmark = pytest.mark.django_db


def test_a_tag_and_each_of_its_names_lead_to_all_the_others(django_assert_num_queries):
    make_synonym("sleeplessness", make_tag("insomnia"))
    make_synonym("no-sleep", Tag.objects.get())

    with django_assert_num_queries(1):
        found = synonyms_of(["Insomnia", "no sleep", "work"], Guest())

    assert found == {"Insomnia": ("no-sleep", "sleeplessness"), "no sleep": ("insomnia", "sleeplessness")}


def test_only_approved_names_of_standing_tags_count(django_assert_num_queries):
    make_synonym("sleeplessness", make_tag("insomnia"), state=SynonymState.ASKED)
    make_synonym("labour", make_tag("work", removed_at=LONG_AGO))

    assert synonyms_of(["insomnia", "sleeplessness", "labour", "work"], Guest()) == {}
    with django_assert_num_queries(0):
        assert synonyms_of([], Guest()) == {}
