"""The people of the permission tables: rows that were never saved, because permissions ask no query."""

from datetime import UTC, datetime

from accounts.models import User
from forum.choices import PostKind, PostStatus
from forum.limits import Rules
from forum.models import Guest, Post

RULES = Rules()
SUSPENDED = "You can only read until 1 January 2999."
SIGN_IN = "Sign in first. It takes a minute, and you can stay anonymous."


def member(pk, **fields):
    """Return a member with 100 points."""
    return User(pk=pk, username=f"member-{pk}", **{"reputation": 100, **fields})


ANN = member(1)  # wrote the question
BOB = member(2)  # wrote the answer and the comment
NEWT = member(3)  # wrote nothing, has 100 points
TRUSTED = member(4, reputation=250)
EDITOR = member(5, reputation=2_000)
MO = member(6, role="moderator")
ADA = member(7, role="administrator")
SAM = member(8, reputation=5_000, suspended_until=datetime(2999, 1, 1, tzinfo=UTC))
GIL = Guest(pk=1)  # wrote the guest's question
READER = Guest()  # has never posted


def question(author=ANN, **fields):
    """Return an open question by Ann."""
    return Post(pk=10, kind=PostKind.QUESTION, title="How?", slug="how", author=author, **fields)


def guest_question(**fields):
    """Return an open question by the guest Gil."""
    return Post(pk=11, kind=PostKind.QUESTION, title="Why?", slug="why", guest=GIL, **fields)


def answer(to=None, author=BOB, **fields):
    """Return an answer by Bob, to Ann's question unless another is given."""
    asked = to or question()
    return Post(pk=20, kind=PostKind.ANSWER, question=asked, parent=asked, author=author, **fields)


def comment(to=None, **fields):
    """Return a comment by Bob, below Ann's question unless another post is given."""
    above = to or question()
    return Post(pk=30, kind=PostKind.COMMENT, question=above.question or above, parent=above, author=BOB, **fields)


HIDDEN = {"status": PostStatus.HIDDEN}
DELETED = {"status": PostStatus.DELETED}
WAITING = {"status": PostStatus.WAITING}
WITHDRAWN = {"status": PostStatus.WITHDRAWN}
