"""Who may do what with posts."""

from copy import copy
from typing import Protocol

from accounts.models import User
from forum.choices import Ability, Audience, Direction, PostStatus
from forum.dates import day
from forum.limits import FOREVER, GUEST, Rules
from forum.models import Person, Post
from forum.permissions.decisions import ALLOWED, MEMBERS_ONLY, Decision, is_author, is_free_to, reaches


class Topic(Protocol):
    """A place to ask in: a `Category`, or what a query says of one."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def asking_level(self) -> str:
        """The role or the points it wants of whoever asks there, if any."""


def can_read(person: Person, question: Post) -> bool:
    """Say whether `person` may read `question`: for one row at hand what `visible_to` says of many."""
    if person.is_moderator or is_author(person, question):
        return True
    return question.is_published and (person.is_authenticated or question.audience != Audience.MEMBERS)


def can_ask(person: Person, rules: Rules) -> Decision:
    """Anybody who isn't suspended asks, unless the owner wants an account or points for it."""
    return is_free_to(person, Ability.ASKING) and reaches(person, rules.level_to_ask, "ask")


def can_ask_in(person: Person, category: Topic, rules: Rules) -> Decision:
    """Say whether `person` may ask in `category`: as the site wants it, and as it or the nearest topic above wants it.

    Whoever loads the category loads the topics above it too, up to four levels (`with_those_above`).
    """
    return can_ask(person, rules) and reaches(person, category.asking_level or GUEST, f"ask in “{category.name}”")


def can_answer(person: Person, question: Post, rules: Rules) -> Decision:
    """Anybody answers an open question that others can see, and that is neither locked nor kept from newcomers."""
    if not question.is_published:
        return Decision("This question can’t be answered at the moment.")
    if question.is_closed:
        return Decision("This question is closed, so it takes no new answers.")
    if question.is_locked:
        return _locked(person, question)
    if question.is_protected and not reaches(person, rules.level_to_skip_checks, "answer here"):
        return reaches(
            person, rules.level_to_skip_checks, "answer this question, which is open to established members only"
        )
    return is_free_to(person, Ability.ANSWERING) and reaches(person, rules.level_to_answer, "answer")


def can_comment(person: Person, post: Post, rules: Rules) -> Decision:
    """Anybody comments on a question or an answer that others can see; moderators also below what is out of sight."""
    if post.is_comment:
        return Decision("Only questions and answers can be commented on.")
    if not post.is_published or not _is_in_its_place(person, post):
        return Decision("This post can’t be commented on at the moment.")
    if _is_locked(post) and not person.is_moderator:
        return _locked(person, post)
    return is_free_to(person, Ability.COMMENTING) and reaches(person, rules.level_to_comment, "comment")


def can_edit(person: Person, post: Post, rules: Rules) -> Decision:
    """Authors edit their own posts; moderators and those with the points edit others'."""
    if not is_free_to(person):
        return is_free_to(person)
    if person.is_moderator and reaches(person, rules.level_to_edit_others, "edit other people’s posts"):
        return ALLOWED
    if is_author(person, post) and post.status == PostStatus.DELETED:
        return Decision("A moderator has deleted this post, so it can’t be edited.")
    if _is_locked(post):
        return _locked(person, post)
    if is_author(person, post):
        return ALLOWED  # also what was hidden, to send it again
    if not person.is_authenticated:
        return Decision("Only its author can edit this.")
    if post.is_comment:
        return Decision("Only its author and moderators can edit a comment.")
    if not post.is_published or not _is_in_its_place(person, post):
        return Decision("This post can’t be edited at the moment.")
    return reaches(person, rules.level_to_edit_others, "edit other people’s posts")


def can_suggest(person: Person, post: Post, rules: Rules) -> Decision:
    """Anybody who may read a question or an answer suggests an edit of it, unless they may make it themselves."""
    if post.is_comment:
        return Decision("Only its author and moderators can edit a comment.")
    if not post.is_published or not _is_in_its_place(person, post):
        return Decision("This post can’t be edited at the moment.")
    if _is_locked(post):
        return _locked(person, post)
    return is_free_to(person) and reaches(person, rules.level_to_suggest, "suggest an edit")


def can_withdraw(person: Person, post: Post, rules: Rules) -> Decision:
    """Authors delete their own posts while nobody depends on them."""
    if not is_author(person, post):
        return Decision("Only its author can delete this.")
    if not _still_the_authors(post):
        return _still_the_authors(post)
    if _is_locked(post):
        return _locked(person, post)
    if post.is_question and post.answer_count:
        return Decision("Someone has answered, so your question stays for those who need the answer.")
    if post.is_answer and post.question and post.question.accepted_answer_id == post.pk:
        return Decision("This is the best answer, so it stays for those who need it.")
    if post.comment_count:
        return Decision("Someone has commented on this, so it stays.")
    return is_free_to(person)


def can_return(person: Person, post: Post, rules: Rules) -> Decision:
    """Authors bring back what they deleted."""
    if not is_author(person, post):
        return Decision("Only its author can restore this.")
    return is_free_to(person)


def can_vote(person: Person, post: Post, direction: int, rules: Rules) -> Decision:
    """Members vote on what others wrote; down needs points, and comments are voted up only."""
    if is_author(person, post):
        return Decision("You can’t vote on your own post.")
    if not person.is_authenticated:
        return Decision(MEMBERS_ONLY)
    if not post.is_published or not _is_in_its_place(person, post):
        return Decision("This post can’t be voted on at the moment.")
    if _is_locked(post):
        return _locked(person, post)
    if direction == Direction.DOWN:
        return _can_vote_down(person, post, rules)
    return is_free_to(person, Ability.VOTING) and reaches(person, rules.level_to_vote, "vote")


def can_take_back_vote(person: Person, post: Post, rules: Rules) -> Decision:
    """Members take their own votes back at any time."""
    if not person.is_authenticated:
        return Decision(MEMBERS_ONLY)
    return is_free_to(person, Ability.VOTING)


def can_accept(person: Person, answer: Post, rules: Rules) -> Decision:
    """The person who asked chooses the best answer, and may change their mind."""
    question = answer.question
    if not answer.is_answer or question is None:
        return Decision("Only an answer can be the best answer.")
    if not is_author(person, question):
        return Decision("Only the person who asked can mark the best answer.")
    if not answer.is_published or not question.is_published:
        return Decision("This answer can’t be marked as best at the moment.")
    return is_free_to(person)


def can_bookmark(person: Person, post: Post, rules: Rules) -> Decision:
    """Members bookmark posts, also those who may only read for a time."""
    return reaches(person, rules.level_to_bookmark, "bookmark posts")


def can_unbookmark(person: Person, post: Post, rules: Rules) -> Decision:
    """Members drop what they have saved at any time."""
    return ALLOWED if person.is_authenticated else Decision(MEMBERS_ONLY)


def can_flag(person: Person, post: Post, rules: Rules) -> Decision:
    """Members report posts to the moderators."""
    if is_author(person, post):
        return Decision("This is your own post. You can edit or delete it.")
    if not person.is_authenticated:
        return Decision(MEMBERS_ONLY)
    return is_free_to(person, Ability.FLAGGING) and reaches(person, rules.level_to_flag, "report posts")


def can_report_danger(person: Person, post: Post, rules: Rules) -> Decision:
    """Anybody says that somebody may be in danger, also without an account."""
    if is_author(person, post):
        return Decision("This is your own post. If you are in danger, please call one of the help lines.")
    return reaches(person, rules.level_to_report_danger, "report that someone may be in danger")


def can_flag_member(person: Person, member: Person, rules: Rules) -> Decision:
    """Members report other members to the moderators."""
    if not person.is_authenticated:
        return Decision(MEMBERS_ONLY)
    if person.pk == member.pk:
        return Decision("This is your own account. If something’s wrong with it, write to the moderators.")
    return is_free_to(person, Ability.FLAGGING) and reaches(person, rules.level_to_flag, "report members")


def can_resubmit(person: Person, post: Post, rules: Rules) -> Decision:
    """Authors send what a moderator hid or closed once more, so that somebody looks at it again."""
    if not is_author(person, post):
        return Decision("Only its author can send this again.")
    if post.status != PostStatus.HIDDEN and not (post.is_closed and post.is_published):
        return Decision("Only posts that a moderator hid or closed can be reviewed again.")
    return is_free_to(person)


def can_retag(person: Person, question: Post, rules: Rules) -> Decision:
    """Authors choose tags and topic; those with the points correct others'."""
    if can_edit(person, question, rules):
        return ALLOWED
    if is_author(person, question):
        return can_edit(person, question, rules)
    if not person.is_authenticated:
        return Decision(MEMBERS_ONLY)
    if not is_free_to(person):
        return is_free_to(person)
    if not question.is_published:
        return Decision("The topic and tags of this question can’t be changed at the moment.")
    if _is_locked(question):
        return _locked(person, question)
    return reaches(person, rules.level_to_retag, "change tags and topic")


def can_upload(person: Person, rules: Rules) -> Decision:
    """Anybody who may write may show a picture, unless the owner wants more for it."""
    return is_free_to(person, Ability.UPLOADING) and reaches(person, rules.level_to_upload, "add pictures")


def needs_check(person: Person, rules: Rules) -> bool:
    """Say whether a post by `person` goes through the anti-spam check."""
    return not reaches(person, rules.level_to_skip_checks, "post without a check")


def looks_new(person: Person, rules: Rules) -> bool:
    """Say by the points that others see whether `person` is a newcomer, as `needs_check` says it by all of them."""
    if not isinstance(person, User):
        return needs_check(person, rules)
    seen = copy(person)
    seen.reputation = seen.public_points
    return needs_check(seen, rules)


def _is_locked(post: Post) -> bool:
    """Say whether a lock holds on `post` or on what it stands below."""
    return any(each.is_locked for each in (post, post.parent, post.question) if each is not None)


def _locked(person: Person, post: Post) -> Decision:
    locked = next(each for each in (post, post.parent, post.question) if each is not None and each.is_locked)
    until = locked.locked_until
    ends = f"until {day(until)}" if until and until.year < FOREVER.year else "for now"
    return Decision(f"A moderator has locked this {ends}, so it can’t be changed.")


def _is_in_its_place(person: Person, post: Post) -> bool:
    """Say whether what `post` stands below can be seen: below a hidden question the thread is the moderators'."""
    if person.is_moderator:
        return True
    return all(above.is_published for above in (post.question, post.parent) if above is not None)


def _still_the_authors(post: Post) -> Decision:
    if post.status == PostStatus.MERGED:
        return Decision("A moderator has merged this question into another, so it can’t be changed.")
    if post.status in {"hidden", "deleted"}:
        return Decision("A moderator has hidden this post, so it can’t be changed now.")
    return ALLOWED


def _can_vote_down(person: Person, post: Post, rules: Rules) -> Decision:
    if not rules.has_downvotes:
        return Decision("This site only has upvotes.")
    if post.is_comment:
        return Decision("Comments can only be upvoted.")
    if post.needs_care:
        return Decision(
            "Someone may be having a very hard time, so this can’t be downvoted now. A kind word helps more."
        )
    if not is_free_to(person, Ability.VOTING):
        return is_free_to(person, Ability.VOTING)
    return reaches(person, rules.level_to_vote_down, "downvote")
