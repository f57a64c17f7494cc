"""Work for the demo community's moderators: a case of every kind, some claimed, a few decided."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from accounts.names import name_key
from forum.actions import answering, appealing, asking, commenting, flagging, handling, messaging, moderating
from forum.choices import CaseKind, PostKind, ReputationReason
from forum.effects import cases
from forum.effects.reputation import Cause, append, recount_totals
from forum.models import Case, Category, LogEntry, Post, Suggestion

_FILE = Path(settings.BASE_DIR) / "fixtures" / "demo_queue.json"


def load() -> list[Post]:
    """Fill the queue; the demo community must be there. Return what was written for it."""
    about = json.loads(_FILE.read_text(encoding="utf-8"))
    now = timezone.now()
    team = [_member(name, now - timedelta(days=700), 900, Role.MODERATOR) for name in about["moderators"]]
    for person in about["newcomers"]:
        _member(person["name"], now - timedelta(days=person["joined_days_ago"], hours=2), person["points"])
    for name, text in about["notes"].items():
        messaging.note_member(team[0], _named(name), text=text)
    raised = [_raise(case, now) for case in about["cases"] if case["kind"] != "edit"]
    for case in about["cases"]:
        if case["kind"] == "edit":
            _suggest(case, now - timedelta(minutes=case["minutes_ago"]))
    return raised + [_decide(case, now) for case in about["decided"]]


def _member(name: str, joined: datetime, points: int, role: str = Role.MEMBER) -> User:
    member = User(username=name, name_key=name_key(name), date_joined=joined, role=role)
    member.set_unusable_password()
    member.save()
    append(Cause(member.pk, ReputationReason.JOINED), points, post_id=None, at=joined)
    recount_totals([member.pk])
    return member


def _named(name: str) -> User:
    return User.objects.get_by_natural_key(name)


def _raise(case: dict[str, Any], now: datetime) -> Post:
    """Write what the case is about, and let people report it."""
    at = now - timedelta(minutes=case["minutes_ago"])
    post = _write(case, at)
    for report in case["reports"]:
        flagging.flag_post(_named(report["by"]), post, reason=report["reason"], text=report["text"])
    if case.get("first_post"):
        cases.open_case(CaseKind.FIRST_POST, post=post)
    if sentence := case.get("automatic"):
        cases.open_case(CaseKind.REPORT, post=post, details=[sentence])
    Case.objects.filter(post=post).update(opened_at=at)
    if name := case.get("claimed_by"):
        handling.claim_case(_named(name), Case.objects.get(post=post).pk)
    return post


def _write(case: dict[str, Any], at: datetime) -> Post:
    author, words = (
        _named(case["author"] or "paper_lantern"),
        {"body": case["body"], "is_anonymous": not case["author"]},
    )
    if case["kind"] == "question":
        place = Category.objects.get(path=case["about"])
        post = asking.ask_question(author, title=case["title"], category=place, tags=[], **words)
    else:
        question = Post.objects.get(kind=PostKind.QUESTION, title=case["about"])
        write = answering.answer_question if case["kind"] == "answer" else commenting.add_comment
        post = write(author, question, must_wait=case.get("waits", False), **words)
    Post.objects.filter(pk=post.pk).update(created_at=at, last_activity_at=at)
    post.revisions.update(created_at=at)
    return Post.objects.get(pk=post.pk)


def _suggest(case: dict[str, Any], at: datetime) -> None:
    post = Post.objects.get(kind=PostKind.QUESTION, title=case["about"])
    suggestion = Suggestion.objects.create(
        post=post,
        member=_named(case["author"]),
        base_version=post.text_version,
        title=post.title,
        body=f"{post.body}\n\nI mean the parts that I would like to keep.",
        tag_names=sorted(post.tags.names()),
        reason=case["body"],
        created_at=at,
    )
    opened = cases.open_case(CaseKind.EDIT, post=post, suggestion=suggestion)
    Case.objects.filter(pk=opened.pk).update(opened_at=at)


def _decide(case: dict[str, Any], now: datetime) -> Post:
    """Raise a case, let a moderator decide it, and let its author ask for another look."""
    post = _raise(case, now)
    moderator, found = _named(case["by"]), Case.objects.get(post=post, kind=CaseKind.REPORT)
    act = moderating.hide_post if case["act"] == "hide" else flagging.keep_post
    act(moderator, post, reason=case["because"], case_id=found.pk)
    Case.objects.filter(pk=found.pk).update(closed_at=found.opened_at + timedelta(minutes=case["took"]))
    if text := case.get("appeal"):
        entry = LogEntry.objects.filter(post=post).newest_first()[0]
        appealing.appeal_act(_named(case["author"]), entry, text=text)
    return post
