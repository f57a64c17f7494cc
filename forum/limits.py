"""Every number of the community and who may do what, each default with its reason.

What an owner may change is a field of `Rules`; the admin's settings override its default.
The rest are constants, because the database or a layout depends on them.
"""

from dataclasses import Field, dataclass, field, fields
from datetime import UTC, datetime
from typing import Any

from accounts.choices import Role
from forum.choices import Approval, FollowMode, MailChoice, NotificationKind

# Lengths, in characters
TITLE_LENGTH = 150  # two lines on a phone
TITLE_SHORTEST = 10  # "Help!!" tells nobody what to answer
BODY_LENGTH = 30_000  # the cost of rendering grows with it; a long story has about 6,000
COMMENT_LENGTH = 1_500  # more than that is an answer
ANSWER_SHORTEST = 2  # "No." can be a kind answer
GUEST_NAME_LENGTH = 30
REASON_LENGTH = 500
APPEAL_LENGTH = 1_000
NOTICE_LENGTH = 500  # two or three sentences; more would be read before the post it stands on
MESSAGE_LENGTH = 3_000
NOTE_LENGTH = 500
SLUG_LENGTH = 80  # Question2Answer's own limit
EXCERPT_LENGTH = 220  # two lines of a list at 68 characters, and a bit

# Tags
TAGS_MOST = 10  # a question's tags then still fit on two lines; an owner allows fewer in the settings
TAG_LENGTH = 30
TAG_EXCERPT_LENGTH = 200  # two lines above a list
TAG_GUIDE_LENGTH = 5_000  # about three screens on a phone; more is a page of its own

# Pages
QUESTIONS_A_PAGE = 20  # a list page stays below 60 KB with style sheets
ANSWERS_A_PAGE = 30
COMMENTS_A_POST = 10  # more open on a page of their own
COMMENTS_AT_ONCE = 200  # when all of one post are asked for
PEOPLE_A_PAGE = 40
TAGS_A_PAGE = 60
LEDGER_A_PAGE = 50
ACCOUNTS_A_PAGE = 50  # what one tap can take back
ACTS_A_PAGE = 40
REVISIONS_A_PAGE = 10  # each is compared with the one before
SUGGESTIONS_A_PAGE = 20
INBOX_A_PAGE = 30
BELL_LINES = 8  # what fits below the bell without scrolling

PINNED_MOST = 3  # of a list; more would push what is new off the screen
CASES_A_PAGE = 20  # about an hour of a moderator’s care
BULK_MOST = 50  # more in one tap is no longer looking

# Bodies and pictures, in bytes and pixels
FORM_BYTES = 1_000_000
PICTURE_BYTES = 12_000_000  # a phone's camera makes 3 to 8 MB
PICTURE_PIXELS = 50_000_000  # 50 megapixels: the largest phone camera in common use
PICTURE_WIDTH = 1_600  # twice the column's width, for sharp screens
PICTURE_KEPT_PIXELS = 12_000_000  # a screenshot 1,080 wide and 11,000 high stays readable
AVATAR_SIDE = 256

# Time, in seconds
FORM_SECONDS_SHORTEST = 3  # nobody reads a form and writes in less; programs do
FORM_SECONDS_LONGEST = 24 * 3600
RETURN_LINK_DAYS = 365
CLAIM_MINUTES = 30  # long enough to read a thread and write a kind message

SLOW_MINUTES_MOST = 24 * 60  # who may write once a day can no longer talk
CLOSE_VOTE_DAYS = 14  # an older vote was about another text, or nobody else agreed

FOREVER = datetime(9000, 1, 1, tzinfo=UTC)  # until a moderator takes it away

# How everybody is told who has not chosen: all on the site; by mail at once only what waits for them in person
AT_ONCE = tuple(
    NotificationKind(each) for each in ("answered", "commented", "mentioned", "message", "urgent", "reminded")
)
DEFAULT_CHOICES = {kind: MailChoice.NOW if kind in AT_ONCE else MailChoice.DIGEST for kind in NotificationKind}

# Mails
DIGEST_LINES = 20  # what one reads in a few minutes
CONFIRMATIONS_A_DAY = 3  # to one address, which somebody else may have written into the form
DIGEST_DAYS = 14  # a week, and the one before that was slept through; what is older is no news

# Following
FOLLOW_MODE = FollowMode.DAILY  # a mail at once is for what somebody waits for; the rest can be read in the evening
OWN_FOLLOW_MODE = FollowMode.SITE  # an answer to one's own question is told by its kind; the rest must not be a mail
MUTED_WORDS_MOST = 30  # a longer list shows that somebody needs less of the site, not more words
MUTED_WORD_LENGTH = 60  # a few words in a row

# Milestones: rare enough to be good news each time; never lost again, and never of votes down
VOTE_MILESTONES = (1, 5, 10, 25, 50, 100, 250, 500, 1_000)  # the first voice counts most, then ever fewer lines
POINT_MILESTONES = (500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)  # about twice as much each time

TELL_BATCH = 500  # told in one transaction: a fraction of a second, and little memory
TELL_DAYS = 30  # what waited longer until others could see it is no news any more
NOTIFICATION_DAYS = 90  # what was read so long ago nobody looks for; more than TELL_DAYS, or it would be told again

# Levels: a role, or a number of points between that of a member and that of a helper
GUEST, MEMBER = "guest", "member"
WORDS = (GUEST, MEMBER, str(Role.HELPER), str(Role.MODERATOR), str(Role.ADMINISTRATOR))
LEVEL_POINTS_MOST = 1_000_000


def _number(default: int, label: str, reason: str, group: str) -> Any:
    return field(default=default, metadata={"label": label, "reason": reason, "group": group})


def _points(default: int, label: str, reason: str = "") -> Any:
    return _number(default, label, reason, "Points")


def _privilege(default: str, label: str, reason: str, *, least: str = GUEST) -> Any:
    """Return a level that is a role from `least` on, or a number of points."""
    roles = WORDS[WORDS.index(least) :]
    return field(
        default=default,
        metadata={"label": label, "reason": reason, "group": "Privileges", "roles": roles, "takes_points": True},
    )


def _trust(default: str, label: str, reason: str, *, least: str, group: str = "Team") -> Any:
    """Return a level that is a role from `least` on: no number of points makes somebody one of the team."""
    roles = WORDS[WORDS.index(least) :]
    return field(
        default=default,
        metadata={"label": label, "reason": reason, "group": group, "roles": roles, "takes_points": False},
    )


def _rate(default: int, label: str, reason: str = "") -> Any:
    return _number(default, label, reason, "Limits")


def _tags(default: int, label: str, reason: str) -> Any:
    return _number(default, label, reason, "Tags")


def _safety(default: int, label: str, reason: str) -> Any:
    return _number(default, label, reason, "Safety")


@dataclass(frozen=True)
class Rules:
    """The numbers and levels in force: defaults, overridden by the owner's settings row."""

    points_joined: int = _points(100, "New member", "A welcome that unlocks nothing by itself.")
    points_asked: int = _points(20, "Asking a question", "Asking takes courage.")
    points_answered: int = _points(40, "Posting an answer", "Answering is worth more than asking.")
    points_question_up: int = _points(10, "Each upvote on a question", "A good question helps others who search.")
    points_question_down: int = _points(
        10, "Lost for each downvote on a question", "One vote weighs the same either way."
    )
    points_question_up_most: int = _points(
        100, "Maximum from upvotes on one question", "Ten are enough to say it; going viral adds nothing."
    )
    points_question_down_most: int = _points(
        30, "Maximum lost to downvotes on one question", "One bad day costs little."
    )
    points_answer_up: int = _points(20, "Each upvote on an answer", "Someone read it and was helped.")
    points_answer_down: int = _points(20, "Lost for each downvote on an answer", "One vote weighs the same either way.")
    points_answer_up_most: int = _points(
        200, "Maximum from upvotes on one answer", "Ten are enough to say it; going viral adds nothing."
    )
    points_answer_down_most: int = _points(50, "Maximum lost to downvotes on one answer", "One bad day costs little.")
    points_vote_cast: int = _points(10, "Casting a vote", "Reading with care is a contribution.")
    votes_paid_a_day: int = _points(3, "Votes a day that earn points", "So that no one votes for the points.")
    points_accepting: int = _points(30, "Marking a best answer", "It tells the next reader what helped.")
    points_accepted: int = _points(
        300, "Having your answer marked as best by someone else", "The person who asked says it helped."
    )
    points_edit_approved: int = _points(
        20, "A suggested edit that was approved", "It made someone else’s post easier to read."
    )

    level_to_read: str = field(
        default=GUEST,
        metadata={
            "label": "Read",
            "reason": "People who need help read first; authors can keep a question for members only.",
            "group": "Privileges",
            "roles": (GUEST,),
            "takes_points": False,
        },
    )
    level_to_ask: str = _privilege(GUEST, "Ask", "Asking must cost nothing.")
    level_to_answer: str = _privilege(GUEST, "Answer", "Someone who has been there may have no account.")
    level_to_comment: str = _privilege(GUEST, "Comment", "Guests who ask must be able to reply.")
    level_to_upload: str = _privilege(GUEST, "Add pictures", "Anyone who can write can show a picture.")
    level_to_suggest: str = _privilege(GUEST, "Suggest an edit", "Someone reads each one before it appears.")
    level_to_vote: str = _privilege(
        MEMBER, "Upvote", "One member, one vote: without accounts we couldn’t count.", least=MEMBER
    )
    level_to_bookmark: str = _privilege(
        MEMBER, "Bookmark and follow", "Bookmarks are kept in your account.", least=MEMBER
    )
    level_to_flag: str = _privilege(
        MEMBER, "Report to the moderators", "People who report are told the result.", least=MEMBER
    )
    level_to_report_danger: str = _privilege(GUEST, "Report that someone may be in danger", "Anyone may see it first.")
    level_to_skip_checks: str = _privilege(
        "200", "Post without the anti-spam check", "About one good answer after joining.", least=MEMBER
    )
    level_to_vote_down: str = _privilege(
        "250", "Downvote", "Someone who has been helpful knows what helps less.", least=MEMBER
    )
    level_to_create_tag: str = _privilege("300", "Create a new tag", "Knows the tags that exist already.")
    level_to_retag: str = _privilege(
        "500", "Change the tags and topic of others’ questions", "Knows where things belong.", least=MEMBER
    )
    level_to_describe_tags: str = _privilege(
        "500", "Write what a tag is about", "Knows where things belong; all versions are kept.", least=MEMBER
    )
    level_to_ask_synonyms: str = _privilege(
        "500", "Suggest another name for a tag", "Knows the tags; a moderator decides.", least=MEMBER
    )
    level_to_vote_to_close: str = _privilege(
        "1500",
        "Vote to close, reopen or mark as asked before",
        "Has known for a long time what the site can answer.",
        least=MEMBER,
    )
    level_to_edit_others: str = _privilege(
        "2000", "Edit others’ posts without review", "Has shown care with words.", least=MEMBER
    )

    level_to_see_queue: str = _trust(
        Role.HELPER, "See the queue of their topics", "Someone the team has asked to help.", least=Role.HELPER
    )
    level_to_hide: str = _trust(
        Role.MODERATOR,
        "Hide, delete and approve posts, and bring them back",
        "Never a helper: only moderators see hidden posts, and those who hide a post must be able to look again.",
        least=Role.MODERATOR,
    )
    level_to_close: str = _trust(Role.MODERATOR, "Close and reopen alone", "It hides nothing.", least=Role.MODERATOR)
    level_to_measure: str = _trust(
        Role.MODERATOR,
        "Lock, slow mode, limit to established members",
        "It ends by itself or with one tap.",
        least=Role.MODERATOR,
    )
    level_to_pin: str = _trust(
        Role.MODERATOR, "Pin a question", "It changes what everyone reads first.", least=Role.MODERATOR
    )
    level_to_put_notice: str = _trust(
        Role.MODERATOR, "Put a notice on a post", "It speaks in the site’s name.", least=Role.MODERATOR
    )
    level_to_convert: str = _trust(
        Role.MODERATOR,
        "Turn an answer into a comment, or the reverse",
        "Its votes then count elsewhere.",
        least=Role.MODERATOR,
    )
    level_to_manage_tags: str = _trust(
        Role.MODERATOR,
        "Rename, merge, delete and reserve tags, decide on their other names",
        "One tap changes many questions; each change can be undone.",
        least=Role.HELPER,
    )
    level_to_merge: str = _trust(
        Role.MODERATOR,
        "Merge questions",
        "Never a helper: the merged question disappears and its answers move.",
        least=Role.MODERATOR,
    )
    level_to_write: str = _trust(
        Role.MODERATOR,
        "Write to members, warn them, keep notes about them",
        "Never a helper: it is between a member and the moderators.",
        least=Role.MODERATOR,
    )
    level_to_suspend: str = _trust(
        Role.MODERATOR, "Suspend a member", "Never a helper: it keeps a person out.", least=Role.MODERATOR
    )
    level_to_undo_account: str = _trust(
        Role.MODERATOR,
        "Undo everything by an account",
        "Never a helper: one tap undoes much.",
        least=Role.MODERATOR,
    )
    level_to_block: str = _trust(
        Role.ADMINISTRATOR, "Block addresses", "A block can keep out a whole town.", least=Role.ADMINISTRATOR
    )
    level_to_see_addresses: str = _trust(
        Role.ADMINISTRATOR, "See network addresses", "An address can reveal who someone is.", least=Role.ADMINISTRATOR
    )
    level_to_merge_accounts: str = _trust(
        Role.ADMINISTRATOR, "Merge two accounts", "It says that two people are one.", least=Role.ADMINISTRATOR
    )
    level_to_erase: str = _trust(Role.ADMINISTRATOR, "Erase for good", "It can’t be undone.", least=Role.ADMINISTRATOR)
    level_to_change_roles: str = _trust(
        Role.ADMINISTRATOR,
        "Change roles",
        "People who appoint others could appoint themselves.",
        least=Role.ADMINISTRATOR,
    )
    level_to_configure: str = _trust(
        Role.ADMINISTRATOR, "Change settings, topics and pages", "This list is one of them.", least=Role.ADMINISTRATOR
    )

    guest_questions_an_hour: int = _rate(2, "Questions an hour, guests", "Enough for one person.")
    guest_answers_an_hour: int = _rate(5, "Answers an hour, guests", "Answers come faster than questions.")
    guest_comments_an_hour: int = _rate(10, "Comments an hour, guests", "A comment is a line or two.")
    new_questions_an_hour: int = _rate(5, "Questions an hour, new members", "Enough to start with.")
    new_answers_an_hour: int = _rate(10, "Answers an hour, new members", "An answer takes some minutes.")
    new_comments_an_hour: int = _rate(20, "Comments an hour, new members", "A comment is a line or two.")
    member_questions_an_hour: int = _rate(10, "Questions an hour, members", "More in an hour is hard to answer.")
    member_answers_an_hour: int = _rate(25, "Answers an hour, members", "More than that isn’t reading.")
    member_comments_an_hour: int = _rate(50, "Comments an hour, members", "Room for a real conversation.")
    votes_a_day: int = _rate(40, "Votes a day", "More than that isn’t reading.")
    flags_a_day: int = _rate(10, "Reports a day", "Moderators read each one.")
    danger_reports_an_hour: int = _rate(20, "Reports of danger an hour, guests", "Better one too many than too few.")
    uploads_an_hour: int = _rate(20, "Pictures an hour", "An album belongs elsewhere.")
    edits_an_hour: int = _rate(40, "Edits an hour", "Each is kept and moves its question to the top.")
    drafts_a_minute: int = _rate(60, "Drafts kept a minute", "A page saves one every few seconds.")
    first_drafts_an_hour: int = _rate(40, "Guests’ first drafts an hour from one address", "A library shares one.")
    previews_a_minute: int = _rate(60, "Previews a minute", "Live preview asks once a second.")
    busy_posts_an_hour: int = _rate(
        3, "Guest posts an hour from one address before a check", "A family or a library shares one."
    )

    sign_ups_an_hour: int = _rate(5, "New accounts an hour from one address", "A classroom or a clinic shares one.")
    guests_of_an_address: int = _rate(10, "Guests’ limits per address", "A house or a clinic shares one.")
    members_of_an_address: int = _rate(
        5, "Members’ limits per address", "Several accounts of one person share what a household has."
    )
    suspended_percent: int = _rate(
        50,
        "Percentage of each limit for suspended members",
        "Room for a message, an appeal and drafts, and no more.",
    )
    mail_follows_an_hour: int = _rate(
        10, "Questions followed by email an hour from one address", "Each sends an email to confirm it."
    )
    suggestions_an_hour: int = _rate(10, "Suggested edits an hour", "Someone reads each one.")
    messages_an_hour: int = _rate(10, "Messages to the moderators an hour", "Someone reads and answers each one.")
    appeals_a_day: int = _rate(3, "Appeals a day", "Each is decided by another moderator.")

    tags_least: int = _tags(0, "Fewest tags on a question", "Someone in distress doesn’t need to know our words.")
    tags_most: int = _tags(5, "Most tags on a question", "The closest ones are enough.")

    weight_to_fold: int = _safety(
        300,
        "Weight of open reports that folds a post until a moderator has looked",
        "Three reports of people who are right as often as not; an ordinary reporter weighs 100.",
    )
    votes_to_close: int = _safety(3, "Members’ votes that close or reopen a question", "More than two friends.")
    newcomer_links_most: int = _safety(
        2, "Links in a post by a new member or guest", "Enough for a source and a help page."
    )
    mentions_most: int = _safety(10, "Mentions in a post that notify", "A circle of friends; more is a crowd.")
    newcomer_mentions_most: int = _safety(
        3, "Mentions in a new member’s post that notify", "Enough for a conversation."
    )
    spam_score_to_hold: int = _safety(
        60, "Spam score that holds a new member’s first post", "About two strong signs; a moderator reads it first."
    )
    edit_folds_minutes: int = _safety(
        5, "Minutes within which edits by one person become one version", "Long enough to fix a typo or two."
    )
    serial_votes: int = _safety(
        8, "Votes within a day for one member that are undone", "Only where they are most of that day’s votes."
    )
    mutual_votes: int = _safety(
        5, "Votes two members give each other in a week that are undone", "Only where they are half of all theirs."
    )
    same_address_votes: int = _safety(
        3, "Votes for someone at the same network address that are undone", "One or two may be a family’s."
    )
    trace_days: int = _safety(30, "Days for which network addresses are kept", "Long enough to find coordinated votes.")

    has_downvotes: bool = True
    approval: str = Approval.NOBODY


NUMBERS: dict[str, Field[Any]] = {rule.name: rule for rule in fields(Rules) if type(rule.default) is int}
LEVELS: dict[str, Field[Any]] = {rule.name: rule for rule in fields(Rules) if "roles" in rule.metadata}


def admits(name: str, level: object) -> bool:
    """Say whether the level called `name` may be `level`: one of its roles, or points where it takes them."""
    about = LEVELS[name].metadata
    if level in about["roles"]:
        return True
    if not isinstance(level, str):
        return False
    is_number = level.isascii() and level.isdecimal() and len(level) <= len(str(LEVEL_POINTS_MOST))
    return bool(about["takes_points"]) and is_number and 1 <= int(level) <= LEVEL_POINTS_MOST


@dataclass(frozen=True)
class Site:
    """What this site is called and says of itself, and its rules."""

    name: str
    tagline: str
    welcome: str
    contact_email: str
    rules: Rules
    guidelines_changed_at: datetime | None = None
