"""What people type in any form: made regular, and empty when nothing of it can be seen."""

import pytest

from accounts.fields import LineField, TextField, TypedField
from accounts.forms import ProfileForm
from forum.forms.appeals import AppealForm
from forum.forms.messages import MessageForm, NoteForm
from forum.forms.queue import DecideForm

INVISIBLE = [
    "\u200b" * 12,
    "\u2800",
    "\u00ad\u00ad",
    "\u3164",
    "\u115f\u1160\uffa0",
    "\u180b",
    "\u17b4",
    "\ufe0f",
    "\u2060 \u00a0",
]


@pytest.mark.parametrize("field", [LineField(), TextField(longest=99), TypedField()])
@pytest.mark.parametrize("text", INVISIBLE)
def test_what_nobody_sees_is_empty(field, text):
    assert type(field)(required=False).clean(text) == ""
    with pytest.raises(Exception, match="required"):
        field.clean(text)


@pytest.mark.parametrize("text", ["🙂", "❤️", "?", "…", "ok", "نعم", "👩\u200d👧"])
@pytest.mark.parametrize("form, name", [(MessageForm, "text"), (NoteForm, "text"), (AppealForm, "text")])
def test_an_emoji_or_a_sign_says_something(form, name, text):
    given = form({name: text})

    assert given.is_valid()
    assert given.cleaned_data == {name: text}


@pytest.mark.parametrize("text", INVISIBLE)
@pytest.mark.parametrize("form", [MessageForm, NoteForm, AppealForm])
def test_a_message_of_nothing_is_refused(form, text):
    assert form({"text": text}).errors.as_data()["text"][0].code == "required"


def test_about_you_keeps_no_sign_that_could_disturb_the_page():
    form = ProfileForm({"name": "Olivia", "about": " I\ufffe am\x01 \u202ehere\u2066.\r\nHello  "})

    assert form.is_valid()
    assert form.cleaned_data == {"name": "Olivia", "about": "I am here.\nHello"}


def test_words_of_moderators_are_made_regular():
    form = DecideForm({"act": "hide", "reason": "a\u202eb\u2066", "reply": "\u200b"})

    assert form.is_valid()
    assert (form.cleaned_data["reason"], form.cleaned_data["reply"]) == ("ab", "")
