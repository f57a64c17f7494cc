"""What each permission is asked about: posts, topics, members, cases, entries of the log, each in every state."""

from typing import Any

from accounts.choices import Role
from accounts.models import User
from forum import permissions
from forum.choices import AppealState, Audience, Direction, Urgency
from forum.effects.undoing import INVERSES
from forum.models import Appeal, Case, Category, LogEntry, LogText, Revision, Suggestion, Tag, TagSynonym
from tests.permissions.table import (
    HIDDEN,
    LATER,
    STRANGER,
    answer,
    comment,
    question,
)

POSTS_OF_OTHERS = {
    "question": question(),
    "answer": answer(),
    "comment": comment(),
}
READ = {
    "question": question(),
    "question, unlisted": question(audience=Audience.UNLISTED),
    "question, for members": question(audience=Audience.MEMBERS),
    "question, hidden": question(**HIDDEN),
    "question, withdrawn": question(status="withdrawn"),
    "question, merged": question(status="merged"),
}
DEPENDED_ON = {
    "question with an answer": question(answer_count=1),
    "answer that was chosen": answer(to={"accepted_answer_id": 20}),
    "answer with a comment": answer(comment_count=1),
}


def a_member(role: str = "member") -> Any:
    return lambda wrote: User(pk=90, username="target", role=role)


def _topic(*levels: str) -> Any:
    """Return how to make a topic with the first of these levels, below topics with the others."""

    def make(wrote: dict[str, Any]) -> Any:
        place = None
        for level in reversed(levels or ("",)):
            place = Category(name="Sleep", parent=place, level_to_ask=level)
        return place

    return make


def _themselves(wrote: dict[str, Any]) -> None:
    """Stand for the person who asks."""


TOPICS = {
    "a topic": _topic(),
    "a topic for members": _topic("member"),
    "a topic below one for members": _topic("", "member"),
    "a topic for 500 points below one for members": _topic("500", "member"),
    "a topic for moderators": _topic("moderator"),
    "a topic for administrators": _topic("administrator"),
}
MEMBERS = {
    "a member": a_member(),
    "a helper": a_member("helper"),
    "a moderator": a_member("moderator"),
    "an administrator": a_member("administrator"),
    "an owner": a_member("owner"),
    "themselves": _themselves,
}


def about_member(ask: Any) -> Any:
    return lambda person, member, rules: ask(person, member or person, rules)


def _asked_by_them(**columns: Any) -> Any:
    """Return an answer to the question of whoever asks."""

    def make(wrote: dict[str, Any]) -> Any:
        post = answer(**columns)(STRANGER)
        post.question = post.parent = question()(wrote)
        return post

    return make


def of_them(ask: Any) -> Any:
    """Ask about a thing, or about one that depends on who asks."""
    return lambda person, thing, rules: ask(person, thing(person) if callable(thing) else thing, rules)


FOLLOWED = {
    **READ,
    "answer": answer(),
    "topic": lambda wrote: Category(pk=1),
    "tag": lambda wrote: Tag(pk=1),
    "tag, not in use any more": lambda wrote: Tag(pk=1, removed_at=LATER),
    "member": lambda wrote: lambda person: User(pk=90, username="target"),
    "member who closed their account": lambda wrote: lambda person: User(pk=90, username="target", closed_at=LATER),
    "themselves": lambda wrote: lambda person: person,
}
ACCEPT = {
    "answer to somebody else’s question": answer(),
    "answer to their question": _asked_by_them(),
    "answer to their question, hidden": _asked_by_them(**HIDDEN),
    "their question itself": question(),
}


TAGS = {
    "a tag": lambda wrote: Tag(name="nights"),
    "a tag that was deleted": lambda wrote: Tag(name="nights", removed_at=LATER),
}
SYNONYMS = {
    "a name that somebody else asked for": lambda wrote: lambda person: TagSynonym(asked_by_id=98),
    "a name they asked for": lambda wrote: lambda person: TagSynonym(asked_by_id=person.pk),
}


def _case(urgency: Urgency) -> Any:
    return lambda wrote: lambda person: Case(urgency=urgency)


def _own_case(*, of_post: bool = True) -> Any:
    def make(wrote: dict[str, Any]) -> Any:
        return lambda person: (
            Case(post=question()(a_wrote(person)))
            if of_post
            else Case(member=person if person.is_authenticated else None)
        )

    return make


CASES = {
    **{f"a case, {one.label.lower()}": _case(one) for one in (Urgency.LOW, Urgency.HIGH, Urgency.URGENT)},
    "a case about their own post": _own_case(),
    "a case about themselves": _own_case(of_post=False),
}


def a_revision(**columns: Any) -> Any:
    return lambda wrote: Revision(number=1, **columns)


def a_wrote(person: Any) -> dict[str, Any]:
    return {"author": person} if person.is_authenticated else {"guest": person}


def _own(make: Any) -> Any:
    """Return how to make a post that is by whoever asks, moderators too."""
    return lambda wrote: lambda person: make(a_wrote(person))


def _by_anybody(make: Any) -> Any:
    return lambda wrote: lambda person: make(wrote)


OWN_TOO = {
    **{name: _by_anybody(make) for name, make in POSTS_OF_OTHERS.items()},
    **{f"{name} of their own": _own(make) for name, make in POSTS_OF_OTHERS.items()},
}


def _entry(verb: str, *, is_own: bool = False, about: str = "others") -> Any:
    """Return an act on somebody else's post, or account, or on what is `about` whoever asks."""

    def make(wrote: dict[str, Any]) -> Any:
        def entry(person: Any) -> LogEntry:
            actor_id = person.pk if is_own and person.is_authenticated else 98
            made = LogEntry(verb=verb, actor_id=actor_id)
            made.text = LogText(before={"role": "member"})
            is_theirs = about == "themselves"
            if verb.partition(".")[0] in {"post", "question", "flag", "edit", "revision", "author"}:
                make_post = answer() if verb == "post.converted" else question()
                made.post = make_post(a_wrote(person) if is_theirs else STRANGER)
            elif verb.partition(".")[0] in {"member", "account", "votes"}:
                made.member = person if is_theirs and person.is_authenticated else User(pk=90, username="target")
            return made

        return entry

    return make


ENTRIES = {
    **{f"{verb}, by somebody else": _entry(verb) for verb in sorted(INVERSES)},
    **{f"{verb}, by somebody else, about them": _entry(verb, about="themselves") for verb in sorted(INVERSES)},
    **{
        f"{verb}, by themselves": _entry(verb, is_own=True)
        for verb in ("post.hidden", "post.approved", "post.kept", "flag.declined", "question.closed", "edit.rejected")
    },
    **{
        f"{verb}, by themselves, about them": _entry(verb, is_own=True, about="themselves")
        for verb in ("post.hidden", "post.approved", "flag.declined", "question.closed", "post.locked")
    },
}


def _appeal(state: str, *, actor_id: int = 98, is_own: bool = False) -> Any:
    def make(wrote: dict[str, Any]) -> Any:
        return lambda person: Appeal(
            state=state,
            entry=LogEntry(verb="post.hidden", actor_id=person.pk if actor_id == 0 else actor_id),
            member_id=person.pk if is_own and person.is_authenticated else 97,
        )

    return make


APPEALS = {
    "against what somebody else did": _appeal(AppealState.OPEN),
    "against what they did": _appeal(AppealState.OPEN, actor_id=0),
    "their own": _appeal(AppealState.OPEN, is_own=True),
    "decided": _appeal(AppealState.DECLINED),
}


def _done(verb: str, *, to_member: bool = False, is_own: bool = False) -> Any:
    """Return an act on what `wrote` says is somebody's, or on whoever asks."""

    def make(wrote: dict[str, Any]) -> Any:
        def entry(person: Any) -> LogEntry:
            actor_id = person.pk if is_own and person.is_authenticated else 98
            if to_member:
                return LogEntry(verb=verb, actor_id=actor_id, member_id=person.pk if person.is_authenticated else 97)
            return LogEntry(verb=verb, actor_id=actor_id, post=question()(wrote))

        return entry

    return make


APPEALED = {
    **{f"{verb} on a post": _done(verb) for verb in ("post.hidden", "question.closed", "post.shown", "post.kept")},
    "post.hidden on a post, by themselves": _done("post.hidden", is_own=True),
    **{f"{verb} to whoever asks": _done(verb, to_member=True) for verb in ("member.suspended", "member.noted")},
}


def _settled(*urgencies: Urgency) -> Any:
    return lambda wrote: lambda person: (question()(wrote), [Case(urgency=one) for one in urgencies])


SETTLED = {
    "a post without a case they see": _settled(),
    "a post with a case that is not urgent": _settled(Urgency.LOW),
    "a post with two cases, one urgent": _settled(Urgency.LOW, Urgency.URGENT),
    "their own post with a case": lambda wrote: lambda person: (question()(a_wrote(person)), [Case()]),
}


def _suggested(by: dict[str, Any] | None, on: Any) -> Any:
    def make(wrote: dict[str, Any]) -> Any:
        who = wrote if by is None else by
        return Suggestion(post=on(STRANGER if by is None else wrote), member=who.get("author"), guest=who.get("guest"))

    return make


# The authors of the table are those who made the suggestion in the first, and those of the post in the others.
SUGGESTIONS = {
    "a suggestion of theirs": _suggested(None, question()),
    "a suggestion of somebody else": _suggested({"author": User(pk=96)}, question()),
    "a suggestion of somebody else, the post hidden": _suggested({"author": User(pk=96)}, question(**HIDDEN)),
}


def a_roles() -> dict[str, Any]:
    return {f"{name}: {role.label.lower()}": _with_role(who, role) for name, who in MEMBERS.items() for role in Role}


def _with_role(who: Any, role: Role) -> Any:
    return lambda wrote: (who(wrote), role)


def a_vote(direction: Direction) -> Any:
    return lambda person, post, rules: permissions.can_vote(person, post, direction, rules)


def hidden_text(wrote: dict[str, Any], hidden_by: int | None) -> Revision:
    return Revision(number=1, post=question()(wrote), hidden_at=LATER, hidden_by_id=hidden_by)


def a_alone(ask: Any) -> Any:
    return lambda person, nothing, rules: ask(person, rules)


def other_question() -> Any:
    other = question()(STRANGER)
    other.pk = 11
    return other
