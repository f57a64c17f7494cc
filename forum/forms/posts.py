"""The shape of a question, an answer and an edit."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.http import QueryDict

from accounts.fields import LineField, TextField
from forum.choices import Audience, Intent
from forum.forms.begun import BegunField, choices_in, read_choices
from forum.forms.begun import Choices as Chosen
from forum.forms.tag_names import TagsField
from forum.forms.writing import NO_NOTE, Choices, WritingForm
from forum.limits import (
    ANSWER_SHORTEST,
    BODY_LENGTH,
    COMMENT_LENGTH,
    TITLE_LENGTH,
    TITLE_SHORTEST,
    Rules,
)
from forum.models import Person, Post
from forum.permissions import is_author

_INTENTS = [
    (Intent.ADVICE.value, "compass|Advice|Ideas I could try"),
    (Intent.LISTENING.value, "ear|Listening|I need to be heard"),
    (Intent.INFORMATION.value, "book|Information|Facts and sources"),
]
_AUDIENCES = [
    (Audience.EVERYONE.value, "Everyone"),
    (Audience.UNLISTED.value, "Everyone, but not search engines"),
    (Audience.MEMBERS.value, "Members of this site only"),
]
_REASON_LENGTH = 300  # the column of `Revision`
_LEAVE_OUT = "Please leave out full names, addresses and phone numbers, yours and other people’s."
_TITLE_MESSAGES = {
    "required": "Write your question in one sentence.",
    "max_length": f"A title can have up to {TITLE_LENGTH} characters. Put the rest below.",
}


def _notes_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="Content note",
        required=False,
        initial=[NO_NOTE],
        widget=forms.CheckboxSelectMultiple,
        help_text="Some readers need a moment before a hard subject. They open your post with one tap.",
        error_messages={"invalid_choice": "This note is no longer available. Choose another one."},
    )


class AudienceField(forms.ChoiceField):
    """How far a question may travel; a form without the field is for everyone."""

    def clean(self, value: Any) -> Any:
        """Return the chosen audience."""
        return super().clean(value or Audience.EVERYONE.value)


class TopicSelect(forms.Select):
    """The topics, of which some cannot be chosen."""

    refused: Mapping[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        """Return one topic for the template, out of reach where it is refused."""
        option = super().create_option(name, value, *args, **options)
        if str(value) in self.refused:
            option["attrs"]["disabled"] = True
        return option


class QuestionForm(WritingForm):
    """A question as it is asked."""

    problems_in_short = {
        ("title", "min_length"): "Make the title a little longer",
        ("title", "required"): "Write your question in one sentence",
        ("title", "max_length"): "Make the title a little shorter",
        ("category", "required"): "Choose a topic",
        ("category", "invalid_choice"): "Choose a topic",
        ("category", "refused"): "Choose another topic",
    }
    field_order = ["title", "body", "intent", "category", "tags", "notes", "audience"]

    title = LineField(
        label="Your question in one sentence",
        max_length=TITLE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 1, "class": "input input-lg"}),
        error_messages=_TITLE_MESSAGES,
        validators=[
            MinLengthValidator(
                TITLE_SHORTEST,
                message=f"Write at least {TITLE_SHORTEST} characters, so that people can tell what you’re asking.",
            )
        ],
    )
    body = TextField(label="A little more", longest=BODY_LENGTH, required=False, help_text=_LEAVE_OUT)
    intent = forms.ChoiceField(
        label="What would help?",
        required=False,
        choices=_INTENTS,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the three, or none."},
    )
    category = forms.TypedChoiceField(
        label="Topic",
        coerce=int,
        widget=TopicSelect,
        error_messages={
            "required": "Choose the closest topic. You can change it later.",
            "invalid_choice": "This topic no longer exists. Choose the closest one.",
        },
    )
    tags = TagsField(label="Tags", required=False)
    notes = _notes_field()
    audience = AudienceField(
        label="Who can read it",
        choices=_AUDIENCES,
        initial=Audience.EVERYONE.value,
        error_messages={"invalid_choice": "Choose who can read it."},
    )

    def __init__(
        self,
        *args: Any,
        categories: Choices,
        rules: Rules,
        refused: Mapping[str, str] = MappingProxyType({}),
        **options: Any,
    ) -> None:
        super().__init__(*args, rules=rules, **options)
        self._refused = refused
        category = self.fields["category"]
        assert isinstance(category, forms.TypedChoiceField)  # the type checker cannot know
        assert isinstance(category.widget, TopicSelect)
        category.choices = [("", "Choose a topic"), *categories]
        category.widget.refused = refused
        tags = self.fields["tags"]
        assert isinstance(tags, TagsField)  # the type checker cannot know
        tags.count_by(rules)
        if "guest_email" in self.fields:
            self.fields["guest_email"].label = "Email me about answers"

    def clean_category(self) -> Any:
        """Refuse a topic in which one may not ask, with what is missing."""
        chosen = self.cleaned_data["category"]
        if sentence := self._refused.get(str(chosen)):
            raise ValidationError(sentence, code="refused")
        return chosen


class AnswerForm(WritingForm):
    """An answer as it is given."""

    problems_in_short = {("body", "required"): "Write your answer", ("body", "min_length"): "Write your answer"}
    field_order = ["body", "notes"]

    body = TextField(
        label="Answer",
        shortest=ANSWER_SHORTEST,
        short="Write a little more. A few honest lines are enough.",
        longest=BODY_LENGTH,
        error_messages={"required": "Write your answer first. A few honest lines are enough."},
    )
    notes = _notes_field()

    def begin_as_asker(self, guest_name: str) -> None:
        """Begin below one's own question: a guest under the name they asked with; who gave an address keeps it."""
        if self.viewer.is_authenticated:
            return
        self.fields["guest_name"].initial = guest_name
        if self.fields["guest_email"].initial:
            del self.fields["guest_email"]


class EditedChoices(forms.Form):
    """The part of a form that tells choices its editor changed from those that were only sent along."""

    def _begin(self) -> None:
        """Keep of the choices a form begins with those that it has fields for."""
        begun = read_choices(self.initial.get("begun"))
        self.initial["begun"] = {name: value for name, value in begun.items() if name in self.fields}

    @property
    def unchanged(self) -> frozenset[str]:
        """The choices that are sent as the form began with them, once it is valid.

        Without a word of how it began, a form may hide a name, and never show it.
        """
        chosen, begun = choices_in(self.cleaned_data), self.cleaned_data.get("begun") or {"is_anonymous": False}
        return frozenset(name for name, value in chosen.items() if name in begun and begun[name] == value)

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed and chosen, without the choices that nobody changed."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.unchanged}

    def choices_over(self, now: Mapping[str, Any]) -> Chosen:
        """Return the choices this form would leave a post with that is as `now` says."""
        mine, theirs = choices_in(self.cleaned_data), choices_in(now)
        return {name: theirs.get(name, value) if name in self.unchanged else value for name, value in mine.items()}

    def take_up(self, now: Mapping[str, Any]) -> None:
        """Show the form again upon a post that is as `now` says: choices nobody changed are the post's."""
        assert isinstance(self.data, QueryDict)  # what a browser sent
        data = self.data.copy()
        for name in self.unchanged & now.keys():
            value = now[name]
            data.pop(name, None)
            if isinstance(value, list | tuple) and name != "tags":
                data.setlist(name, value)
            elif value:
                data[name] = ", ".join(value) if name == "tags" else "on" if value is True else str(value)
        begun = {name: value for name, value in choices_in(now).items() if name in self.fields}
        data["begun"], data["base_version"] = json.dumps(begun), str(now["base_version"])
        self.data = data


class EditForm(EditedChoices, QuestionForm):
    """A post as its editor wants it; asks only what this post has and this editor may change."""

    field_order = [*QuestionForm.field_order, "reason"]

    reason = LineField(
        label="What did you change?",
        required=False,
        max_length=_REASON_LENGTH,
        error_messages={"max_length": f"Use up to {_REASON_LENGTH} characters."},
        help_text="One line for this post’s history.",
    )
    base_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    begun = BegunField()

    def __init__(self, *args: Any, post: Post, viewer: Person, rules: Rules, **options: Any) -> None:
        super().__init__(*args, viewer=viewer, rules=rules, **options)
        for name in self._unfit(post, viewer):
            self.fields.pop(name, None)
        if viewer.is_moderator and not is_author(viewer, post):
            reason = self.fields["reason"]
            reason.required, reason.help_text = True, "The author sees this, and it is kept in the log."
            reason.error_messages["required"] = "Say briefly what you changed and why."
        if not post.is_question:
            self.fields["body"] = self._body(post)
            self.order_fields(self.field_order)
        self._begin()

    @staticmethod
    def _unfit(post: Post, viewer: Person) -> list[str]:
        names = ["guest_name", "guest_email"]
        if not post.is_question:
            names += ["title", "intent", "category", "tags", "audience"]
        if post.is_comment:
            names += ["notes"]
        if not is_author(viewer, post):
            names += ["is_anonymous", "intent", "audience"]
            if not viewer.is_moderator:
                names += ["notes"]
        return names

    @staticmethod
    def _body(post: Any) -> TextField:
        longest = COMMENT_LENGTH if post.is_comment else BODY_LENGTH
        empty = {"required": "Write a few words. To remove the post, delete it instead."}
        return TextField(label=post.get_kind_display(), longest=longest, error_messages=empty)


class RetagForm(EditedChoices, QuestionForm):
    """The topic and tags of a question, for somebody who may correct these and nothing else."""

    base_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    begun = BegunField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = {name: self.fields[name] for name in ("category", "tags", "base_version", "begun")}
        self._begin()
