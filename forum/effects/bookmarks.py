"""Bookmarks whose day has come."""

from forum.effects import events
from forum.models import Bookmark

DUE = "bookmark.due"


def remind(bookmark: Bookmark) -> None:
    """Have the member told of what they saved. The event names post and member; the note stays where it is."""
    events.record(DUE, actor=None, post=bookmark.post, member=bookmark.member)
