"""Who may take an act of the log back: whoever may do the act that takes it back."""

from collections.abc import Callable, Sequence

from accounts.models import User
from forum.choices import MeasureKind
from forum.limits import Rules
from forum.models import Appeal, Case, Guest, LogEntry, Person, Post
from forum.permissions import team
from forum.permissions.decisions import ALLOWED, Decision, is_author, is_free_to, reaches
from forum.permissions.posts import can_retag
from forum.permissions.tags import can_decide_synonyms, can_manage_tag

Ask = Callable[[Person, LogEntry, Rules], Decision]

_OWN_ACCOUNT = Decision("This is about your own account. Someone else must decide.")
# What authors may do with the words of their own posts, whoever did what is taken back.
_ABOUT_WORDS = ("post.edited_by_team", "post.rolled_back", "question.retagged", "edit.")


def can_undo(
    person: Person,
    entry: LogEntry,
    rules: Rules,
    *,
    cases: Sequence[Case] | None = None,
    appeal: Appeal | None = None,
) -> Decision:
    """Say whether `person` may do what takes `entry` back; of what was done to their own posts, only their own acts.

    `cases` are those about its post that `person` sees and `appeal` is what it decided: lists, which only show a
    button, leave both out. Load `post`, `member` and `text` with the entry.
    """
    if not team.can_see_queue(person, rules):
        return team.can_see_queue(person, rules)
    is_own = entry.actor_id is not None and entry.actor_id == person.pk
    is_about_words = entry.verb.startswith(_ABOUT_WORDS)
    if entry.post is not None and is_author(person, entry.post) and not is_own and not is_about_words:
        return team.OWN_POST
    if entry.verb in _SETTLED_BY_HELPERS and is_own and entry.post is not None:
        if cases is not None:
            return team.can_settle(person, entry.post, cases, rules)
        return team.OWN_POST if is_author(person, entry.post) else ALLOWED
    if entry.verb.startswith("appeal."):
        return team.can_judge(person, appeal, rules) if appeal is not None else team.can_moderate(person, rules)
    if is_about_words and not is_own and not team.can_moderate(person, rules):
        return team.can_moderate(person, rules)
    return ASKED.get(entry.verb, _moderates)(person, entry, rules)


def _moderates(person: Person, entry: LogEntry, rules: Rules) -> Decision:
    """Ask as an act on a post or a member does."""
    if entry.post is not None:
        return team.can_moderate_post(person, entry.post, rules)
    if entry.member is not None:
        return team.can_moderate_member(person, entry.member, rules)
    return team.can_moderate(person, rules)


def _configures(person: Person, entry: LogEntry, rules: Rules) -> Decision:
    return team.can_configure(person, rules)


def _blocks(person: Person, entry: LogEntry, rules: Rules) -> Decision:
    return team.can_block(person, rules)


def _manages_tags(person: Person, entry: LogEntry, rules: Rules) -> Decision:
    return can_manage_tag(person, rules)


def _decides_synonyms(person: Person, entry: LogEntry, rules: Rules) -> Decision:
    return can_decide_synonyms(person, rules)


def _hides_revisions(person: Person, entry: LogEntry, rules: Rules) -> Decision:
    return team.can_hide_revision(person, rules)


def _merges(person: Person, entry: LogEntry, rules: Rules) -> Decision:
    return _trusted(person, rules.level_to_merge)


def _merges_accounts(person: Person, entry: LogEntry, rules: Rules) -> Decision:
    return _trusted(person, rules.level_to_merge_accounts)


def _of_post(ask: Callable[[Person, Post, Rules], Decision]) -> Ask:
    def asked(person: Person, entry: LogEntry, rules: Rules) -> Decision:
        return ask(person, entry.post, rules) if entry.post is not None else team.can_moderate(person, rules)

    return asked


def _measures(kind: MeasureKind) -> Ask:
    return _of_post(lambda person, post, rules: team.can_measure(person, post, rules, kind))


def _suspends(person: Person, entry: LogEntry, rules: Rules) -> Decision:
    return team.can_suspend(person, entry.member or Guest(), rules)


def _writes(person: Person, entry: LogEntry, rules: Rules) -> Decision:
    """Ask as writing does; what was written about a post names no member, who may be anonymous."""
    return team.can_write_to_member(person, entry.member or Guest(), rules)


def _changes_roles(person: Person, entry: LogEntry, rules: Rules) -> Decision:
    member = entry.member
    role = str(entry.text.before.get("role", ""))
    return team.can_change_role(person, member, role, rules) if member else team.can_configure(person, rules)


def _corrects(person: Person, entry: LogEntry, rules: Rules) -> Decision:
    member = entry.member
    return team.can_correct_member(person, member, rules) if member else team.can_configure(person, rules)


def _undoes_accounts(person: Person, entry: LogEntry, rules: Rules) -> Decision:
    return team.can_undo_account(person, entry.member or Guest(), rules)


def _puts_votes_back(person: Person, entry: LogEntry, rules: Rules) -> Decision:
    """Ask for votes, which are taken from members of the team as well."""
    if isinstance(person, User) and entry.member_id == person.pk:
        return _OWN_ACCOUNT
    return _trusted(person, rules.level_to_undo_account)


def _trusted(person: Person, level: str) -> Decision:
    return reaches(person, level, "do this") and is_free_to(person)


_SETTLED_BY_HELPERS = frozenset(("post.approved", "post.held", "post.kept", "post.raised"))

ASKED: dict[str, Ask] = {
    **dict.fromkeys(
        (
            *("post.hidden", "post.shown", "post.deleted", "post.restored", *_SETTLED_BY_HELPERS),
            *("flag.upheld", "flag.declined", "flag.reopened", "member.kept", "member.raised"),
            *("author.asked", "author.asking_withdrawn", "author.cared_for", "author.care_withdrawn"),
            *("appeal.granted", "appeal.declined", "appeal.reopened"),
        ),
        _moderates,
    ),
    **dict.fromkeys(("question.closed", "question.reopened"), _of_post(team.can_close)),
    **dict.fromkeys(("post.locked", "post.unlocked"), _measures(MeasureKind.LOCK)),
    **dict.fromkeys(("question.protected", "question.unprotected"), _measures(MeasureKind.PROTECTION)),
    **dict.fromkeys(("question.slowed", "question.unslowed"), _measures(MeasureKind.SLOW_MODE)),
    **dict.fromkeys(("question.pinned", "question.unpinned"), _measures(MeasureKind.PIN)),
    **dict.fromkeys(("post.notice_put", "post.notice_taken"), _measures(MeasureKind.NOTICE)),
    "post.converted": _of_post(team.can_convert),
    "question.moved": _of_post(team.can_move),
    **dict.fromkeys(("question.merged", "question.unmerged"), _merges),
    **dict.fromkeys(("post.edited_by_team", "post.rolled_back"), _of_post(team.can_roll_back)),
    "question.retagged": _of_post(can_retag),
    **dict.fromkeys(("revision.hidden", "revision.shown"), _hides_revisions),
    **dict.fromkeys(("edit.approved", "edit.rejected", "edit.reopened"), _of_post(team.can_decide_edit)),
    **dict.fromkeys(("account.undone", "account.restored"), _undoes_accounts),
    **dict.fromkeys(("votes.reversed", "votes.restored"), _puts_votes_back),
    **dict.fromkeys(
        (
            *("member.warned", "member.cared_for", "member.written_to"),
            *("member.message_returned", "member.message_withdrawn"),
            *("member.noted", "member.note_returned", "member.note_lifted"),
        ),
        _writes,
    ),
    **dict.fromkeys(("member.suspended", "member.suspension_lifted"), _suspends),
    "member.role_changed": _changes_roles,
    "member.corrected": _corrects,
    "account.merged": _merges_accounts,
    **dict.fromkeys(("category.saved", "category.placed", "category.deleted"), _configures),
    **dict.fromkeys(("configuration.saved", "configuration.deleted"), _configures),
    **dict.fromkeys(("block.set", "block.lifted"), _blocks),
    **dict.fromkeys(("tag.edited", "tag.renamed", "tag.merged", "tag.parted", "tag.deleted"), _manages_tags),
    **dict.fromkeys(("tag.restored", "tag.reserved", "tag.freed"), _manages_tags),
    **dict.fromkeys(("synonym.approved", "synonym.declined", "synonym.removed", "synonym.reopened"), _decides_synonyms),
}
