"""What the database holds about drafts."""

import pytest

from forum.models import Draft
from tests.factories import make_guest
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_a_draft_belongs_to_somebody():
    with refused("draft_has_one_author"):
        Draft.objects.create(kind="question")


def test_a_draft_belongs_to_one_person_alone(ann, guest):
    with refused("draft_has_one_author"):
        Draft.objects.create(kind="question", author=ann, guest=guest)


def test_a_draft_of_a_question_is_about_no_post(ann, question):
    with refused("draft_of_a_question_is_about_nothing_else"):
        Draft.objects.create(kind="question", author=ann, about=question)


@pytest.mark.parametrize("kind", ["answer", "comment", "edit"])
def test_any_other_draft_is_about_a_post(ann, kind):
    with refused("draft_of_a_question_is_about_nothing_else"):
        Draft.objects.create(kind=kind, author=ann)


def test_a_member_has_one_draft_of_each_writing(ann, question):
    draft = Draft.objects.create(kind="answer", author=ann, about=question)
    Draft.objects.create(kind="answer", author=ann, about=question)

    with refused("draft_one_per_author_and_writing", "forum_draft.author_id, forum_draft.key"):
        Draft.objects.create(kind="question", author=ann, key=draft.key)


def test_a_guest_has_one_draft_of_each_writing(guest, question):
    draft = Draft.objects.create(kind="answer", guest=guest, about=question)
    Draft.objects.create(kind="answer", guest=make_guest(), about=question, key=draft.key)

    with refused("draft_one_per_guest_and_writing", "forum_draft.guest_id, forum_draft.key"):
        Draft.objects.create(kind="answer", guest=guest, about=question, key=draft.key)
