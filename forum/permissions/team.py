"""Who may do what for the safety of the site: helpers, moderators, administrators, and members with the points."""

from collections.abc import Sequence

from accounts.choices import Role
from accounts.models import User
from forum.choices import AppealState, MeasureKind, Urgency
from forum.limits import Rules
from forum.models import Appeal, Case, LogEntry, Person, Post, Revision
from forum.permissions.decisions import ALLOWED, MEMBERS_ONLY, Decision, is_author, is_free_to, reaches
from forum.permissions.posts import can_edit

# What is done to a post or a member and may be wrong; what moderators only say or note is answered by a message.
APPEALABLE = (
    *("post.hidden", "post.deleted", "post.held", "post.locked", "post.notice_put", "post.converted"),
    *("post.edited_by_team", "post.rolled_back", "question.closed", "question.moved", "question.merged"),
    "question.retagged",
    *("question.protected", "question.slowed", "member.warned", "member.suspended", "account.undone"),
)
OWN_POST = Decision("This is your own post. Someone else must decide.")
_ABOUT_YOURSELF = Decision("This is about you. Someone else must decide.")


def can_moderate(person: Person, rules: Rules) -> Decision:
    """Moderators hide, show, delete, restore and approve."""
    return _trusted(person, rules.level_to_hide)


def can_moderate_post(person: Person, post: Post, rules: Rules) -> Decision:
    """Moderators decide what becomes of others' posts; of their own, somebody else does."""
    if not can_moderate(person, rules):
        return can_moderate(person, rules)
    return OWN_POST if is_author(person, post) else ALLOWED


def can_moderate_member(person: Person, member: User, rules: Rules) -> Decision:
    """Moderators decide about what is reported of others."""
    if not can_moderate(person, rules):
        return can_moderate(person, rules)
    return _ABOUT_YOURSELF if person.pk == member.pk else ALLOWED


def can_see_queue(person: Person, rules: Rules) -> Decision:
    """Helpers see the queue of their topics; moderators all of it."""
    if reaches(person, rules.level_to_see_queue, "see this"):
        return is_free_to(person)
    return Decision("This page is for the team.")


def can_look_after(person: Person, case: Case, rules: Rules) -> Decision:
    """Helpers claim what stands in their topics, let it be or approve it; what is urgent is the moderators'.

    Nobody looks after what is about themselves, but for edits of their posts. Ask for a case from
    `Case.objects.visible_to(person)`, with its post.
    """
    if can_see_queue(person, rules) and not can_decide_case(person, case):
        return can_decide_case(person, case)
    if can_moderate(person, rules):
        return ALLOWED
    if not can_see_queue(person, rules):
        return can_see_queue(person, rules)
    if case.urgency == Urgency.URGENT:
        return Decision("This may be about someone in danger. Please leave it to a moderator.")
    return ALLOWED


def can_decide_case(person: Person, case: Case) -> Decision:
    """Say whether a case is about somebody else, whatever decides it; edits of one's own posts are one's own.

    Load its post.
    """
    if case.suggestion_id is not None or case.appeal_id is not None:  # who may decide an appeal, `can_judge` says
        return ALLOWED
    if case.post is not None:
        return OWN_POST if is_author(person, case.post) else ALLOWED
    return _ABOUT_YOURSELF if person.is_authenticated and case.member_id == person.pk else ALLOWED


def can_settle(person: Person, post: Post, cases: Sequence[Case], rules: Rules) -> Decision:
    """Moderators approve posts and let them be; helpers those of their topics, unless anything about one is urgent.

    `cases` are those about the post that `person` sees; whoever sees none is no helper of its topic.
    """
    if can_moderate(person, rules) or not cases:
        return can_moderate_post(person, post, rules)
    if not can_see_queue(person, rules):
        return can_see_queue(person, rules)
    if is_author(person, post):
        return OWN_POST
    waiting = [case for case in cases if case.closed_at is None]
    return next((no for case in waiting if not (no := can_look_after(person, case, rules))), ALLOWED)


def can_measure(
    person: Person, post: Post, rules: Rules, kind: MeasureKind = MeasureKind.LOCK, *, laid_by: int | None = None
) -> Decision:
    """Moderators lock posts and put notices on them; they protect, slow down and pin questions.

    What somebody else laid on their own post (`laid_by` says who) they neither lift nor change.
    """
    if not post.is_question and kind not in {MeasureKind.LOCK, MeasureKind.NOTICE}:
        return Decision("Only a question can be protected, slowed down or pinned.")
    levels = {MeasureKind.PIN: rules.level_to_pin, MeasureKind.NOTICE: rules.level_to_put_notice}
    if not _trusted(person, levels.get(kind, rules.level_to_measure)):
        return _trusted(person, levels.get(kind, rules.level_to_measure))
    return OWN_POST if laid_by not in {None, person.pk} and is_author(person, post) else ALLOWED


def can_convert(person: Person, post: Post, rules: Rules) -> Decision:
    """Moderators make a comment of somebody's answer, and an answer of somebody's comment."""
    if post.is_question:
        return Decision("A question can’t be turned into something else.")
    if not _trusted(person, rules.level_to_convert):
        return _trusted(person, rules.level_to_convert)
    return OWN_POST if is_author(person, post) else ALLOWED


def can_merge(person: Person, source: Post, target: Post, rules: Rules) -> Decision:
    """Moderators merge a question into the one that was asked before."""
    if not (source.is_question and target.is_question) or source.pk == target.pk:
        return Decision("Choose another question, the one that was asked before.")
    return _trusted(person, rules.level_to_merge)


def can_move(person: Person, question: Post, rules: Rules) -> Decision:
    """Moderators move questions to another topic as an act in the log; others correct it with the tags."""
    if not question.is_question:
        return Decision("Only questions have a topic.")
    return can_moderate(person, rules)


def can_close(person: Person, question: Post, rules: Rules) -> Decision:
    """Moderators close and reopen questions by themselves."""
    if not question.is_question:
        return Decision("Only a question can be closed.")
    return _trusted(person, rules.level_to_close)


def can_reopen(person: Person, question: Post, rules: Rules, *, closed_by: int | None) -> Decision:
    """Moderators reopen questions by themselves; of their own, those that they closed."""
    if not can_close(person, question, rules):
        return can_close(person, question, rules)
    return OWN_POST if is_author(person, question) and closed_by != person.pk else ALLOWED


def can_vote_to_close(person: Person, question: Post, rules: Rules) -> Decision:
    """Members with the points vote to close a question, or to open it again."""
    if not question.is_question or not question.is_published:
        return Decision("Only a question that others can see can be closed.")
    if question.is_locked:
        return Decision("A moderator has locked this, so it can’t be changed.")
    if not person.is_authenticated:
        return Decision(MEMBERS_ONLY)
    if not is_free_to(person):
        return is_free_to(person)
    return reaches(person, rules.level_to_vote_to_close, "vote to close a question")


def can_decide_edit(person: Person, post: Post, rules: Rules) -> Decision:
    """The author and those who may edit the post approve or reject what others suggest."""
    return can_edit(person, post, rules)


def can_roll_back(person: Person, post: Post, rules: Rules) -> Decision:
    """Whoever may edit a post brings an earlier text of it back."""
    return can_edit(person, post, rules)


def can_hide_revision(person: Person, rules: Rules) -> Decision:
    """Moderators hide a text that holds private details."""
    return can_moderate(person, rules)


def can_show_revision(person: Person, revision: Revision, rules: Rules) -> Decision:
    """Moderators show a hidden text again; of their own posts, what they hid themselves. Load its post."""
    if not can_hide_revision(person, rules):
        return can_hide_revision(person, rules)
    is_theirs = revision.hidden_at is None or revision.hidden_by_id == person.pk
    return OWN_POST if is_author(person, revision.post) and not is_theirs else ALLOWED


def can_read_revision(person: Person, revision: Revision, rules: Rules) -> Decision:
    """Everybody who reads the post reads its revisions; a hidden one, administrators alone."""
    if revision.hidden_at is None or person.is_administrator:
        return ALLOWED
    return Decision("This version had private details. A moderator has hidden it.")


def can_suspend(person: Person, member: Person, rules: Rules) -> Decision:
    """Moderators suspend members and helpers; administrators moderators too."""
    if not _trusted(person, rules.level_to_suspend):
        return _trusted(person, rules.level_to_suspend)
    if person.pk == member.pk:
        return Decision("You can’t suspend yourself.")
    if member.is_moderator and not person.is_administrator:
        return Decision("Only an administrator can suspend a member of the team.")
    if member.is_administrator:
        return Decision("An administrator can’t be suspended. An owner can change their role first.")
    return ALLOWED


def can_write_to_member(person: Person, member: Person, rules: Rules) -> Decision:
    """Moderators write to members, warn them, and note what the team should know."""
    if not _trusted(person, rules.level_to_write):
        return _trusted(person, rules.level_to_write)
    if person.pk == member.pk:
        return Decision("This is your own account.")
    return ALLOWED


def can_write_to_team(person: Person, rules: Rules) -> Decision:
    """Members write to the moderators, also while they are suspended or have a warning to read."""
    return ALLOWED if person.is_authenticated else Decision(MEMBERS_ONLY)


def can_undo_account(person: Person, member: Person, rules: Rules) -> Decision:
    """Moderators take back everything by an account that isn't of the team, or by a guest."""
    if not isinstance(member, User):
        return _trusted(person, rules.level_to_undo_account)
    if member.is_helper:
        return Decision("This account belongs to the team. Change its role first.")
    return can_suspend(person, member, rules) and _trusted(person, rules.level_to_undo_account)


def can_mark_spam(person: Person, post: Post, author: Person, rules: Rules) -> Decision:
    """Moderators take back everything by whoever posted spam; nobody where the post is anonymous.

    What happens to an account can be seen, and would tell moderators and administrators alike whose post it was.
    """
    trusted = _trusted(person, rules.level_to_undo_account)
    if trusted and post.is_anonymous:
        return Decision(
            "This post is anonymous, and acting on the account would reveal its author. Hide the post instead."
        )
    return trusted and can_undo_account(person, author, rules)


def can_block(person: Person, rules: Rules) -> Decision:
    """Administrators keep addresses, networks and domains out."""
    return _trusted(person, rules.level_to_block)


def can_see_addresses(person: Person, rules: Rules) -> Decision:
    """Administrators see where acts came from."""
    return _trusted(person, rules.level_to_see_addresses)


def can_merge_accounts(person: Person, source: Person, target: Person, rules: Rules) -> Decision:
    """Administrators merge two accounts of one person; none of the team's."""
    if not _trusted(person, rules.level_to_merge_accounts):
        return _trusted(person, rules.level_to_merge_accounts)
    if source.pk == target.pk:
        return Decision("Choose two accounts.")
    if source.is_helper:
        return Decision("This account belongs to the team. Change its role first.")
    return ALLOWED


def can_decide_appeal(person: Person, appeal: Appeal, rules: Rules) -> Decision:
    """Moderators decide appeals against what somebody else did."""
    if can_moderate(person, rules) and appeal.state != AppealState.OPEN:
        return Decision("This appeal has been decided.")
    return can_judge(person, appeal, rules)


def can_judge(person: Person, appeal: Appeal, rules: Rules) -> Decision:
    """Say whether `person` may decide an appeal, or decide it once more: who neither did the act nor asked."""
    if not can_moderate(person, rules):
        return can_moderate(person, rules)
    if appeal.entry.actor_id == person.pk:
        return Decision("You did this yourself. Another moderator must decide.")
    if appeal.member_id == person.pk:
        return Decision("This is your own appeal. Another moderator must decide.")
    return ALLOWED


def can_appeal(person: Person, entry: LogEntry, rules: Rules) -> Decision:
    """Whoever an act was done to asks once for somebody else to look at it again, also while they may only read."""
    if not _concerns(person, entry):
        return Decision("This was not done to you or to a post of yours.")
    if entry.verb not in APPEALABLE:
        return Decision("There’s no decision to appeal here. Write to the moderators instead.")
    return ALLOWED


def can_change_role(person: Person, member: Person, role: str, rules: Rules) -> Decision:
    """Administrators appoint helpers and moderators; only an owner makes or unmakes administrators and owners."""
    if not _trusted(person, rules.level_to_change_roles):
        return _trusted(person, rules.level_to_change_roles)
    if person.pk == member.pk:
        return Decision("You can’t change your own role. Ask another owner.")
    trusted = {Role.ADMINISTRATOR, Role.OWNER}
    if (member.is_administrator or role in trusted) and getattr(person, "role", "") != Role.OWNER:
        return Decision("Only an owner can decide who administers the site.")
    return ALLOWED


def can_correct_member(person: Person, member: Person, rules: Rules) -> Decision:
    """Administrators correct names and words; those of an administrator, an owner alone or they themselves."""
    if not can_configure(person, rules):
        return can_configure(person, rules)
    if member.is_administrator and member.pk != person.pk and getattr(person, "role", "") != Role.OWNER:
        return Decision("Only an owner can correct what an administrator wrote about themselves.")
    return ALLOWED


def can_configure(person: Person, rules: Rules) -> Decision:
    """Administrators change settings, pages, topics and roles."""
    return _trusted(person, rules.level_to_configure)


def can_erase(person: Person, rules: Rules) -> Decision:
    """Administrators erase words for good, where the law asks for it."""
    return _trusted(person, rules.level_to_erase)


def _concerns(person: Person, entry: LogEntry) -> bool:
    if entry.actor_id is not None and entry.actor_id == person.pk and person.is_authenticated:
        return False
    if entry.post is not None:
        return is_author(person, entry.post)
    return person.is_authenticated and entry.member_id == person.pk


def _trusted(person: Person, level: str) -> Decision:
    """Say whether `person` is of the team as far as `level`, and may act at the moment."""
    return reaches(person, level, "do this") and is_free_to(person)
