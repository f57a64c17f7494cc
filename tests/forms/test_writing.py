"""What every form for a post shares."""

import time

import pytest

from forum.forms.comments import CommentForm
from forum.forms.drafts import draft_place
from forum.forms.posts import AnswerForm, QuestionForm
from forum.forms.writing import seconds_open, sign_time
from forum.limits import Rules
from forum.models import Guest
from tests.support.typing_forms import typed


def answer_form(**fields):
    """Return a guest's answer, sent."""
    return AnswerForm(typed(**fields), viewer=Guest(), rules=Rules(), notes=[("loss", "Loss")])


@pytest.mark.parametrize("body", ["One line\r\nand another\x00", "\n\nOne line\nand another  \n"])
def test_a_body_arrives_regular(body):
    form = answer_form(body=body)

    assert form.is_valid()
    assert form.cleaned_data["body"] == "One line\nand another"


def test_a_note_beside_none_needed_counts():
    form = answer_form(body="Take heart.", notes=["none", "loss"])

    assert form.is_valid()
    assert form.cleaned_data["notes"] == ["loss"]


def test_a_form_without_notes_to_offer_has_no_field_for_them():
    form = AnswerForm(viewer=Guest(), rules=Rules())

    assert "notes" not in form.fields


def test_a_guest_begins_with_the_address_they_gave_before():
    form = CommentForm(viewer=Guest(email="lea@example.org"), rules=Rules())

    assert form["guest_email"].value() == "lea@example.org"


@pytest.mark.parametrize("title, fits", [("x" * 9, False), ("x" * 10, True), ("x" * 150, True), ("x" * 151, False)])
def test_a_title_has_a_shortest_and_a_longest_length(title, fits):
    data = typed(title=title, category="1")
    form = QuestionForm(data, viewer=Guest(), rules=Rules(), categories=[("1", "Sleep")])

    assert form.is_valid() == fits


def test_a_body_has_no_length_that_would_cut_a_paste():
    assert "maxlength" not in str(AnswerForm(viewer=Guest(), rules=Rules())["body"])


def test_a_clock_tells_how_long_the_form_was_open():
    assert seconds_open(sign_time(time.time() - 60)) == pytest.approx(60, abs=2)


@pytest.mark.parametrize(
    "started", ["", "x", "1:2", "MTc5NTI5MTUyOS4wMg:1xUrKz:l8vEcEs6KPyQR3yiTo_Ns7cubouxT46LNqp_d-YGA_Ax"]
)
def test_a_clock_that_was_altered_tells_nothing(started):
    assert seconds_open(started) is None


@pytest.mark.parametrize("kind, about", [("", ""), ("poem", "1"), ("answer", ""), ("answer", "²"), ("edit", "9" * 30)])
def test_a_draft_needs_a_form_to_belong_to(kind, about):
    assert draft_place(kind, about) is None
