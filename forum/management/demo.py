"""The demo community: texts written for it, placed in time, with the votes and the ledger that go with them."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.names import name_key
from forum import rules, search
from forum.actions import recounting
from forum.choices import Direction, PostKind, ReputationReason
from forum.effects import following, posts, publications, reputation
from forum.effects.reputation import Cause, Worth
from forum.limits import Rules
from forum.management import demo_inbox, demo_queue, demo_tags
from forum.models import Category, ContentNote, Guest, Post, Tag, Vote

_FOLDER = Path(settings.BASE_DIR) / "fixtures" / "demo"
_TAGS, _MEMBERS = _FOLDER / "tags.json", _FOLDER / "members.json"
_SPREAD_HOURS = 72  # votes come within three days of a post


@dataclass
class _Loading:
    """What is known while the community is loaded."""

    now: datetime
    rules: Rules
    members: dict[str, User]
    notes: dict[str, ContentNote]
    votes_cast: Counter[tuple[int, date]] = field(default_factory=Counter)
    last_voted: dict[tuple[int, date], Post] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)


def is_loaded() -> bool:
    """Say whether the demo community is here already."""
    title = _read(_files()[0])["questions"][0]["title"]
    return Post.objects.filter(kind=PostKind.QUESTION, title=title).exists()


@transaction.atomic
def load() -> int:
    """Load the demo community and return how many posts it has; nothing of it may be here yet."""
    now = timezone.now()
    notes = {note.slug: note for note in ContentNote.objects.order_by("pk")}
    loading = _Loading(now=now, rules=rules.current(), members=_members(now), notes=notes)
    for position, file in enumerate(_files()):
        _topic(loading, _read(file), position)
    demo_tags.load(_read(_TAGS), loading.members)
    _pay(loading)
    demo_inbox.load(loading.posts, now)
    loading.posts += demo_queue.load()
    for post in loading.posts:
        search.index(post)
    publications.publish(publications.month_start())
    recounting.recount()
    return len(loading.posts)


def _files() -> list[Path]:
    return sorted(path for path in _FOLDER.glob("*.json") if path not in {_TAGS, _MEMBERS})


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _members(now: datetime) -> dict[str, User]:
    members = {}
    for person in _read(_MEMBERS):
        key, joined = name_key(person["name"]), now - timedelta(days=person["joined_days_ago"])
        member = User.objects.filter(name_key=key).first()
        if member is None:
            member = User(username=person["name"], name_key=key, about=person["about"], date_joined=joined)
            member.set_unusable_password()
            member.save()
            _line(Cause(member.pk, ReputationReason.JOINED), Worth(rules.current().points_joined), None, joined)
            if person["opening_points"]:
                _line(Cause(member.pk, ReputationReason.OPENING_BALANCE), Worth(person["opening_points"]), None, joined)
        members[person["name"]] = member
    return members


def _topic(loading: _Loading, topic: dict[str, Any], position: int) -> None:
    about = topic["category"]
    places = {"": _category(about, None, position)}
    for child_position, child in enumerate(about.get("children", [])):
        places[child["slug"]] = _category(child, places[""], child_position)
    for written in topic["questions"]:
        _question(loading, written, places[written.get("category") or ""])


def _category(about: dict[str, Any], parent: Category | None, position: int) -> Category:
    path = f"{parent.path}/{about['slug']}" if parent else about["slug"]
    category, _ = Category.objects.get_or_create(
        path=path,
        defaults={
            "parent": parent,
            "depth": 2 if parent else 1,
            "name": about["name"],
            "slug": about["slug"],
            "position": position,
            "icon": about.get("icon") or (parent.icon if parent else "c-all"),
            "description": about.get("description", ""),
            "guidance": about.get("guidance", ""),
            "answer_guidance": about.get("answer_guidance", ""),
            "level_to_ask": about.get("level_to_ask", ""),
            "is_sensitive": about.get("is_sensitive", bool(parent and parent.is_sensitive)),
        },
    )
    for name in about.get("required_tags", []):
        category.required_tags.add(Tag.objects.get_or_create(name=name, defaults={"slug": name})[0])
    return category


def _question(loading: _Loading, written: dict[str, Any], category: Category) -> None:
    created = loading.now - timedelta(days=written["days_ago"])
    guests: dict[str, Guest] = {}
    question = Post(kind=PostKind.QUESTION, title=written["title"], category=category, intent=written["intent"])
    _write(loading, question, written, created, guests)
    question.tags.set(written["tags"])
    question.revisions.update(tag_names=sorted(written["tags"]))
    question.notes.set([loading.notes[slug] for slug in written["notes"] if slug in loading.notes])
    latest = created
    for reply in written["answers"]:
        at = created + timedelta(hours=reply["hours_later"])
        answer = Post(kind=PostKind.ANSWER, question=question, parent=question)
        _write(loading, answer, reply, at, guests)
        _comments(loading, answer, reply, created, guests)
        latest = max(latest, at)
        if reply["accepted"]:
            question.accepted_answer = answer
            question.accepted_at = min(at + timedelta(hours=20), loading.now)
    _comments(loading, question, written, created, guests)
    question.last_activity_at = latest
    question.view_count = 17 + 23 * len(written["answers"]) + 9 * len(written["up"]) + _number(question.title) % 200
    question.save()
    if question.author is not None:
        following.follow_own(question.author, [question])


def _comments(
    loading: _Loading, parent: Post, written: dict[str, Any], created: datetime, guests: dict[str, Guest]
) -> None:
    question = parent.question or parent
    for remark in written["comments"]:
        comment = Post(kind=PostKind.COMMENT, question=question, parent=parent)
        _write(loading, comment, remark, created + timedelta(hours=remark["hours_later"]), guests)


def _write(loading: _Loading, post: Post, written: dict[str, Any], created: datetime, guests: dict[str, Guest]) -> None:
    post.body = written["body"]
    post.created_at = post.last_activity_at = min(created, loading.now)
    guest_name = written.get("guest_name") or ""
    author: User | Guest
    if written["author"]:
        author = loading.members[written["author"]]
    else:
        author = guests.get(guest_name) or guests.setdefault(guest_name, Guest.objects.create())
    posts.write(post, author, guest_name=guest_name, is_anonymous=written.get("anonymous", False))
    post.revisions.update(created_at=post.created_at)
    loading.posts.append(post)
    for direction, names in ((Direction.UP, written.get("up", [])), (Direction.DOWN, written.get("down", []))):
        for name in names:
            _vote(loading, post, loading.members[name], direction)
    post.up_count, post.down_count = len(written.get("up", [])), len(written.get("down", []))
    post.score = post.up_count - post.down_count


def _vote(loading: _Loading, post: Post, voter: User, direction: Direction) -> None:
    hours = 1 + _number(f"{post.pk} {voter.pk}") % _SPREAD_HOURS
    at = min(post.created_at + timedelta(hours=hours), loading.now)
    Vote.objects.create(post=post, voter=voter, direction=direction, created_at=at)
    day = reputation.day_of(at)
    loading.votes_cast[voter.pk, day] += 1
    loading.last_voted[voter.pk, day] = post


def _pay(loading: _Loading) -> None:
    chosen = reputation.chosen_answers()
    for post in loading.posts:
        of_answer = chosen.get(post.pk)
        for cause, worth in reputation.due_for_post(post, loading.rules, counts=True, chosen_by_another=of_answer):
            if worth != Worth():
                _line(cause, worth, post, _paid_at(loading, post, cause))
    for (voter_id, day), votes in sorted(loading.votes_cast.items()):
        worth = Worth(reputation.due_for_votes_cast(votes, loading.rules))
        noon = datetime.combine(day, time(12), UTC)
        cause = Cause(voter_id, ReputationReason.VOTE_CAST, day=day)
        _line(cause, worth, loading.last_voted[voter_id, day], min(noon, loading.now))


def _paid_at(loading: _Loading, post: Post, cause: Cause) -> datetime:
    if cause.reason in {ReputationReason.ASKED, ReputationReason.ANSWERED}:
        return post.created_at
    return min(post.created_at + timedelta(days=1), loading.now)


def _line(cause: Cause, worth: Worth, post: Post | None, at: datetime) -> None:
    quietly, post_id = (post.is_anonymous, post.pk) if post else (False, None)
    reputation.append(cause, worth.points, post_id=post_id, at=at, for_show=worth.for_show, quietly=quietly)


def _number(text: str) -> int:
    """Return a number that is always the same for the same text."""
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest())
