"""Prove the cached columns and the ledger from their rows, and repair what drifted."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from django.db import connection
from django.db.models import Count, F, Q, Sum

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import rules
from forum.choices import Direction, PostKind, PostStatus, ReputationReason
from forum.effects import (
    bundles,
    cases,
    conversations,
    events,
    flags,
    inboxes,
    measures,
    reputation,
    scores,
    suspensions,
)
from forum.effects.reputation import Cause
from forum.limits import Rules
from forum.models import (
    Bundle,
    Category,
    Closure,
    Post,
    Removal,
    ReputationChange,
    Suggestion,
    Tag,
    TaggedPost,
    Vote,
)

_COLUMNS = (
    *("status", "is_closed", "is_being_checked"),
    *("up_count", "down_count", "score", "answer_count", "comment_count", "hot"),
    *measures.COLUMNS,
)
_MEMBERS_COLUMNS = ("reputation", "suspended_until", "abilities_until", "unread_messages", "must_acknowledge")
_BATCH = 500
_NEVER_RECOUNTED = (ReputationReason.OPENING_BALANCE, ReputationReason.JOINED)


@atomic_with_retry
def recount(*, check: bool = False) -> list[str]:
    """Return a sentence for each number that differs from its rows; unless `check`, put it right.

    The ledger is put right by appending the difference, never by changing a line. Members' totals come last.
    """
    _hold_still(check=check)
    found = [*_posts(check=check), *_places(check=check), *_members(check=check), *_cases(check=check)]
    found += _inboxes(check=check)
    if found and not check:
        events.record("numbers.recounted", actor=None, data={"differences": len(found)})
    return found


def _hold_still(*, check: bool) -> None:
    """Let nobody change a row between two looks at it; without this a busy site has differences that are none.

    Everything that changes a number locks a post, a line of an inbox or a member first, so these locks are enough to
    repair. Looking needs no lock, only one snapshot. On SQLite a transaction is alone anyway.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        if not check:
            cursor.execute("LOCK TABLE forum_post IN EXCLUSIVE MODE")
            cursor.execute("LOCK TABLE forum_bundle IN EXCLUSIVE MODE")  # lines of inboxes are locked before members
            list(User.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        elif not connection.savepoint_ids:  # only the outermost transaction can choose
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _posts(*, check: bool) -> Iterator[str]:
    votes = {
        row["post"]: (row["up"], row["down"])
        for row in Vote.objects.values("post").annotate(
            up=Count("pk", filter=Q(direction=Direction.UP)),
            down=Count("pk", filter=Q(direction=Direction.DOWN)),
        )
    }
    removed: dict[int, set[str]] = defaultdict(set)
    for post_id, kind in Removal.objects.open().values_list("post_id", "kind"):
        removed[post_id].add(kind)
    closed = set(Closure.objects.filter(lifted_at=None).values_list("question_id", flat=True))
    checked = flags.being_checked()
    shown = Post.objects.exclude(parent=None).exclude(pk__in=Removal.objects.open().values("post"))
    children = Counter(shown.values_list("parent_id", "kind").iterator())
    measured = measures.standings()
    changed: list[Post] = []
    for post in Post.objects.only("kind", "created_at", *_COLUMNS).order_by("pk").iterator(_BATCH):
        before = tuple(getattr(post, column) for column in _COLUMNS)
        post.status = scores.strongest(removed.get(post.pk, set()))
        post.is_closed = post.pk in closed
        post.is_being_checked = post.pk in checked
        post.up_count, post.down_count = votes.get(post.pk, (0, 0))
        post.score = post.up_count - post.down_count
        post.answer_count = children[post.pk, PostKind.ANSWER]
        post.comment_count = children[post.pk, PostKind.COMMENT]
        post.hot = scores.hotness(post)
        for column, of_rows in asdict(measured.get(post.pk, measures.Standing())).items():
            setattr(post, column, of_rows)
        now = tuple(getattr(post, column) for column in _COLUMNS)
        for column, was, is_now in zip(_COLUMNS, before, now, strict=True):
            if was != is_now:
                yield f"Post {post.pk}: {column} was {was}, its rows say {is_now}."
        if before != now:
            changed.append(post)
    if not check:
        Post.objects.bulk_update(changed, _COLUMNS, batch_size=_BATCH)


def _places(*, check: bool) -> Iterator[str]:
    published = Q(status=PostStatus.PUBLISHED, kind=PostKind.QUESTION)
    own = Counter(Post.objects.filter(published).values_list("category_id", flat=True).iterator())
    tree = list(Category.objects.order_by("pk"))
    for category in tree:
        below = [each for each in tree if f"{each.path}/".startswith(f"{category.path}/")]
        count = sum(own[each.pk] for each in below)
        if category.question_count != count:
            yield f"Topic “{category.path}”: question_count was {category.question_count}, its rows say {count}."
            category.question_count = count
    tags = list(Tag.objects.order_by("pk"))
    used = Counter(
        TaggedPost.objects.filter(content_object__status=PostStatus.PUBLISHED).values_list("tag_id", flat=True)
    )
    for tag in tags:
        if tag.question_count != used[tag.pk]:
            yield f"Tag “{tag.name}”: question_count was {tag.question_count}, its rows say {used[tag.pk]}."
            tag.question_count = used[tag.pk]
    if not check:
        Category.objects.bulk_update(tree, ["question_count"], batch_size=_BATCH)
        Tag.objects.bulk_update(tags, ["question_count"], batch_size=_BATCH)


def _members(*, check: bool) -> Iterator[str]:
    due, paid = _due(rules.current()), _paid()
    for cause in sorted(due.keys() | paid.keys(), key=str):
        difference = due.get(cause, 0) - paid.get(cause, 0)
        if difference:
            yield (
                f"Member {cause.member_id}: {cause.reason} on {cause.post_id or cause.day} "
                f"was paid {paid.get(cause, 0)}, its rows say {due.get(cause, 0)}."
            )
            if not check:
                reputation.append(cause, difference, post_id=cause.post_id)
    totals = dict(ReputationChange.objects.values_list("member").annotate(total=Sum("points")))
    paused, told = suspensions.standings(), conversations.standings()
    members = list(User.objects.only(*_MEMBERS_COLUMNS).order_by("pk"))
    for member in members:
        pause = paused.get(member.pk, suspensions.Standing())
        reads = told.get(member.pk, conversations.Standing())
        now = {"reputation": totals.get(member.pk, 0), **asdict(pause), **asdict(reads)}
        for column, of_rows in now.items():
            if getattr(member, column) != of_rows:
                yield f"Member {member.pk}: {column} was {getattr(member, column)}, its rows say {of_rows}."
                setattr(member, column, of_rows)
    if not check:
        User.objects.bulk_update(members, _MEMBERS_COLUMNS, batch_size=_BATCH)
        reputation.recount_totals(member.pk for member in members)


def _cases(*, check: bool) -> Iterator[str]:
    for sentence, about in cases.missing():
        yield sentence
        if not check:
            cases.repair(about)


def _inboxes(*, check: bool) -> Iterator[str]:
    """Compare each line of an inbox with what stands in it, then each member's number of unread lines."""
    wrong_lines: set[int] = set()
    for sentence, bundle_id in bundles.differences():
        yield sentence
        wrong_lines.add(bundle_id)
    if not check:
        bundles.recount(wrong_lines)
    unread = dict(Bundle.objects.unread().order_by().values_list("recipient").annotate(number=Count("pk")))
    wrong: list[int] = []
    for member_id, number in User.objects.order_by("pk").values_list("pk", "unread_notifications").iterator(_BATCH):
        if number != unread.get(member_id, 0):
            yield f"Member {member_id}: unread_notifications was {number}, its rows say {unread.get(member_id, 0)}."
            wrong.append(member_id)
    if not check:
        inboxes.recount_unread(wrong)


def _due(now: Rules) -> dict[Cause, int]:
    unsettled = set(Removal.objects.open().filter(kind__in=reputation.UNSETTLING).values_list("post_id", flat=True))
    due: dict[Cause, int] = {}
    chosen = reputation.chosen_by_others()
    posts = Post.objects.exclude(author=None).exclude(kind=PostKind.COMMENT)
    for post in posts.order_by("pk").iterator(_BATCH):
        counts = post.pk not in unsettled
        due.update(reputation.due_for_post(post, now, counts=counts, is_chosen=post.pk in chosen))
    days: Counter[tuple[int, date]] = Counter()
    for voter_id, created_at in Vote.objects.values_list("voter_id", "created_at").iterator():
        days[voter_id, reputation.day_of(created_at)] += 1
    for (voter_id, day), votes in days.items():
        cause = Cause(voter_id, ReputationReason.VOTE_CAST, day=day)
        due[cause] = reputation.due_for_votes_cast(votes, now)
    suggested = Suggestion.objects.approved().exclude(member=None).exclude(post__author=F("member"))
    for member_id, post_id, edits in suggested.values_list("member_id", "post_id").annotate(edits=Count("pk")):
        cause = Cause(member_id, ReputationReason.EDIT_APPROVED, post_id=post_id)
        due[cause] = reputation.due_for_edits(edits, now)
    return due


def _paid() -> dict[Cause, int]:
    paid: Counter[Cause] = Counter()
    lines = ReputationChange.objects.exclude(reason__in=_NEVER_RECOUNTED)
    for member_id, reason, post_id, day, points in lines.values_list(
        "member_id", "reason", "post_id", "day", "points"
    ).iterator():
        paid[Cause(member_id, reason, None if day else post_id, day)] += points
    return paid
