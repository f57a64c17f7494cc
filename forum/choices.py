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
    MERGED = "merged", "Merged into another question"


class RemovalKind(models.TextChoices):
    """Why a post is out of public sight; values are the `PostStatus` they lead to.

    One that changed after it could be read waits too, but keeps its points: a moderator has seen it once. One that was
    undone with its account is deleted, but loses its points.
    """

    WAITING = PostStatus.WAITING
    CHANGED = "changed", "Waiting after a change"
    HIDDEN = PostStatus.HIDDEN
    DELETED = PostStatus.DELETED
    UNDONE = "undone", "Removed with everything by its author"
    WITHDRAWN = PostStatus.WITHDRAWN
    MERGED = PostStatus.MERGED


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


class Followable(models.TextChoices):
    """What can be followed, as addresses and buttons call it."""

    QUESTION = "post", "Questions"
    TOPIC = "topic", "Topics"
    TAG = "tag", "Tags"
    MEMBER = "member", "People"


class FollowMode(models.TextChoices):
    """How somebody hears of what they follow."""

    INSTANT = "instant", "Email right away"
    DAILY = "daily", "Daily summary email"
    WEEKLY = "weekly", "Weekly summary email"
    SITE = "site", "On the site only"
    MUTED = "muted", "Muted"


class Unanswered(models.TextChoices):
    """What a question in the list of the unanswered lacks, as Question2Answer's addresses call it."""

    ANSWER = "", "No answer"
    SELECTED = "selected", "No best answer"
    UPVOTES = "upvotes", "No voted answer"


class Direction(models.IntegerChoices):
    """Which way a vote points."""

    UP = 1, "Up"
    DOWN = -1, "Down"


class ReputationReason(models.TextChoices):
    """Why points changed hands."""

    OPENING_BALANCE = "opening_balance", "Points from before records began"
    JOINED = "joined", "Joined"
    ASKED = "asked", "Asked a question"
    ANSWERED = "answered", "Posted an answer"
    QUESTION_VOTES = "question_votes", "Votes on a question"
    ANSWER_VOTES = "answer_votes", "Votes on an answer"
    VOTE_CAST = "vote_cast", "Voted"
    ACCEPTED_AN_ANSWER = "accepted_an_answer", "Marked a best answer"
    ANSWER_ACCEPTED = "answer_accepted", "Best answer"
    EDIT_APPROVED = "edit_approved", "Suggested edit approved"


class Urgency(models.IntegerChoices):
    """How soon a person should look at something; the queue begins with the lowest number."""

    URGENT = 0, "Urgent"
    HIGH = 1, "High"
    MEDIUM = 2, "Medium"
    LOW = 3, "Low"


class FlagState(models.TextChoices):
    """What became of a flag."""

    OPEN = "open", "Open"
    UPHELD = "upheld", "Upheld"
    DECLINED = "declined", "Declined"
    SET_ASIDE = "set_aside", "Dismissed with everything by its reporter"


class Approval(models.TextChoices):
    """Whose posts wait for a moderator before others see them."""

    NOBODY = "nobody", "No one: every post appears right away"
    GUESTS = "guests", "Guests"
    NEWCOMERS = "newcomers", "Guests and new members"


class Sort(models.TextChoices):
    """The orders a list of questions knows."""

    NEWEST = "newest", "Newest"
    ACTIVE = "active", "Active"
    UNANSWERED = "unanswered", "Unanswered"
    VOTES = "votes", "Votes"
    ANSWERS = "answers", "Answers"
    VIEWS = "views", "Views"
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


class CaseKind(models.TextChoices):
    """What a person is asked to decide."""

    REPORT = "report", "Report"
    APPROVAL = "approval", "Waiting for approval"
    FIRST_POST = "first_post", "First post"
    EDIT = "edit", "Suggested edit"
    RESUBMITTED = "resubmitted", "Sent again"
    APPEAL = "appeal", "Appeal"


class AppealState(models.TextChoices):
    """What became of an appeal."""

    OPEN = "open", "Open"
    GRANTED = "granted", "Granted"
    DECLINED = "declined", "Declined"


class SuggestionState(models.TextChoices):
    """What became of a suggested edit."""

    OPEN = "open", "Open"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"


class MeasureKind(models.TextChoices):
    """What a moderator may lay on a post for a time."""

    LOCK = "lock", "Locked"
    PROTECTION = "protection", "Open to established members only"
    SLOW_MODE = "slow_mode", "Slow mode"
    PIN = "pin", "Pinned"
    NOTICE = "notice", "Notice"


class Ability(models.TextChoices):
    """What a suspension takes away."""

    EVERYTHING = "everything", "Everything but reading"
    ASKING = "asking", "Asking"
    ANSWERING = "answering", "Answering"
    COMMENTING = "commenting", "Commenting"
    VOTING = "voting", "Voting"
    FLAGGING = "flagging", "Reporting"
    UPLOADING = "uploading", "Adding pictures"


class MessageKind(models.TextChoices):
    """What a message between a member and the moderators is."""

    MESSAGE = "message", "Message"
    CARE = "care", "A word of care"
    WARNING = "warning", "Warning"
    NOTICE = "notice", "Action on a post"
    OUTCOME = "outcome", "Result of a report or an appeal"
    SUSPENSION = "suspension", "Suspension"


class BlockKind(models.TextChoices):
    """What is kept out."""

    ADDRESS = "address", "Address"
    NETWORK = "network", "Network"
    EMAIL = "email", "Email address"
    DOMAIN = "domain", "Email domain"


class ReversalKind(models.TextChoices):
    """Why many things were taken back at once."""

    ACCOUNT = "account", "Everything by an account"
    SPAM = "spam", "Spam"
    VOTES = "votes", "Coordinated votes"


class WatchAction(models.TextChoices):
    """What a watched word does."""

    FLAG = "flag", "Tell the moderators"
    HOLD = "hold", "Hold a new member’s first post"


class CareUse(models.TextChoices):
    """What words that may speak of danger do."""

    ANYWHERE = "anywhere", "Offer help in posts and searches"
    SEARCH = "search", "Offer help in searches only"
    FIGURE = "figure", "Figure of speech: no concern"


class SynonymState(models.TextChoices):
    """What became of another name for a tag."""

    ASKED = "asked", "Waiting"
    APPROVED = "approved", "Approved"
    DECLINED = "declined", "Declined"
    REMOVED = "removed", "Removed"


class TagChangeKind(models.TextChoices):
    """What was done to a tag."""

    RENAMED = "renamed", "Renamed"
    MERGED = "merged", "Merged"
    DELETED = "deleted", "Deleted"


class NotificationKind(models.TextChoices):
    """What somebody is told of."""

    ANSWERED = "answered", "Someone answers your question"
    COMMENTED = "commented", "Someone comments on your post"
    REPLIED = "replied", "Someone replies below your comment"
    MENTIONED = "mentioned", "Someone mentions you"
    ACCEPTED = "accepted", "Your answer is marked as best"
    VOTED = "voted", "Your post has helped several people"
    EDITED = "edited", "Someone edits your post"
    SUGGESTED = "suggested", "Someone suggests an edit to your post"
    DECIDED = "decided", "Your suggested edit was decided"
    CLOSED = "closed", "Your question is closed"
    REOPENED = "reopened", "Your question is reopened"
    REPORTED = "reported", "Result of your report"
    MESSAGE = "message", "A message from the moderators"
    POINTS = "points", "Points milestone"
    REMINDED = "reminded", "A bookmark you wanted to be reminded of"
    URGENT = "urgent", "Someone may be in danger"
    NEW_ANSWER = "new_answer", "New answers to questions you follow"
    NEW_QUESTION = "new_question", "New posts in topics and tags, and by people you follow"


class MailChoice(models.TextChoices):
    """When somebody gets a mail about a kind of thing."""

    NOW = "now", "Right away"
    DIGEST = "digest", "In the summary email"
    NEVER = "never", "No email"


class MailChannel(models.TextChoices):
    """How one notification leaves by mail; decided when it is made."""

    NONE = "", "No email"
    NOW = "now", "Right away"
    DAILY = "daily", "Daily summary email"
    WEEKLY = "weekly", "Weekly summary email"


class Rhythm(models.TextChoices):
    """How often a member wants a summary."""

    DAILY = "daily", "Once a day"
    WEEKLY = "weekly", "Once a week"
    NEVER = "never", "Never"


class Pace(models.TextChoices):
    """How a new member wants to hear of things, before they choose more finely."""

    AT_ONCE = "at_once", "Right away, when it’s about you"
    DAILY = "daily", "Once a day"
    WEEKLY = "weekly", "Once a week"
    ON_SITE = "on_site", "No email"


class MemberPart(models.TextChoices):
    """What of a member's page can be kept from others."""

    POSTS = "posts", "Posts under your name"
    STRENGTHS = "strengths", "Topics and tags you often answer in"
    CURVE = "curve", "Your points over time"
    FOLLOWS = "follows", "How many people you follow, and how many follow you"


class MailKind(models.TextChoices):
    """What a mail is for."""

    ACCOUNT = "account", "Account"
    URGENT = "urgent", "Someone may be in danger"
    NOTIFICATION = "notification", "Notification"
    DIGEST = "digest", "Summary"
    GUEST = "guest", "To a guest"
    FOLLOW = "follow", "To someone who follows by email"


class MailState(models.TextChoices):
    """How far a mail has come."""

    QUEUED = "queued", "Waiting"
    SENT = "sent", "Sent"
    SKIPPED = "skipped", "Not sent, for a reason"
    DEAD = "dead", "Given up"


class Stop(models.TextChoices):
    """Which mails somebody stops by the link in one."""

    KIND = "kind", "Emails of this kind"
    QUESTION = "question", "All emails about this question"
    ALL = "all", "All emails except account emails"
