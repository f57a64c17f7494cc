"""What is true: every table of the forum, named once; others import from here."""

from forum.models.categories import Category
from forum.models.drafts import Draft
from forum.models.events import Event
from forum.models.follows import Bookmark
from forum.models.guests import Guest, Person
from forum.models.limits import LimitEntry
from forum.models.moderation import Closure, Flag, Removal, Suspension
from forum.models.notes import ContentNote
from forum.models.pages import HelpLine, Page
from forum.models.pictures import Picture
from forum.models.posts import Answer, Comment, Post, Question
from forum.models.reputation import ReputationChange
from forum.models.revisions import Revision
from forum.models.site import SiteSettings
from forum.models.tags import Tag, TaggedPost
from forum.models.votes import Vote

__all__ = [
    "Answer",
    "Bookmark",
    "Category",
    "Closure",
    "Comment",
    "ContentNote",
    "Draft",
    "Event",
    "Flag",
    "Guest",
    "HelpLine",
    "LimitEntry",
    "Page",
    "Person",
    "Picture",
    "Post",
    "Question",
    "Removal",
    "ReputationChange",
    "Revision",
    "SiteSettings",
    "Suspension",
    "Tag",
    "TaggedPost",
    "Vote",
]
