"""Prove the cached columns and the ledger from their rows, and repair what drifted."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from django.db import connection
from django.db.models import Count, Q

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import rules
from forum.choices import Audience, Direction, PostKind, PostStatus, ReputationReason
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
from forum.effects.reputation import Cause, Worth
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
    *("status", "is_closed", "is_being_checked", "needs_care"),
    *("up_count", "down_count", "score", "answer_count", "comment_count", "hot"),
    *measures.COLUMNS,
)
_MEMBERS_COLUMNS = (
    *("reputation", "public_points", "suspended_until", "abilities_until"),
    *("unread_messages", "must_acknowledge"),
)
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
    checked, cared_for = flags.being_checked(), cases.needing_care()
    shown = Post.objects.exclude(parent=None).exclude(pk__in=Removal.objects.open().values("post"))
    children = Counter(shown.values_list("parent_id", "kind").iterator())
    measured = measures.standings()
    changed: list[Post] = []
    for post in Post.objects.only("kind", "created_at", *_COLUMNS).order_by("pk").iterator(_BATCH):
        before = tuple(getattr(post, column) for column in _COLUMNS)
        post.status = scores.strongest(removed.get(post.pk, set()))
        post.is_closed = post.pk in closed
        post.is_being_checked = post.pk in checked
        post.needs_care = post.pk in cared_for
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
    carrying = TaggedPost.objects.filter(content_object__status=PostStatus.PUBLISHED)
    for_guests = carrying.exclude(content_object__audience=Audience.MEMBERS)
    for column, rows in (("question_count", carrying), ("public_count", for_guests)):
        used = Counter(rows.values_list("tag_id", flat=True).iterator())
        for tag in tags:
            was = getattr(tag, column)
            if was != used[tag.pk]:
                yield f"Tag “{tag.name}”: {column} was {was}, its rows say {used[tag.pk]}."
                setattr(tag, column, used[tag.pk])
    if not check:
        Category.objects.bulk_update(tree, ["question_count"], batch_size=_BATCH)
        Tag.objects.bulk_update(tags, ["question_count", "public_count"], batch_size=_BATCH)


def _members(*, check: bool) -> Iterator[str]:
    due, paid = _due(rules.current()), _paid()
    unseen = set(Post.objects.filter(is_anonymous=True).values_list("pk", flat=True))
    for cause in sorted(due.keys() | paid.keys(), key=str):
        worth, had = due.get(cause, Worth()), paid.get(cause, Worth())
        if worth == had:
            continue
        yield from _about_a_cause(cause, worth, had)
        if not check:
            reputation.append(
                cause,
                worth.points - had.points,
                post_id=cause.post_id,
                for_show=worth.for_show - had.for_show,
                quietly=cause.post_id in unseen,
            )
    paused, told = suspensions.standings(), conversations.standings()
    sums = {"points": reputation.sum_of_points(), "shown": reputation.sum_of_public_points()}
    changed = []
    for member in User.objects.only(*_MEMBERS_COLUMNS).annotate(**sums).order_by("pk").iterator(_BATCH):
        pause = paused.get(member.pk, suspensions.Standing())
        reads = told.get(member.pk, conversations.Standing())
        now = {"reputation": member.points, "public_points": member.shown, **asdict(pause), **asdict(reads)}
        wrong = {column: of_rows for column, of_rows in now.items() if getattr(member, column) != of_rows}
        for column, of_rows in wrong.items():
            yield f"Member {member.pk}: {column} was {getattr(member, column)}, its rows say {of_rows}."
            setattr(member, column, of_rows)
        if wrong:
            changed.append(member)
    if not check:
        User.objects.bulk_update(changed, _MEMBERS_COLUMNS, batch_size=_BATCH)


def _about_a_cause(cause: Cause, worth: Worth, had: Worth) -> Iterator[str]:
    about = f"Member {cause.member_id}: {cause.reason} on {cause.post_id or cause.day}"
    if worth.points != had.points:
        yield f"{about} was paid {had.points}, its rows say {worth.points}."
    if worth.for_show != had.for_show:
        yield f"{about} showed others {had.for_show} more, its rows say {worth.for_show}."


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


def _due(now: Rules) -> dict[Cause, Worth]:
    unsettled = set(Removal.objects.open().filter(kind__in=reputation.UNSETTLING).values_list("post_id", flat=True))
    due: dict[Cause, Worth] = {}
    chosen = reputation.chosen_answers()
    posts = Post.objects.exclude(author=None).exclude(kind=PostKind.COMMENT)
    for post in posts.order_by("pk").iterator(_BATCH):
        counts = post.pk not in unsettled
        due.update(reputation.due_for_post(post, now, counts=counts, chosen_by_another=chosen.get(post.pk)))
    days: Counter[tuple[int, date]] = Counter()
    for voter_id, created_at in Vote.objects.values_list("voter_id", "created_at").iterator():
        days[voter_id, reputation.day_of(created_at)] += 1
    for (voter_id, day), votes in days.items():
        cause = Cause(voter_id, ReputationReason.VOTE_CAST, day=day)
        due[cause] = Worth(reputation.due_for_votes_cast(votes, now))
    suggested = Suggestion.objects.approved().exclude(member=None)
    about = ("member_id", "post_id", "post__author_id", "post__is_anonymous")
    for member_id, post_id, author_id, is_anonymous, edits in suggested.values_list(*about).annotate(Count("pk")):
        cause = Cause(member_id, ReputationReason.EDIT_APPROVED, post_id=post_id)
        is_own = member_id == author_id
        due[cause] = reputation.due_for_edits(edits, now, is_own=is_own, is_anonymous=is_anonymous)
    return due


def _paid() -> dict[Cause, Worth]:
    paid: dict[Cause, Worth] = {}
    lines = ReputationChange.objects.exclude(reason__in=_NEVER_RECOUNTED)
    for member_id, reason, post_id, day, points, for_show in lines.values_list(
        "member_id", "reason", "post_id", "day", "points", "points_for_show"
    ).iterator():
        cause = Cause(member_id, reason, None if day else post_id, day)
        had = paid.get(cause, Worth())
        paid[cause] = Worth(had.points + points, had.for_show + for_show)
    return paid
