"""Who may do what: pure functions that ask no query and write nothing.

A refusal carries the sentence its reader sees. `person` is a member or a guest; a guest who has not
posted yet has no `pk`. Which rows a person may see is `visible_to` of the querysets.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from accounts.choices import Role
from forum.choices import Audience, Direction
from forum.limits import Rules
from forum.models import Person, Post

MEMBERS_ONLY = "Sign in first. It takes a minute, and you can stay anonymous."


@dataclass(frozen=True)
class Decision:
    """Allowed when `reason` is empty; else the sentence that says what is missing."""

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason


ALLOWED = Decision()


def require(decision: Decision) -> None:
    """Raise `PermissionDenied` with the sentence unless allowed."""
    if not decision:
        raise PermissionDenied(decision.reason)


def is_author(person: Person, post: Post) -> bool:
    """Say whether `person` wrote `post`, as a member or as a guest."""
    if person.is_authenticated:
        return post.author_id == person.pk
    return person.pk is not None and post.guest_id == person.pk


def can_read(person: Person, question: Post) -> bool:
    """Say whether `person` may read `question`: for one row at hand what `visible_to` says of many."""
    if person.is_moderator or is_author(person, question):
        return True
    return question.is_published and (person.is_authenticated or question.audience != Audience.MEMBERS)


def can_ask(person: Person, rules: Rules) -> Decision:
    """Anybody who isn't suspended asks."""
    return _not_suspended(person)


def can_answer(person: Person, question: Post, rules: Rules) -> Decision:
    """Anybody answers an open question that others can see."""
    if not question.is_published:
        return Decision("This question cannot be answered at the moment.")
    if question.is_closed:
        return Decision("This question is closed, so it takes no new answers.")
    return _not_suspended(person)


def can_comment(person: Person, post: Post, rules: Rules) -> Decision:
    """Anybody comments on a question or an answer that others can see; moderators also below what is out of sight."""
    if post.is_comment:
        return Decision("Comments stand below a question or an answer.")
    if not post.is_published or not _is_in_its_place(person, post):
        return Decision("This post cannot be commented on at the moment.")
    return _not_suspended(person)


def can_edit(person: Person, post: Post, rules: Rules) -> Decision:
    """Authors edit their own posts; moderators and those with the points edit others'."""
    if not _not_suspended(person):
        return _not_suspended(person)
    if person.is_moderator:
        return ALLOWED
    if is_author(person, post):
        return _still_the_authors(post)
    if not person.is_authenticated:
        return Decision("Only its author can edit this.")
    if post.is_comment:
        return Decision("Only its author and moderators can edit a comment.")
    if not post.is_published or not _is_in_its_place(person, post):
        return Decision("This post cannot be edited at the moment.")
    return _has_points(person, rules.points_to_edit_others, "edit other people’s posts")


def can_withdraw(person: Person, post: Post, rules: Rules) -> Decision:
    """Authors delete their own posts while nobody depends on them."""
    if not is_author(person, post):
        return Decision("Only its author can delete this.")
    if not _still_the_authors(post):
        return _still_the_authors(post)
    if post.is_question and post.answer_count:
        return Decision("Somebody has answered, and others may need the answer. Ask a moderator.")
    if post.is_answer and post.question and post.question.accepted_answer_id == post.pk:
        return Decision("This is the best answer, and others may need it. Ask a moderator.")
    if post.comment_count:
        return Decision("Somebody has commented on this. Ask a moderator.")
    return _not_suspended(person)


def can_return(person: Person, post: Post, rules: Rules) -> Decision:
    """Authors bring back what they deleted."""
    if not is_author(person, post):
        return Decision("Only its author can bring this back.")
    return _not_suspended(person)


def can_vote(person: Person, post: Post, direction: int, rules: Rules) -> Decision:
    """Members vote on what others wrote; down needs points, and comments are voted up only."""
    if not person.is_authenticated:
        return Decision(MEMBERS_ONLY)
    if is_author(person, post):
        return Decision("You cannot vote on your own post.")
    if not post.is_published or not _is_in_its_place(person, post):
        return Decision("This post cannot be voted on at the moment.")
    if direction == Direction.DOWN:
        return _can_vote_down(person, post, rules)
    return _not_suspended(person)


def can_take_back_vote(person: Person, post: Post, rules: Rules) -> Decision:
    """Members take their own votes back at any time."""
    if not person.is_authenticated:
        return Decision(MEMBERS_ONLY)
    return _not_suspended(person)


def can_accept(person: Person, answer: Post, rules: Rules) -> Decision:
    """The person who asked chooses the best answer, and may change their mind."""
    question = answer.question
    if not answer.is_answer or question is None:
        return Decision("Only an answer can be the best answer.")
    if not is_author(person, question):
        return Decision("Only the person who asked can choose the best answer.")
    if not answer.is_published or not question.is_published:
        return Decision("This answer cannot be chosen at the moment.")
    return _not_suspended(person)


def can_bookmark(person: Person, post: Post, rules: Rules) -> Decision:
    """Members save posts."""
    return ALLOWED if person.is_authenticated else Decision(MEMBERS_ONLY)


def can_flag(person: Person, post: Post, rules: Rules) -> Decision:
    """Members report posts to the moderators."""
    if not person.is_authenticated:
        return Decision(MEMBERS_ONLY)
    if is_author(person, post):
        return Decision("This is your own post. You can edit or delete it.")
    return _not_suspended(person)


def can_retag(person: Person, question: Post, rules: Rules) -> Decision:
    """Authors choose tags and topic; those with the points correct others'."""
    if can_edit(person, question, rules):
        return ALLOWED
    if not person.is_authenticated:
        return Decision(MEMBERS_ONLY)
    if not _not_suspended(person):
        return _not_suspended(person)
    if not question.is_published:
        return Decision("The topic and tags of this question cannot be changed at the moment.")
    return _has_points(person, rules.points_to_retag, "change tags and topic")


def can_create_tag(person: Person, rules: Rules) -> Decision:
    """Those with the points make tags that did not exist."""
    return _has_points(person, rules.points_to_create_tag, "create a new tag")


def can_upload(person: Person, rules: Rules) -> Decision:
    """Anybody who may write may show a picture."""
    return _not_suspended(person)


def can_moderate(person: Person, rules: Rules) -> Decision:
    """Moderators hide, show, close, reopen, delete, restore, approve and suspend."""
    if person.is_moderator and _not_suspended(person):
        return ALLOWED
    return Decision("Only moderators can do this.")


def can_close(person: Person, question: Post, rules: Rules) -> Decision:
    """Moderators close and reopen questions (members' votes to close come with their queue)."""
    if not question.is_question:
        return Decision("Only a question can be closed.")
    return can_moderate(person, rules)


def can_suspend(person: Person, member: Person, rules: Rules) -> Decision:
    """Moderators suspend members who aren't of the team; administrators anybody but the owner."""
    if not can_moderate(person, rules):
        return can_moderate(person, rules)
    if person.pk == member.pk:
        return Decision("You cannot suspend yourself.")
    if member.is_administrator or (member.is_moderator and not person.is_administrator):
        return Decision("Only an administrator can suspend a member of the team.")
    return ALLOWED


def can_change_role(person: Person, member: Person, role: str, rules: Rules) -> Decision:
    """Administrators appoint helpers and moderators; only an owner makes or unmakes administrators and owners."""
    if not person.is_administrator:
        return Decision("Only administrators can do this.")
    if person.pk == member.pk:
        return Decision("You cannot change your own role. Ask another owner.")
    trusted = {Role.ADMINISTRATOR, Role.OWNER}
    if (member.is_administrator or role in trusted) and getattr(person, "role", "") != Role.OWNER:
        return Decision("Only an owner decides who administers the site.")
    return ALLOWED


def can_correct_member(person: Person, member: Person, rules: Rules) -> Decision:
    """Administrators correct names and words; those of an administrator, an owner alone or they themselves."""
    if not person.is_administrator:
        return Decision("Only administrators can do this.")
    if member.is_administrator and member.pk != person.pk and getattr(person, "role", "") != Role.OWNER:
        return Decision("Only an owner corrects what an administrator wrote about themselves.")
    return ALLOWED


def can_configure(person: Person, rules: Rules) -> Decision:
    """Administrators change settings, pages, topics and roles."""
    if person.is_administrator:
        return ALLOWED
    return Decision("Only administrators can do this.")


def needs_check(person: Person, rules: Rules) -> bool:
    """Say whether a post by `person` goes through the anti-spam check."""
    return not person.is_moderator and person.reputation < rules.points_to_skip_checks


def _not_suspended(person: Person) -> Decision:
    if not person.is_suspended:
        return ALLOWED
    until = getattr(person, "suspended_until", None)
    return Decision(f"Your account can only read until {until:%-d %B %Y}.")


def _is_in_its_place(person: Person, post: Post) -> bool:
    """Say whether what `post` stands below can be seen: below a hidden question the thread is the moderators'."""
    if person.is_moderator:
        return True
    return all(above.is_published for above in (post.question, post.parent) if above is not None)


def _still_the_authors(post: Post) -> Decision:
    if post.status in {"hidden", "deleted"}:
        return Decision("A moderator has taken this post out of sight, so it cannot be changed now.")
    return ALLOWED


def _can_vote_down(person: Person, post: Post, rules: Rules) -> Decision:
    if not rules.has_downvotes:
        return Decision("Votes go up only on this site.")
    if post.is_comment:
        return Decision("Comments are voted up only.")
    if not _not_suspended(person):
        return _not_suspended(person)
    return _has_points(person, rules.points_to_vote_down, "vote down")


def _has_points(person: Person, needed: int, act: str) -> Decision:
    if person.is_moderator or person.reputation >= needed:
        return ALLOWED
    return Decision(f"You need {needed:,} points to {act}. You have {person.reputation:,}.")
