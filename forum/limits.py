"""Every number of the community, each default with its reason.

What an owner may change is a field of `Rules`; the admin's settings override its default.
The rest are constants, because the database or a layout depends on them.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from forum.choices import Approval

# Lengths, in characters
TITLE_LENGTH = 150  # two lines on a phone
TITLE_SHORTEST = 10  # "Help!!" tells nobody what to answer
BODY_LENGTH = 30_000  # the cost of rendering grows with it; a long story has about 6,000
COMMENT_LENGTH = 1_500  # more than that is an answer
ANSWER_SHORTEST = 2  # "No." can be a kind answer
GUEST_NAME_LENGTH = 30
REASON_LENGTH = 500
SLUG_LENGTH = 80  # Question2Answer's own limit
EXCERPT_LENGTH = 220  # two lines of a list at 68 characters, and a bit

# Tags
TAGS_MOST = 5
TAG_LENGTH = 30

# Pages
QUESTIONS_A_PAGE = 20  # a list page stays below 60 KB with style sheets
ANSWERS_A_PAGE = 30
COMMENTS_A_POST = 10  # more open on a page of their own
COMMENTS_AT_ONCE = 200  # when all of one post are asked for
PEOPLE_A_PAGE = 40
TAGS_A_PAGE = 60
LEDGER_A_PAGE = 50

# Bodies and pictures, in bytes and pixels
FORM_BYTES = 1_000_000
PICTURE_BYTES = 12_000_000  # a phone's camera makes 3 to 8 MB
PICTURE_PIXELS = 50_000_000  # 50 megapixels: the largest phone camera in common use
PICTURE_SIDE = 1_600  # twice the column's width, for sharp screens
AVATAR_SIDE = 256

# Time, in seconds
FORM_SECONDS_SHORTEST = 3  # nobody reads a form and writes in less; programs do
FORM_SECONDS_LONGEST = 24 * 3600
RETURN_LINK_DAYS = 365

FOREVER = datetime(9000, 1, 1, tzinfo=UTC)  # until a moderator takes it away


def _number(default: int, label: str, reason: str, group: str) -> Any:
    return field(default=default, metadata={"label": label, "reason": reason, "group": group})


def _points(default: int, label: str, reason: str = "") -> Any:
    return _number(default, label, reason, "Points")


def _privilege(default: int, label: str, reason: str) -> Any:
    return _number(default, label, reason, "Privileges")


def _rate(default: int, label: str, reason: str = "") -> Any:
    return _number(default, label, reason, "Limits")


def _safety(default: int, label: str, reason: str) -> Any:
    return _number(default, label, reason, "Safety")


@dataclass(frozen=True)
class Rules:
    """The numbers in force: defaults, overridden by the owner's settings row."""

    points_joined: int = _points(100, "New member", "A welcome that opens nothing by itself.")
    points_asked: int = _points(20, "Asking a question", "Asking takes courage.")
    points_answered: int = _points(40, "Posting an answer", "Answering is worth more than asking.")
    points_question_up: int = _points(10, "Each up-vote on a question", "A good question helps others who search.")
    points_question_down: int = _points(
        10, "Taken for each down-vote on a question", "One voice weighs the same either way."
    )
    points_question_up_most: int = _points(
        100, "Most that up-votes bring one question", "Ten are enough to say it; fame pays nothing."
    )
    points_question_down_most: int = _points(
        30, "Most that down-votes take for one question", "One bad day costs little."
    )
    points_answer_up: int = _points(20, "Each up-vote on an answer", "Somebody read it and was helped.")
    points_answer_down: int = _points(
        20, "Taken for each down-vote on an answer", "One voice weighs the same either way."
    )
    points_answer_up_most: int = _points(
        200, "Most that up-votes bring one answer", "Ten are enough to say it; fame pays nothing."
    )
    points_answer_down_most: int = _points(50, "Most that down-votes take for one answer", "One bad day costs little.")
    points_vote_cast: int = _points(10, "Casting a vote", "Reading with care is a contribution.")
    votes_paid_a_day: int = _points(3, "Votes a day that bring points", "So that nobody votes for the points.")
    points_accepting: int = _points(30, "Choosing a best answer", "It tells the next reader what helped.")
    points_accepted: int = _points(
        300, "Having one’s answer chosen by somebody else", "The person who asked says that it helped."
    )
    points_edit_approved: int = _points(
        20, "A suggested edit that was approved", "It made somebody else’s post easier to read."
    )

    points_to_skip_checks: int = _privilege(
        200, "Post without the anti-spam check", "About one good answer after joining."
    )
    points_to_vote_down: int = _privilege(250, "Vote down", "Somebody who has been helpful knows what helps less.")
    points_to_create_tag: int = _privilege(300, "Create a new tag", "Knows the tags that exist already.")
    points_to_retag: int = _privilege(500, "Change tags and topic of others' questions", "Knows where things belong.")
    points_to_close: int = _privilege(
        1_500, "Vote to close, reopen, mark as asked before", "Knows what the site can answer, and has for long."
    )
    points_to_edit_others: int = _privilege(2_000, "Edit others' posts without review", "Has shown care with words.")

    guest_questions_an_hour: int = _rate(2, "Questions an hour, guests", "Enough for one person.")
    guest_answers_an_hour: int = _rate(5, "Answers an hour, guests", "Answers come quicker than questions.")
    guest_comments_an_hour: int = _rate(10, "Comments an hour, guests", "A comment is a line or two.")
    new_questions_an_hour: int = _rate(5, "Questions an hour, new members", "Enough to begin with.")
    new_answers_an_hour: int = _rate(10, "Answers an hour, new members", "An answer takes some minutes.")
    new_comments_an_hour: int = _rate(20, "Comments an hour, new members", "A comment is a line or two.")
    member_questions_an_hour: int = _rate(10, "Questions an hour, members", "More in an hour is hard to answer.")
    member_answers_an_hour: int = _rate(25, "Answers an hour, members", "More is no longer reading.")
    member_comments_an_hour: int = _rate(50, "Comments an hour, members", "Room for a real conversation.")
    votes_a_day: int = _rate(40, "Votes a day", "More is no longer reading.")
    flags_a_day: int = _rate(10, "Reports a day", "Moderators read each one.")
    uploads_an_hour: int = _rate(20, "Pictures an hour", "An album belongs elsewhere.")
    edits_an_hour: int = _rate(40, "Edits an hour", "Each is kept, and brings its question to the top.")
    drafts_a_minute: int = _rate(60, "Drafts kept a minute", "A page keeps one every few seconds.")
    first_drafts_an_hour: int = _rate(
        40, "Guests’ first drafts an hour from one address", "A school or a library shares one."
    )
    previews_a_minute: int = _rate(60, "Previews a minute", "Live preview asks once a second.")
    busy_posts_an_hour: int = _rate(
        3, "Guest posts an hour from one address before a check", "A family or a library shares one."
    )

    sign_ups_an_hour: int = _rate(5, "New accounts an hour from one address", "A classroom or a clinic shares one.")
    members_of_an_address: int = _rate(
        5, "How many members’ limits one address has", "Several accounts of one person share what a household has."
    )
    suggestions_an_hour: int = _rate(10, "Suggested edits an hour", "Somebody reads each one.")
    messages_an_hour: int = _rate(10, "Messages to the moderators an hour", "Somebody reads and answers each one.")
    appeals_a_day: int = _rate(3, "Appeals a day", "Each is decided by another moderator.")

    weight_to_fold: int = _safety(
        300,
        "Weight of open reports that folds a post until a moderator has looked",
        "Three reports of people who are right as often as not; an ordinary reporter weighs 100.",
    )
    votes_to_close: int = _safety(3, "Members’ votes that close or reopen a question", "More than two friends.")
    newcomer_links_most: int = _safety(2, "Links in a post by a newcomer", "Enough for a source and a help page.")
    spam_score_to_hold: int = _safety(
        60, "Spam score that holds a newcomer’s first post", "About two strong signs; a moderator reads it first."
    )
    edit_folds_minutes: int = _safety(
        5, "Minutes within which edits by one person are kept as one", "Long enough to mend a typing mistake or two."
    )
    trace_days: int = _safety(
        30, "Days for which addresses of acts are kept", "Long enough to find votes that belong together."
    )

    has_downvotes: bool = True
    approval: str = Approval.NOBODY


@dataclass(frozen=True)
class Site:
    """What this site is called and says of itself, and its rules."""

    name: str
    tagline: str
    welcome: str
    contact_email: str
    rules: Rules
