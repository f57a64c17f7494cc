"""The shape of a comment."""

from accounts.fields import TextField
from forum.forms.writing import WritingForm
from forum.limits import COMMENT_LENGTH


class CommentForm(WritingForm):
    """A comment as it is written."""

    problems_in_short = {("body", "required"): "Write your comment"}
    field_order = ["body"]

    body = TextField(
        label="Your comment",
        longest=COMMENT_LENGTH,
        error_messages={"required": "Write your comment first."},
        help_text=f"Up to {COMMENT_LENGTH:,} characters. If you have more to say, post an answer.",
    )
