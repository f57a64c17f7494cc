"""What is true: every table of the forum, named once; others import from here."""

from forum.models.blocks import Block, Trace
from forum.models.care import CarePhrase
from forum.models.cases import Appeal, Case
from forum.models.categories import Category, CategoryAddress
from forum.models.chores import Chore
from forum.models.conversations import Conversation, MemberNote, Message, Reply
from forum.models.drafts import Draft
from forum.models.events import Event
from forum.models.flags import Flag, FlagReason
from forum.models.follows import Bookmark, Follow, MailFollow
from forum.models.guests import Guest, Person
from forum.models.limits import LimitEntry
from forum.models.log import LogEntry, LogHead, LogText
from forum.models.mails import Mail
from forum.models.measures import Measure, Merge
from forum.models.mentions import MemberBlock, Mention
from forum.models.notes import ContentNote
from forum.models.notifications import Bundle, Notification, NotificationChoice
from forum.models.pages import HelpLine, Page
from forum.models.pictures import Picture, PictureUse
from forum.models.posts import Answer, Comment, Post, Question
from forum.models.preferences import Preferences
from forum.models.removals import CloseReason, CloseVote, Closure, Removal
from forum.models.reputation import PointsPublication, ReputationChange
from forum.models.revisions import Revision
from forum.models.search import SearchBuild, SearchEntry, SearchWord
from forum.models.site import SiteSettings
from forum.models.spam import LearnedWord, WatchedWord
from forum.models.suggestions import Suggestion
from forum.models.suspensions import AccountMerge, Reversal, Suspension
from forum.models.tags import Tag, TagChange, TagChangePost, TaggedPost, TagRevision, TagSynonym
from forum.models.views import DailyViews, ReadMark
from forum.models.votes import Vote

__all__ = [
    "AccountMerge",
    "Answer",
    "Appeal",
    "Block",
    "Bookmark",
    "Bundle",
    "CarePhrase",
    "Case",
    "Category",
    "CategoryAddress",
    "Chore",
    "CloseReason",
    "CloseVote",
    "Closure",
    "Comment",
    "ContentNote",
    "Conversation",
    "DailyViews",
    "Draft",
    "Event",
    "Flag",
    "FlagReason",
    "Follow",
    "Guest",
    "HelpLine",
    "LearnedWord",
    "LimitEntry",
    "LogEntry",
    "LogHead",
    "LogText",
    "Mail",
    "MailFollow",
    "Measure",
    "MemberBlock",
    "MemberNote",
    "Mention",
    "Merge",
    "Message",
    "Notification",
    "NotificationChoice",
    "Page",
    "Person",
    "Picture",
    "PictureUse",
    "PointsPublication",
    "Post",
    "Preferences",
    "Question",
    "ReadMark",
    "Removal",
    "Reply",
    "ReputationChange",
    "Reversal",
    "Revision",
    "SearchBuild",
    "SearchEntry",
    "SearchWord",
    "SiteSettings",
    "Suggestion",
    "Suspension",
    "Tag",
    "TagChange",
    "TagChangePost",
    "TagRevision",
    "TagSynonym",
    "TaggedPost",
    "Trace",
    "Vote",
    "WatchedWord",
]
