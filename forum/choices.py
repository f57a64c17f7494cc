"""Every enum of the forum, in one place; imports nothing of ours."""

from django.db import models


class PostKind(models.TextChoices):
    """What a post is."""

    QUESTION = "question", "Question"
    ANSWER = "answer", "Answer"
    COMMENT = "comment", "Comment"


class PostStatus(models.TextChoices):
    """Who can see a post; cached from its open `Removal` rows, the strongest of which wins."""

    PUBLISHED = "published", "Published"
    WAITING = "waiting", "Waiting for approval"
    HIDDEN = "hidden", "Hidden by a moderator"
    DELETED = "deleted", "Deleted by a moderator"
    WITHDRAWN = "withdrawn", "Deleted by its author"


class RemovalKind(models.TextChoices):
    """Why a post is out of public sight; values are the `PostStatus` they lead to.

    One that changed after it could be read waits too, but keeps its points: a moderator has seen it once.
    """

    WAITING = PostStatus.WAITING
    CHANGED = "changed", "Waiting after a change"
    HIDDEN = PostStatus.HIDDEN
    DELETED = PostStatus.DELETED
    WITHDRAWN = PostStatus.WITHDRAWN


AWAITING = (RemovalKind.WAITING, RemovalKind.CHANGED)  # what a moderator's approval lifts


class Audience(models.TextChoices):
    """How far a question may travel."""

    EVERYONE = "everyone", "Everyone"
    UNLISTED = "unlisted", "Everyone, but not search engines"
    MEMBERS = "members", "Members of this site only"


class Intent(models.TextChoices):
    """What would help the person who asks."""

    UNSAID = "", "No preference"
    ADVICE = "advice", "Advice"
    LISTENING = "listening", "Listening"
    INFORMATION = "information", "Information"


class Direction(models.IntegerChoices):
    """Which way a vote points."""

    UP = 1, "Up"
    DOWN = -1, "Down"


class ReputationReason(models.TextChoices):
    """Why points changed hands."""

    OPENING_BALANCE = "opening_balance", "Points from before these records begin"
    JOINED = "joined", "Joined"
    ASKED = "asked", "Asked a question"
    ANSWERED = "answered", "Posted an answer"
    QUESTION_VOTES = "question_votes", "Votes on a question"
    ANSWER_VOTES = "answer_votes", "Votes on an answer"
    VOTE_CAST = "vote_cast", "Voted"
    ACCEPTED_AN_ANSWER = "accepted_an_answer", "Chose a best answer"
    ANSWER_ACCEPTED = "answer_accepted", "Best answer"
    EDIT_APPROVED = "edit_approved", "Suggested edit approved"


class FlagReason(models.TextChoices):
    """What is wrong with a post, in the words of who reports it."""

    DANGER = "danger", "Someone may be in danger"
    HARMFUL_ADVICE = "harmful_advice", "Dangerous advice"
    PRIVATE_DETAILS = "private_details", "Shares private details"
    UNKIND = "unkind", "Unkind"
    SPAM = "spam", "Spam"
    OFF_TOPIC = "off_topic", "Off topic"
    DUPLICATE = "duplicate", "Asked before"
    OTHER = "other", "Something else"


class FlagState(models.TextChoices):
    """What became of a flag."""

    OPEN = "open", "Open"
    UPHELD = "upheld", "Upheld"
    DECLINED = "declined", "Declined"


class CloseReason(models.TextChoices):
    """Why a question takes no more answers."""

    DUPLICATE = "duplicate", "Asked before"
    OFF_TOPIC = "off_topic", "Off topic here"
    NEEDS_DETAIL = "needs_detail", "Needs more detail"
    RESOLVED = "resolved", "Settled"
    HEATED = "heated", "Needs a pause"


class Approval(models.TextChoices):
    """Whose posts wait for a moderator before others see them."""

    NOBODY = "nobody", "Nobody's: every post shows at once"
    GUESTS = "guests", "Guests' posts wait"
    NEWCOMERS = "newcomers", "Guests' and new members' posts wait"


class Sort(models.TextChoices):
    """The orders a list of questions knows."""

    NEWEST = "newest", "Newest"
    ACTIVE = "active", "Active"
    UNANSWERED = "unanswered", "Unanswered"
    VOTES = "votes", "Most voted"
    HOT = "hot", "Hot"


class AnswerSort(models.TextChoices):
    """The orders the answers of a question know."""

    HELPFUL = "helpful", "Most helpful"
    NEWEST = "newest", "Newest"
    OLDEST = "oldest", "Oldest"


class DraftKind(models.TextChoices):
    """Which form a draft belongs to."""

    QUESTION = "question", "Question"
    ANSWER = "answer", "Answer"
    COMMENT = "comment", "Comment"
    EDIT = "edit", "Edit"


class TagSort(models.TextChoices):
    """The orders the index of tags knows."""

    POPULAR = "popular", "Popular"
    NAME = "name", "A to Z"
    NEW = "new", "New"


class PeopleSort(models.TextChoices):
    """The orders the list of members knows."""

    POINTS = "points", "Most points"
    NEWEST = "newest", "New here"
