"""What the log of moderation says, in words: one sentence an act, the same on the site and in the administration."""

from dataclasses import dataclass

from accounts.choices import Role
from forum.bylines import FORMER, byline
from forum.choices import PostKind
from forum.models import LogEntry, Person, Post

_DID = {
    "post.hidden": "hid",
    "post.shown": "showed again",
    "post.deleted": "deleted",
    "post.restored": "restored",
    "post.approved": "approved",
    "post.held": "held back",
    "post.kept": "kept",
    "question.closed": "closed",
    "question.reopened": "reopened",
    "post.locked": "locked",
    "post.unlocked": "unlocked",
    "question.protected": "limited to established members",
    "question.unprotected": "opened to new members",
    "question.slowed": "put in slow mode",
    "question.unslowed": "ended slow mode on",
    "question.pinned": "pinned",
    "question.unpinned": "unpinned",
    "post.notice_put": "added a notice to",
    "post.notice_taken": "removed the notice from",
    "post.converted": "converted",
    "question.moved": "moved",
    "question.retagged": "changed the topic and tags of",
    "question.merged": "merged into another question",
    "question.unmerged": "separated from another question",
    "post.edited_by_team": "edited",
    "post.rolled_back": "rolled back",
    "revision.hidden": "hid an earlier version of",
    "revision.shown": "showed again an earlier version of",
    "edit.approved": "approved a suggested edit to",
    "edit.rejected": "rejected a suggested edit to",
    "edit.reopened": "reopened a suggested edit to",
    "flag.upheld": "agreed with a report of",
    "flag.declined": "declined a report of",
    "flag.reopened": "reopened a report of",
    "appeal.granted": "granted an appeal about",
    "appeal.declined": "declined an appeal about",
    "appeal.reopened": "reopened an appeal about",
    "author.asked": "asked for a change to",
    "author.asking_withdrawn": "withdrew a request about",
    "author.cared_for": "sent a word of care about",
    "author.care_withdrawn": "withdrew a word of care about",
    "member.kept": "kept",
    "member.warned": "warned",
    "member.cared_for": "wrote a care message to",
    "member.written_to": "wrote to",
    "member.message_withdrawn": "withdrew a message to",
    "member.message_returned": "sent again a message to",
    "member.noted": "wrote a note about",
    "member.note_lifted": "removed a note about",
    "member.note_returned": "restored a note about",
    "member.suspended": "suspended",
    "member.suspension_lifted": "ended the suspension of",
    "member.role_changed": "changed the role of",
    "member.corrected": "corrected the name or words of",
    "account.undone": "undid everything recent by",
    "account.restored": "restored what was undone of",
    "account.merged": "merged another account into that of",
    "account.unmerged": "separated another account from that of",
    "votes.reversed": "undid votes by",
    "votes.restored": "restored votes by",
    "block.set": "set a block",
    "block.lifted": "lifted a block",
    "configuration.saved": "saved",
    "configuration.deleted": "deleted",
    "category.saved": "saved the topic",
    "category.placed": "moved the topic",
    "category.deleted": "deleted the topic",
    "tag.edited": "described the tag",
    "tag.renamed": "renamed the tag",
    "tag.merged": "merged the tag",
    "tag.parted": "separated again the tag",
    "tag.deleted": "deleted the tag",
    "tag.restored": "restored the tag",
    "tag.reserved": "reserved for moderators the tag",
    "tag.freed": "opened to everyone the tag",
    "synonym.approved": "approved another name for the tag",
    "synonym.declined": "declined another name for the tag",
    "synonym.removed": "removed another name for the tag",
    "synonym.reopened": "undid a decision on another name for the tag",
    "log.words_erased": "erased the words of",
    "log.member_forgotten": "erased from the log the name of",
}
_ABOUT_AUTHORS = ("member.", "account.", "votes.")  # with a post, these are about whoever wrote it
_KINDS = {PostKind.QUESTION: "a question", PostKind.ANSWER: "an answer", PostKind.COMMENT: "a comment"}

# What `sentence_of` asks of an entry, for `select_related`.
NEEDED = ("actor", "member", "post__author", "post__question", "text")


@dataclass(frozen=True)
class Sentence:
    """What an entry says: who did what, to what (with an address, where there is one), and what else is to know."""

    who: str
    did: str
    about: str = ""
    about_path: str = ""
    detail: str = ""

    def __str__(self) -> str:
        parts = (self.who, self.did, self.about, f"({self.detail})" if self.detail else "")
        return " ".join(part for part in parts if part)


def sentence_of(entry: LogEntry, viewer: Person) -> Sentence:
    """Return what `entry` says to a moderator; it names nobody who wrote anonymously. Load `NEEDED` with it."""
    did = _DID.get(entry.verb, entry.verb.replace(".", ": ").replace("_", " "))
    did = f"took act {entry.undoes_id} back, and so {did}" if entry.undoes_id is not None else did
    who = actor_of(entry)
    detail = _detail(entry)
    if entry.post is not None:
        return Sentence(
            who, f"{did} {_whose(entry, entry.post, viewer)}", _title(entry.post), f"/{entry.post_id}/", detail
        )
    if entry.member_id is not None:
        return Sentence(who, did, _name(entry, "member"), _member_path(entry), detail)
    return Sentence(who, did, _thing(entry), "", detail)


def actor_of(entry: LogEntry) -> str:
    """Return the name its actor had; acts without one are the site's, or those of authors whom the log doesn't name."""
    if entry.actor_id is not None:
        return _name(entry, "actor")
    return "The author" if entry.verb.startswith("edit.") else "The site"


def _name(entry: LogEntry, role: str) -> str:
    person = getattr(entry, role)
    if person.closed_at is not None:
        return FORMER
    return str(entry.text.names.get(role) or person.username)


def _whose(entry: LogEntry, post: Post, viewer: Person) -> str:
    author = "you" if byline(post, viewer).is_you and not post.is_anonymous else byline(post, viewer).name
    place = "" if post.is_question else " to" if post.is_answer else " below"
    owner = "the author of " if entry.verb.startswith(_ABOUT_AUTHORS) else ""
    return f"{owner}{_KINDS[PostKind(post.kind)]} by {author}{place}"


def _title(post: Post) -> str:
    return f"“{(post.question or post).title}”"


def _member_path(entry: LogEntry) -> str:
    member = entry.member
    if member is None or member.closed_at is not None:
        return ""
    return f"/moderation/members{member.get_absolute_url().removeprefix('/user')}"


def _thing(entry: LogEntry) -> str:
    kind, _, number = entry.thing.partition(":")
    if kind == "entry":
        return f"act {number}"
    named = entry.text.names.get("thing", "")
    if entry.verb.startswith("configuration."):
        return f"{_spaced(kind)} “{named}”" if named else _spaced(kind)
    return f"“{named}”" if named else ""


def _spaced(name: str) -> str:
    return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in name).strip()


def _detail(entry: LogEntry) -> str:
    before, after = entry.text.before, entry.text.after
    if entry.verb == "member.role_changed" and "role" in before and "role" in after:
        return f"{_role(before['role'])} → {_role(after['role'])}"
    if entry.verb == "member.suspended" and after.get("until"):
        what = "" if after.get("ability") in (None, "everything", "") else f"{after['ability']}, "
        return f"{what}until {str(after['until'])[:10]}"
    if entry.verb == "tag.renamed" and "name" in before and "name" in after:
        return f"{before['name']} → {after['name']}"
    if entry.verb == "tag.merged" and "into" in after:
        return f"into {after['into']}"
    if entry.verb.startswith("synonym.") and "name" in before:
        return str(before["name"])
    if entry.verb == "configuration.saved" and before.get("fields") and after.get("fields"):
        return ", ".join(name.replace("_", " ") for name in after["fields"])
    return ""


def _role(role: str) -> str:
    return Role(role).label if role in Role.values else role
