"""The shape of a comment."""

from django import forms

from accounts.fields import GivenField, TextField
from forum.forms.writing import WritingForm
from forum.limits import COMMENT_LENGTH


class CommentForm(WritingForm):
    """A comment as it is written."""

    problems_in_short = {("body", "required"): "Write your comment"}
    field_order = ["body"]
    reply_name = ""  # of whoever wrote the comment that this one answers

    reply_to = GivenField(required=False, max_length=18, widget=forms.HiddenInput)
    body = TextField(
        label="Your comment",
        longest=COMMENT_LENGTH,
        error_messages={"required": "Write your comment first."},
        help_text=f"Up to {COMMENT_LENGTH:,} characters. If you have more to say, post an answer.",
    )
