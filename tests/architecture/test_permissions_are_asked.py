"""Every action of somebody asks the right permission: the whole list, to be read."""

import ast

from forum import permissions
from tests.architecture.sources import modules, syntax_tree

PEOPLE = {"Person", "User", "Guest"}
ASKS = {
    "answering.answer_question": "can_answer",
    "answering.accept_answer": "can_accept",
    "answering.unaccept_answer": "can_accept",
    "appealing.appeal_act": "can_appeal",
    "appealing.decide_appeal": "can_decide_appeal can_moderate",
    "appealing.resubmit_post": "can_resubmit",
    "asking.ask_question": "can_ask_in",
    "blocking.set_block": "can_block",
    "blocking.lift_block": "can_block",
    "closing.close_question": "can_close",
    "closing.reopen_question": "can_reopen",
    "commenting.add_comment": "can_comment",
    "configuring.save_configuration": "can_configure",
    "configuring.delete_configuration": "can_configure",
    "editing.edit_post": "can_ask_in can_edit",
    "editing.retag_question": "can_ask_in can_retag",
    "editing.roll_back_post": "can_roll_back",
    "editing.hide_revision": "can_hide_revision",
    "editing.show_revision": "can_show_revision",
    "editing.withdraw_post": "can_withdraw",
    "editing.return_post": "can_return",
    "describing.describe_tag": "can_describe_tag",
    "describing.roll_back_tag": "can_describe_tag",
    "erasing.erase_words": "can_erase",
    "flagging.flag_post": "can_flag",
    "flagging.flag_member": "can_flag_member",
    "flagging.report_danger": "can_report_danger",
    "flagging.keep_post": "can_settle",
    "flagging.keep_member": "can_moderate_member",
    "flagging.settle_flag": "can_moderate_member can_moderate_post",
    "flagging.reopen_flag": "can_moderate_member can_moderate_post",
    "bookmarking.annotate_bookmark": "can_bookmark",
    "bookmarking.bookmark_post": "can_bookmark",
    "handling.claim_case": "can_look_after can_see_queue",
    "handling.release_case": "can_look_after can_see_queue",
    "handling.hand_over": "can_look_after can_see_queue",
    "bookmarking.unbookmark_post": "can_unbookmark",
    "following.follow": "can_follow",
    "following.mute_words": "can_choose",
    "following.set_follow_mode": "can_follow",
    "following.unfollow": "can_unfollow",
    "mail_following.follow_by_mail": "can_follow_by_mail",
    "member_blocks.block_member": "can_block_member",
    "member_blocks.unblock_member": "can_unblock_member",
    "messaging.write_to_member": "can_write_to_member",
    "messaging.write_to_author": "can_moderate can_write_to_member",
    "messaging.write_to_team": "can_write_to_team",
    "messaging.note_member": "can_write_to_member",
    "messaging.lift_note": "can_write_to_member",
    "mailing.resend_mail": "can_configure",
    "measuring.lay_measure": "can_measure",
    "measuring.lift_measure": "can_measure",
    "merging.merge_question": "can_merge",
    "moving.move_question": "can_move",
    "naming.rename_tag": "can_manage_tag",
    "naming.merge_tags": "can_manage_tag",
    "naming.delete_tag": "can_manage_tag",
    "naming.reserve_tag": "can_manage_tag",
    "closing.vote_to_close": "can_vote_to_close",
    "closing.vote_to_reopen": "can_vote_to_close",
    "converting.convert_post": "can_convert",
    "moderating.approve_post": "can_settle",
    "moderating.hold_post": "can_moderate_post",
    "moderating.hide_post": "can_moderate_post",
    "moderating.show_post": "can_moderate_post",
    "moderating.delete_post": "can_moderate_post",
    "moderating.restore_post": "can_moderate_post",
    "presenting.choose_visibility": "can_choose",
    "reversing.undo_account": "can_undo_account",
    "reversing.mark_spam": "can_mark_spam",
    "sanctioning.suspend_member": "can_suspend",
    "sanctioning.lift_suspension": "can_suspend",
    "staffing.change_role": "can_change_role",
    "staffing.correct_member": "can_correct_member",
    "suggesting.suggest_edit": "can_suggest",
    "suggesting.approve_suggestion": "can_decide_edit can_edit",
    "suggesting.reject_suggestion": "can_decide_edit",
    "suggesting.withdraw_suggestion": "can_withdraw_suggestion",
    "synonyms.ask_for_synonym": "can_ask_for_synonym",
    "synonyms.approve_synonym": "can_approve_synonym",
    "synonyms.decline_synonym": "can_decide_synonyms",
    "synonyms.remove_synonym": "can_decide_synonyms",
    "tagging.save_category": "can_configure",
    "tagging.place_category": "can_configure",
    "tagging.delete_category": "can_configure",
    "uniting.merge_accounts": "can_merge_accounts can_suspend",
    "telling.ask_author": "can_moderate_post",
    "telling.care_for_author": "can_moderate_post",
    "uploading.upload_picture": "can_upload",
    "voting.cast_vote": "can_vote",
    "welcoming.accept_guidelines": "can_choose",
    "welcoming.choose_pace": "can_choose",
    "welcoming.end_welcome": "can_choose",
    "welcoming.follow_topics": "can_follow",
    "voting.retract_vote": "can_take_back_vote",
    "working.retry_job": "can_configure",
    "working.run_chore_now": "can_configure",
}
WITHOUT = {
    "choosing.choose_notifications": "Everybody chooses how they are told themselves.",
    "choosing.choose_rhythm": "Everybody chooses how they are told themselves.",
    "choosing.reset_notifications": "Everybody chooses how they are told themselves.",
    "closing.retract_close_vote": "Everybody's votes are their own.",
    "claiming.claim_posts": "Whoever holds the guest's own cookie or link is that guest.",
    "drafting.adopt_drafts": "The browser that kept them has just signed in.",
    "drafting.discard_draft": "Everybody's drafts are their own.",
    "drafting.save_draft": "Everybody's drafts are their own, also of those who may only read for a time.",
    "following.stop_mails": "The link in each mail is its reader's proof.",
    "handling.release_all": "Whoever looks after a case may put it down.",
    "joining.forget_member": "The account is being erased, by whoever it belongs to.",
    "joining.relink_member": "The account was renamed, closed or opened again, by whoever it belongs to.",
    "joining.welcome_member": "The address has just been confirmed.",
    "limiting.require_room": "It counts nothing.",
    "limiting.spend": "It counts what others ask permission for.",
    "mailing.trust_address": "It is about their own address, and says so to nobody else.",
    "member_blocks.choose_mentions": "Everybody's choices are their own.",
    "messaging.acknowledge_warning": "Only the member it was written to, above all when they may do nothing else.",
    "messaging.read_conversation": "Only the member it was written to, above all when they may do nothing else.",
    "reading.mark_all_read": "Everybody's inbox is their own.",
    "reading.mark_read": "Everybody's inbox is their own.",
    "reading.mark_thread_read": "Everybody's inbox is their own.",
    "reading.mark_unread": "Everybody's inbox is their own.",
    "reading.unmark_all_read": "Everybody's inbox is their own.",
    "reversing.beginning_of": "It says how far back to look; what takes back asks.",
    "tracing.leave_trace": "It keeps where an act came from that was permitted before.",
    "undoing.undo_entry": "forum/effects/undoing.py asks can_undo, because acts take others back too.",
}


def functions_of(path):
    return {node.name: node for node in syntax_tree(path).body if isinstance(node, ast.FunctionDef)}


def is_by_somebody(function):
    first = next(iter([*function.args.posonlyargs, *function.args.args]), None)
    return first is not None and first.annotation is not None and ast.unparse(first.annotation) in PEOPLE


def asked_by(function, others, seen=()):
    """Return the permissions that `function` requires, itself or by a private function of its module."""
    asked = set()
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        if called == "permissions.require":
            asked |= {
                part.attr
                for part in ast.walk(node.args[0])
                if isinstance(part, ast.Attribute) and hasattr(permissions, part.attr) and part.attr.startswith("can_")
            }
        if called in others and called not in seen:
            asked |= asked_by(others[called], others, (*seen, called))
    return asked


def every_act():
    """Return for each action that somebody does: the permissions it asks."""
    acts = {}
    for path in modules("forum/actions"):
        functions = functions_of(path)
        for name, function in functions.items():
            if not name.startswith("_") and is_by_somebody(function):
                acts[f"{path.stem}.{name}"] = " ".join(sorted(asked_by(function, functions)))
    return acts


def test_every_action_asks_the_permission_that_is_its_own():
    assert {name: asked for name, asked in every_act().items() if asked} == ASKS


def test_what_asks_nobody_has_a_reason():
    assert {name for name, asked in every_act().items() if not asked} == set(WITHOUT)
