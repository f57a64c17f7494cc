"""Each permission, and how the table asks it of somebody about something."""

from typing import Any

from accounts.choices import Role
from accounts.models import User
from forum import permissions
from forum.choices import AppealState, Audience, Direction, MeasureKind, Urgency
from forum.effects.undoing import INVERSES
from forum.models import Appeal, Case, Category, LogEntry, LogText, Revision, Suggestion, Tag, TagSynonym
from tests.permissions.table import (
    ALONE,
    ANSWERS,
    HIDDEN,
    LATER,
    POSTS,
    QUESTIONS,
    STRANGER,
    Act,
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


def _member(role: str = "member") -> Any:
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
    "a member": _member(),
    "a helper": _member("helper"),
    "a moderator": _member("moderator"),
    "an administrator": _member("administrator"),
    "an owner": _member("owner"),
    "themselves": _themselves,
}


def _about_member(ask: Any) -> Any:
    return lambda person, member, rules: ask(person, member or person, rules)


def _asked_by_them(**columns: Any) -> Any:
    """Return an answer to the question of whoever asks."""

    def make(wrote: dict[str, Any]) -> Any:
        post = answer(**columns)(STRANGER)
        post.question = post.parent = question()(wrote)
        return post

    return make


def _of_them(ask: Any) -> Any:
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
            Case(post=question()(_wrote(person)))
            if of_post
            else Case(member=person if person.is_authenticated else None)
        )

    return make


CASES = {
    **{f"a case, {one.label.lower()}": _case(one) for one in (Urgency.LOW, Urgency.HIGH, Urgency.URGENT)},
    "a case about their own post": _own_case(),
    "a case about themselves": _own_case(of_post=False),
}


def _revision(**columns: Any) -> Any:
    return lambda wrote: Revision(number=1, **columns)


def _wrote(person: Any) -> dict[str, Any]:
    return {"author": person} if person.is_authenticated else {"guest": person}


def _own(make: Any) -> Any:
    """Return how to make a post that is by whoever asks, moderators too."""
    return lambda wrote: lambda person: make(_wrote(person))


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
                made.post = make_post(_wrote(person) if is_theirs else STRANGER)
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
    "their own post with a case": lambda wrote: lambda person: (question()(_wrote(person)), [Case()]),
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


def _roles() -> dict[str, Any]:
    return {f"{name}: {role.label.lower()}": _with_role(who, role) for name, who in MEMBERS.items() for role in Role}


def _with_role(who: Any, role: Role) -> Any:
    return lambda wrote: (who(wrote), role)


def _vote(direction: Direction) -> Any:
    return lambda person, post, rules: permissions.can_vote(person, post, direction, rules)


def _hidden_text(wrote: dict[str, Any], hidden_by: int | None) -> Revision:
    return Revision(number=1, post=question()(wrote), hidden_at=LATER, hidden_by_id=hidden_by)


def _alone(ask: Any) -> Any:
    return lambda person, nothing, rules: ask(person, rules)


def _measures() -> list[Act]:
    return [
        Act(
            f"can_measure, {kind.label.lower()}",
            lambda person, post, rules, kind=kind: permissions.can_measure(person, post, rules, kind),
            POSTS_OF_OTHERS,
        )
        for kind in MeasureKind
    ]


ACTS = [
    Act("can_read", lambda person, post, rules: permissions.can_read(person, post), READ),
    Act("can_ask", _alone(permissions.can_ask), ALONE),
    Act("can_ask_in", permissions.can_ask_in, TOPICS, points=(500,)),
    Act("can_answer", permissions.can_answer, QUESTIONS, points=(200,)),
    Act("can_comment", permissions.can_comment, POSTS),
    Act("can_edit", permissions.can_edit, POSTS, points=(2_000,)),
    Act("can_suggest", permissions.can_suggest, POSTS),
    Act("can_decide_edit", permissions.can_decide_edit, POSTS, points=(2_000,)),
    Act("can_roll_back", permissions.can_roll_back, POSTS, points=(2_000,)),
    Act("can_withdraw", permissions.can_withdraw, POSTS | DEPENDED_ON),
    Act("can_return", permissions.can_return, POSTS),
    Act("can_vote, up", _vote(Direction.UP), POSTS),
    Act("can_vote, down", _vote(Direction.DOWN), POSTS, points=(250,)),
    Act("can_take_back_vote", permissions.can_take_back_vote, POSTS),
    Act("can_accept", permissions.can_accept, ACCEPT),
    Act("can_bookmark", permissions.can_bookmark, POSTS),
    Act("can_unbookmark", permissions.can_unbookmark, POSTS),
    Act("can_follow", _of_them(permissions.can_follow), FOLLOWED),
    Act("can_unfollow", _of_them(permissions.can_unfollow), FOLLOWED),
    Act("can_follow_by_mail", permissions.can_follow_by_mail, QUESTIONS),
    Act("can_choose", _alone(permissions.can_choose), ALONE),
    Act("can_flag", permissions.can_flag, POSTS),
    Act("can_report_danger", permissions.can_report_danger, POSTS),
    Act("can_flag_member", _about_member(permissions.can_flag_member), MEMBERS),
    Act("can_block_member", _about_member(permissions.can_block_member), MEMBERS),
    Act("can_unblock_member", _about_member(permissions.can_unblock_member), MEMBERS),
    Act("can_resubmit", permissions.can_resubmit, POSTS),
    Act("can_retag", permissions.can_retag, QUESTIONS, points=(500, 2_000)),
    Act("can_create_tag", _alone(permissions.can_create_tag), ALONE, points=(300,)),
    Act("can_describe_tag", permissions.can_describe_tag, TAGS, points=(500,)),
    Act(
        "can_give_tag",
        permissions.can_give_tag,
        {"a tag": TAGS["a tag"], "a reserved tag": lambda wrote: Tag(name="notices", is_reserved=True)},
    ),
    Act("can_ask_for_synonym", permissions.can_ask_for_synonym, TAGS, points=(500,)),
    Act("can_decide_synonyms", _alone(permissions.can_decide_synonyms), ALONE),
    Act(
        "can_approve_synonym",
        lambda person, synonym, rules: permissions.can_approve_synonym(person, synonym(person), rules),
        SYNONYMS,
    ),
    Act("can_manage_tag", _alone(permissions.can_manage_tag), ALONE),
    Act("can_upload", _alone(permissions.can_upload), ALONE),
    Act("needs_check", _alone(permissions.needs_check), ALONE, points=(200,)),
    Act("can_vote_to_close", permissions.can_vote_to_close, QUESTIONS | ANSWERS, points=(1_500,)),
    Act("can_see_queue", _alone(permissions.can_see_queue), ALONE),
    Act("can_look_after", _of_them(permissions.can_look_after), CASES),
    Act(
        "can_decide_case",
        lambda person, case, rules: permissions.can_decide_case(person, case(person)),
        {name: CASES[name] for name in ("a case, low", "a case about their own post", "a case about themselves")},
    ),
    Act("can_settle", lambda person, about, rules: permissions.can_settle(person, *about(person), rules), SETTLED),
    Act("can_moderate", _alone(permissions.can_moderate), ALONE),
    Act("can_moderate_post", _of_them(permissions.can_moderate_post), OWN_TOO),
    Act("can_moderate_member", _about_member(permissions.can_moderate_member), MEMBERS),
    Act("can_close", permissions.can_close, POSTS),
    Act(
        "can_reopen",
        lambda person, about, rules: permissions.can_reopen(
            person, about(person)[0], rules, closed_by=about(person)[1]
        ),
        {
            "a question that somebody else closed": lambda wrote: lambda person: (question()(wrote), 98),
            "their own, closed by somebody else": lambda wrote: lambda person: (question()(_wrote(person)), 98),
            "their own, closed by themselves": lambda wrote: lambda person: (question()(_wrote(person)), person.pk),
        },
    ),
    *_measures(),
    Act(
        "can_measure, on their own post",
        lambda person, laid_by, rules: permissions.can_measure(
            person, question()(_wrote(person)), rules, laid_by=laid_by(person)
        ),
        {
            "where nothing is laid": lambda wrote: lambda person: None,
            "where somebody else laid it": lambda wrote: lambda person: 98,
            "where they laid it": lambda wrote: lambda person: person.pk,
        },
    ),
    Act("can_convert", _of_them(permissions.can_convert), OWN_TOO),
    Act("can_move", permissions.can_move, POSTS_OF_OTHERS),
    Act(
        "can_merge",
        lambda person, pair, rules: permissions.can_merge(person, *pair, rules),
        {
            "a question into another": lambda wrote: (question()(wrote), _other_question()),
            "a question into itself": lambda wrote: (question()(wrote), question()(wrote)),
            "an answer into a question": lambda wrote: (answer()(wrote), _other_question()),
        },
    ),
    Act("can_hide_revision", _alone(permissions.can_hide_revision), ALONE),
    Act(
        "can_show_revision",
        _of_them(permissions.can_show_revision),
        {
            "a text of somebody else": lambda wrote: lambda person: _hidden_text(STRANGER, 98),
            "their own text, hidden by somebody else": lambda wrote: lambda person: _hidden_text(_wrote(person), 98),
            "their own text, hidden by them": lambda wrote: lambda person: _hidden_text(_wrote(person), person.pk),
        },
    ),
    Act(
        "can_read_revision",
        permissions.can_read_revision,
        {"a text": _revision(), "a hidden text": _revision(hidden_at=LATER)},
    ),
    Act("can_write_to_member", _about_member(permissions.can_write_to_member), MEMBERS),
    Act("can_write_to_team", _alone(permissions.can_write_to_team), ALONE),
    Act("can_suspend", _about_member(permissions.can_suspend), MEMBERS),
    Act("can_undo_account", _about_member(permissions.can_undo_account), MEMBERS),
    Act(
        "can_mark_spam",
        lambda person, post, rules: permissions.can_mark_spam(person, post, post.author or post.guest, rules),
        POSTS_OF_OTHERS | {"anonymous question": question(is_anonymous=True)},
    ),
    Act(
        "can_undo",
        lambda person, entry, rules: permissions.can_undo(person, entry(person), rules),
        ENTRIES,
    ),
    Act(
        "can_appeal",
        lambda person, entry, rules: permissions.can_appeal(person, entry(person), rules),
        APPEALED,
    ),
    Act(
        "can_decide_appeal",
        lambda person, appeal, rules: permissions.can_decide_appeal(person, appeal(person), rules),
        APPEALS,
    ),
    Act("can_read_suggestion", permissions.can_read_suggestion, SUGGESTIONS, points=(2_000,)),
    Act("can_withdraw_suggestion", permissions.can_withdraw_suggestion, SUGGESTIONS, points=(2_000,)),
    Act("can_block", _alone(permissions.can_block), ALONE),
    Act("can_see_addresses", _alone(permissions.can_see_addresses), ALONE),
    Act(
        "can_merge_accounts",
        lambda person, member, rules: (
            permissions.can_merge_accounts(person, member or person, _member()({}), rules)
            if member is not None
            else permissions.can_merge_accounts(person, person, person, rules)
        ),
        {
            "a second account of a member": lambda wrote: User(pk=89, username="second"),
            "an account of the team": lambda wrote: User(pk=89, username="second", role="helper"),
            "an account into itself": lambda wrote: None,
        },
    ),
    Act(
        "can_change_role",
        lambda person, pair, rules: permissions.can_change_role(person, pair[0] or person, pair[1], rules),
        _roles(),
    ),
    Act("can_correct_member", _about_member(permissions.can_correct_member), MEMBERS),
    Act("can_configure", _alone(permissions.can_configure), ALONE),
    Act("can_erase", _alone(permissions.can_erase), ALONE),
]


def _other_question() -> Any:
    other = question()(STRANGER)
    other.pk = 11
    return other
