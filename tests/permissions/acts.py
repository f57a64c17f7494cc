"""Each permission, and how the table asks it of somebody about something."""

from accounts.models import User
from forum import permissions
from forum.choices import Direction, MeasureKind
from forum.models import Tag
from tests.permissions.table import (
    ALONE,
    ANSWERS,
    LATER,
    POSTS,
    QUESTIONS,
    STRANGER,
    Act,
    answer,
    question,
)
from tests.permissions.things import (
    ACCEPT,
    APPEALED,
    APPEALS,
    CASES,
    DEPENDED_ON,
    ENTRIES,
    FOLLOWED,
    MEMBERS,
    OWN_TOO,
    POSTS_OF_OTHERS,
    READ,
    SETTLED,
    SUGGESTIONS,
    SYNONYMS,
    TAGS,
    TOPICS,
    a_alone,
    a_member,
    a_revision,
    a_roles,
    a_vote,
    a_wrote,
    about_member,
    hidden_text,
    of_them,
    other_question,
)


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
    Act("can_ask", a_alone(permissions.can_ask), ALONE),
    Act("can_ask_in", permissions.can_ask_in, TOPICS, points=(500,)),
    Act("can_answer", permissions.can_answer, QUESTIONS, points=(200,)),
    Act("can_comment", permissions.can_comment, POSTS),
    Act("can_edit", permissions.can_edit, POSTS, points=(2_000,)),
    Act("can_suggest", permissions.can_suggest, POSTS),
    Act("can_decide_edit", permissions.can_decide_edit, POSTS, points=(2_000,)),
    Act("can_roll_back", permissions.can_roll_back, POSTS, points=(2_000,)),
    Act("can_withdraw", permissions.can_withdraw, POSTS | DEPENDED_ON),
    Act("can_return", permissions.can_return, POSTS),
    Act("can_vote, up", a_vote(Direction.UP), POSTS),
    Act("can_vote, down", a_vote(Direction.DOWN), POSTS, points=(250,)),
    Act("can_take_back_vote", permissions.can_take_back_vote, POSTS),
    Act("can_accept", permissions.can_accept, ACCEPT),
    Act("can_bookmark", permissions.can_bookmark, POSTS),
    Act("can_unbookmark", permissions.can_unbookmark, POSTS),
    Act("can_follow", of_them(permissions.can_follow), FOLLOWED),
    Act("can_unfollow", of_them(permissions.can_unfollow), FOLLOWED),
    Act("can_follow_by_mail", permissions.can_follow_by_mail, QUESTIONS),
    Act("can_choose", a_alone(permissions.can_choose), ALONE),
    Act("can_flag", permissions.can_flag, POSTS),
    Act("can_report_danger", permissions.can_report_danger, POSTS),
    Act("can_flag_member", about_member(permissions.can_flag_member), MEMBERS),
    Act("can_block_member", about_member(permissions.can_block_member), MEMBERS),
    Act("can_unblock_member", about_member(permissions.can_unblock_member), MEMBERS),
    Act("can_resubmit", permissions.can_resubmit, POSTS),
    Act("can_retag", permissions.can_retag, QUESTIONS, points=(500, 2_000)),
    Act("can_create_tag", a_alone(permissions.can_create_tag), ALONE, points=(300,)),
    Act("can_describe_tag", permissions.can_describe_tag, TAGS, points=(500,)),
    Act(
        "can_give_tag",
        permissions.can_give_tag,
        {"a tag": TAGS["a tag"], "a reserved tag": lambda wrote: Tag(name="notices", is_reserved=True)},
    ),
    Act("can_ask_for_synonym", permissions.can_ask_for_synonym, TAGS, points=(500,)),
    Act("can_decide_synonyms", a_alone(permissions.can_decide_synonyms), ALONE),
    Act(
        "can_approve_synonym",
        lambda person, synonym, rules: permissions.can_approve_synonym(person, synonym(person), rules),
        SYNONYMS,
    ),
    Act("can_manage_tag", a_alone(permissions.can_manage_tag), ALONE),
    Act("can_upload", a_alone(permissions.can_upload), ALONE),
    Act("needs_check", a_alone(permissions.needs_check), ALONE, points=(200,)),
    Act("can_vote_to_close", permissions.can_vote_to_close, QUESTIONS | ANSWERS, points=(1_500,)),
    Act("can_see_queue", a_alone(permissions.can_see_queue), ALONE),
    Act("can_look_after", of_them(permissions.can_look_after), CASES),
    Act(
        "can_decide_case",
        lambda person, case, rules: permissions.can_decide_case(person, case(person)),
        {name: CASES[name] for name in ("a case, low", "a case about their own post", "a case about themselves")},
    ),
    Act("can_settle", lambda person, about, rules: permissions.can_settle(person, *about(person), rules), SETTLED),
    Act("can_moderate", a_alone(permissions.can_moderate), ALONE),
    Act("can_moderate_post", of_them(permissions.can_moderate_post), OWN_TOO),
    Act("can_moderate_member", about_member(permissions.can_moderate_member), MEMBERS),
    Act("can_close", permissions.can_close, POSTS),
    Act(
        "can_reopen",
        lambda person, about, rules: permissions.can_reopen(
            person, about(person)[0], rules, closed_by=about(person)[1]
        ),
        {
            "a question that somebody else closed": lambda wrote: lambda person: (question()(wrote), 98),
            "their own, closed by somebody else": lambda wrote: lambda person: (question()(a_wrote(person)), 98),
            "their own, closed by themselves": lambda wrote: lambda person: (question()(a_wrote(person)), person.pk),
        },
    ),
    *_measures(),
    Act(
        "can_measure, on their own post",
        lambda person, laid_by, rules: permissions.can_measure(
            person, question()(a_wrote(person)), rules, laid_by=laid_by(person)
        ),
        {
            "where nothing is laid": lambda wrote: lambda person: None,
            "where somebody else laid it": lambda wrote: lambda person: 98,
            "where they laid it": lambda wrote: lambda person: person.pk,
        },
    ),
    Act("can_convert", of_them(permissions.can_convert), OWN_TOO),
    Act("can_move", permissions.can_move, POSTS_OF_OTHERS),
    Act(
        "can_merge",
        lambda person, pair, rules: permissions.can_merge(person, *pair, rules),
        {
            "a question into another": lambda wrote: (question()(wrote), other_question()),
            "a question into itself": lambda wrote: (question()(wrote), question()(wrote)),
            "an answer into a question": lambda wrote: (answer()(wrote), other_question()),
        },
    ),
    Act("can_hide_revision", a_alone(permissions.can_hide_revision), ALONE),
    Act(
        "can_show_revision",
        of_them(permissions.can_show_revision),
        {
            "a text of somebody else": lambda wrote: lambda person: hidden_text(STRANGER, 98),
            "their own text, hidden by somebody else": lambda wrote: lambda person: hidden_text(a_wrote(person), 98),
            "their own text, hidden by them": lambda wrote: lambda person: hidden_text(a_wrote(person), person.pk),
        },
    ),
    Act(
        "can_read_revision",
        permissions.can_read_revision,
        {"a text": a_revision(), "a hidden text": a_revision(hidden_at=LATER)},
    ),
    Act("can_write_to_member", about_member(permissions.can_write_to_member), MEMBERS),
    Act("can_write_to_team", a_alone(permissions.can_write_to_team), ALONE),
    Act("can_suspend", about_member(permissions.can_suspend), MEMBERS),
    Act("can_undo_account", about_member(permissions.can_undo_account), MEMBERS),
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
    Act("can_block", a_alone(permissions.can_block), ALONE),
    Act("can_see_addresses", a_alone(permissions.can_see_addresses), ALONE),
    Act(
        "can_merge_accounts",
        lambda person, member, rules: (
            permissions.can_merge_accounts(person, member or person, a_member()({}), rules)
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
        a_roles(),
    ),
    Act("can_correct_member", about_member(permissions.can_correct_member), MEMBERS),
    Act("can_configure", a_alone(permissions.can_configure), ALONE),
    Act("can_erase", a_alone(permissions.can_erase), ALONE),
]
