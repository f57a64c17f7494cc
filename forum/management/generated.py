"""A community of any size, to measure with: made sentence by sentence, the same each time, going on where it stopped.

Rows are written many at once, past the actions, so without events; `recount --check` finds nothing to say about them.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from accounts.names import name_key
from forum import markup, rules
from forum.actions import tidying
from forum.choices import Audience, Direction, Intent, PostKind, ReputationReason
from forum.effects import posts, publications, reputation, scores
from forum.effects.reputation import Cause, Worth
from forum.limits import EXCERPT_LENGTH, OWN_FOLLOW_MODE, Rules
from forum.management import sentences
from forum.management.progress import Progress
from forum.models import (
    Category,
    ContentNote,
    DailyViews,
    Follow,
    Guest,
    Post,
    ReputationChange,
    Revision,
    Tag,
    TaggedPost,
    Vote,
)
from forum.plaintext import cut_words
from forum.search import entries

_AT_ONCE = 500  # questions in one transaction: a second of work, and no more than that is done twice
_SPAN = timedelta(days=4 * 365)
# The number of a question is in its `submission_id`, so that a second run knows what is there.
_FIRST_ID, _MOST = UUID("67656e65-7261-4ed0-8000-000000000000").int, 10**9
_MEMBERS_FIRST, _QUESTIONS_A_MEMBER = 40, 20
# Shares of all posts, questions, votes: nothing here was measured, and nothing is unlike what sites of this kind have.
_BY_GUESTS, _ANONYMOUS, _NOTED, _DECIDED, _AGAINST = 0.08, 0.15, 0.05, 0.4, 0.08
_READ_YOUNG, _READ_OLD = 0.9, 0.15
_ANSWERS = (0, 0, 1, 1, 2, 2, 3, 3, 4, 5, 6)  # about 2.5 a question, and one in five or six without any
_COMMENTS = (0, 0, 0, 0, 0, 0, 0, 1, 1, 2)
_VIEWED_DAYS = 30
_BATCH = 2_000


@dataclass
class _Loading:
    """What is known while questions are made."""

    now: datetime
    size: int
    rules: Rules
    places: dict[str, list[Category]]
    tags: dict[str, Tag]
    notes: list[ContentNote]
    members: list[User] = field(default_factory=list)
    votes_cast: Counter[tuple[int, date]] = field(default_factory=Counter)


@dataclass
class _Batch:
    """The rows of some questions, before they are written."""

    posts: dict[PostKind, list[Post]] = field(default_factory=lambda: {kind: [] for kind in PostKind})
    guests: list[Guest] = field(default_factory=list)
    tags: list[tuple[Post, list[str]]] = field(default_factory=list)
    notes: list[tuple[Post, ContentNote]] = field(default_factory=list)
    chosen: list[tuple[Post, Post, datetime]] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    views: list[DailyViews] = field(default_factory=list)

    @property
    def every(self) -> list[Post]:
        """All posts, questions first."""
        return [post for kind in PostKind for post in self.posts[kind]]


@dataclass
class _Thread:
    """What the posts of one question have in common."""

    loading: _Loading
    batch: _Batch
    topic: str
    numbers: Random
    members: list[User]

    def somebody(self) -> User:
        """Return a member; a few are there every day, most hardly ever."""
        return self.members[int(len(self.members) * self.numbers.random() ** 1.8)]

    def later(self, at: datetime, hours: float) -> datetime:
        """Return a time about so many hours after `at`, and never in the future."""
        return min(at + timedelta(hours=self.numbers.expovariate(1 / hours)), self.loading.now)


def load(size: int, say: Callable[[str], object]) -> int:
    """Bring the generated questions to `size` and return how many were added; dates count back from now."""
    begun = _begun()
    if begun < size:
        _hold_more_in_memory()
        loading = _begin(size, begun)
        with Progress(size, say, done=begun, unit="questions") as progress:
            for start in range(begun, size, _AT_ONCE):
                numbers = range(start, min(start + _AT_ONCE, size))
                with transaction.atomic():
                    _write(loading, numbers)
                    if numbers.stop == size:
                        _count()
                progress.add(len(numbers))
    return max(0, size - begun)


def _hold_more_in_memory() -> None:
    """Let this connection to SQLite write a page that many rows change once, not with each of them."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size=-400000")
            cursor.execute("PRAGMA wal_autocheckpoint=50000")


def _begun() -> int:
    """Return how many generated questions there are."""
    generated = Post.objects.filter(submission_id__range=(UUID(int=_FIRST_ID), UUID(int=_FIRST_ID + _MOST)))
    last = generated.order_by("-submission_id").values_list("submission_id", flat=True).first()
    return last.int - _FIRST_ID + 1 if last else 0


def _begin(size: int, begun: int) -> _Loading:
    slugs = sentences.topics()
    names = sentences.tag_names()
    Tag.objects.bulk_create([Tag(name=name, slug=name) for name in names], ignore_conflicts=True)
    places: dict[str, list[Category]] = {slug: [] for slug in slugs}
    for category in Category.objects.in_tree_order():
        if category.path.split("/")[0] in places:
            places[category.path.split("/")[0]].append(category)
    loading = _Loading(
        now=timezone.now(),
        size=size,
        rules=rules.current(),
        places=places,
        tags={tag.name: tag for tag in Tag.objects.filter(name__in=names)},
        notes=list(ContentNote.objects.order_by("pk")),
    )
    if begun:
        keys = [name_key(sentences.member_name(number)) for number in range(_members_at(begun - 1))]
        found = {}
        for start in range(0, len(keys), _BATCH):
            found.update(
                {each.name_key: each for each in User.objects.filter(name_key__in=keys[start : start + _BATCH])}
            )
        loading.members = [found[key] for key in keys]
        for voter_id, at in Vote.objects.values_list("voter_id", "created_at").iterator():
            loading.votes_cast[voter_id, reputation.day_of(at)] += 1
    return loading


def _members_at(number: int) -> int:
    """Return how many members there are when question `number` is asked."""
    return _MEMBERS_FIRST + number // _QUESTIONS_A_MEMBER


def _write(loading: _Loading, numbers: range) -> None:
    _join(loading, numbers)
    batch = _Batch()
    for number in numbers:
        _question(loading, batch, number)
    Guest.objects.bulk_create(batch.guests, _BATCH)
    for kind in (PostKind.QUESTION, PostKind.ANSWER, PostKind.COMMENT):
        Post.objects.bulk_create(batch.posts[kind], _BATCH)
    for question, answer, at in batch.chosen:
        question.accepted_answer, question.accepted_at = answer, at
    Post.objects.bulk_update([question for question, _, _ in batch.chosen], ["accepted_answer", "accepted_at"])
    TaggedPost.objects.bulk_create(
        TaggedPost(content_object=question, tag=loading.tags[name]) for question, names in batch.tags for name in names
    )
    through = Post.notes.through
    through.objects.bulk_create(through(post=post, contentnote=note) for post, note in batch.notes)
    Vote.objects.bulk_create(batch.votes, _BATCH)
    DailyViews.objects.bulk_create(batch.views, _BATCH)
    asked = [(question.author, question) for question in batch.posts[PostKind.QUESTION]]
    own = [Follow(member=author, question=question, mode=OWN_FOLLOW_MODE) for author, question in asked if author]
    Follow.objects.bulk_create(own, _BATCH)
    named = dict(batch.tags)
    Revision.objects.bulk_create([_revision(post, named.get(post, [])) for post in batch.every], _BATCH)
    entries.write(batch.every)
    ReputationChange.objects.bulk_create(_lines(loading, batch), _BATCH)


def _join(loading: _Loading, numbers: range) -> None:
    """Let those become members who are there when the last of these questions is asked."""
    first = len(loading.members)
    joined = _asked_at(loading, numbers[0]) - timedelta(days=1)
    members = []
    for number in range(first, _members_at(numbers[-1])):
        name = sentences.member_name(number)
        member = User(username=name, name_key=name_key(name), date_joined=joined)
        member.set_unusable_password()
        members.append(member)
    loading.members += User.objects.bulk_create(members)
    if loading.rules.points_joined:
        ReputationChange.objects.bulk_create(
            _line(Cause(member.pk, ReputationReason.JOINED), Worth(loading.rules.points_joined), None, joined)
            for member in members
        )


def _asked_at(loading: _Loading, number: int) -> datetime:
    return loading.now - _SPAN * (1 - number / loading.size) - timedelta(minutes=1)


def _question(loading: _Loading, batch: _Batch, number: int) -> None:
    """Make one question with what stands below it; its number alone decides what it says."""
    numbers = Random(f"question {number}")  # noqa: S311
    topic = sentences.pick(sentences.topics(), numbers, 8)
    made = _Thread(loading, batch, topic, numbers, loading.members[: _members_at(number)])
    question = Post(
        kind=PostKind.QUESTION,
        title=sentences.title(topic, numbers),
        category=numbers.choice(loading.places[topic]),
        intent=numbers.choice(Intent.values),
        audience=numbers.choices((Audience.EVERYONE, Audience.UNLISTED, Audience.MEMBERS), (95, 2, 3))[0],
        submission_id=UUID(int=_FIRST_ID + number),
        view_count=int(20 * numbers.paretovariate(1.1)) % 100_000,
    )
    question.slug = posts.slug_of(question.title)
    _post(made, question, _asked_at(loading, number))
    batch.tags.append((question, sentences.tags(topic, numbers)))
    if loading.notes and numbers.random() < _NOTED:
        batch.notes.append((question, numbers.choice(loading.notes)))
    _views(made, question)
    times = sorted(made.later(question.created_at, 30) for _ in range(numbers.choice(_ANSWERS)))
    answers = [Post(kind=PostKind.ANSWER, question=question, parent=question) for _ in times]
    for answer, at in zip(answers, times, strict=True):
        _post(made, answer, at)
    question.answer_count = len(answers)
    question.last_activity_at = max([question.created_at, *times])
    if answers and numbers.random() < _DECIDED:
        best = max(answers, key=lambda answer: answer.score)
        batch.chosen.append((question, best, made.later(best.created_at, 20)))
    for parent in (question, *answers):
        for _ in range(numbers.choice(_COMMENTS)):
            comment = Post(kind=PostKind.COMMENT, question=question, parent=parent)
            _post(made, comment, made.later(parent.created_at, 20))
            parent.comment_count += 1
        parent.hot = scores.hotness(parent)


def _post(made: _Thread, post: Post, at: datetime) -> None:
    """Give a post its words, its author and its votes."""
    numbers, batch = made.numbers, made.batch
    paragraphs = sentences.body(PostKind(post.kind), made.topic, numbers)
    post.body = "\n\n".join(paragraphs)
    # What `markup.render` makes of letters and full stops; a test compares.
    post.body_html = "\n".join(f'<p dir="auto">{paragraph}</p>' for paragraph in paragraphs)
    post.excerpt = cut_words("\n".join(paragraphs), EXCERPT_LENGTH)
    post.markup_version = markup.MARKUP_VERSION
    post.created_at = post.last_activity_at = at
    if numbers.random() < _BY_GUESTS:
        post.guest = Guest()
        batch.guests.append(post.guest)
    else:
        post.author = made.somebody()
        post.is_anonymous = numbers.random() < _ANONYMOUS
    batch.posts[PostKind(post.kind)].append(post)
    wanted = 0 if post.is_comment else min(int(numbers.paretovariate(1.4)) - 1, len(made.members) // 3)
    voters = {made.somebody() for _ in range(wanted)} - {post.author}
    for voter in sorted(voters, key=lambda voter: voter.pk):
        direction = Direction.DOWN if numbers.random() < _AGAINST else Direction.UP
        batch.votes.append(Vote(post=post, voter=voter, direction=direction, created_at=made.later(at, 24)))
        post.up_count += direction == Direction.UP
        post.down_count += direction == Direction.DOWN
    post.score = post.up_count - post.down_count
    post.hot = scores.hotness(post)


def _views(made: _Thread, question: Post) -> None:
    """Have some questions read in the last days, new ones more often."""
    numbers, now = made.numbers, made.loading.now
    age = (now - question.created_at).days
    if numbers.random() < (_READ_YOUNG if age < _VIEWED_DAYS else _READ_OLD):
        today = reputation.day_of(now)
        for back in numbers.sample(range(min(age + 1, _VIEWED_DAYS)), min(age + 1, 3)):
            count = int(numbers.paretovariate(1.1)) % 1_000 + 1
            question.view_count += count
            made.batch.views.append(DailyViews(question=question, day=today - timedelta(days=back), count=count))


def _revision(post: Post, tag_names: list[str]) -> Revision:
    return Revision(
        post=post,
        number=1,
        version=post.text_version,
        editor=post.author,
        guest=post.guest,
        title=post.title,
        body=post.body,
        tag_names=tag_names,
        created_at=post.created_at,
    )


def _lines(loading: _Loading, batch: _Batch) -> Iterable[ReputationChange]:
    """Yield the lines of the ledger that these posts and votes are due."""
    chosen = reputation.chosen_answers(answer.pk for _, answer, _ in batch.chosen)
    for post in batch.every:
        if post.is_comment:
            continue
        of_answer = chosen.get(post.pk)
        for cause, worth in reputation.due_for_post(post, loading.rules, counts=True, chosen_by_another=of_answer):
            if worth != Worth():
                yield _line(cause, worth, post, post.created_at)
    cast: dict[tuple[int, date], list[Vote]] = {}
    for vote in batch.votes:
        cast.setdefault((vote.voter_id, reputation.day_of(vote.created_at)), []).append(vote)
    for (voter_id, day), votes in cast.items():
        before = loading.votes_cast[voter_id, day]
        loading.votes_cast[voter_id, day] += len(votes)
        points = reputation.due_for_votes_cast(before + len(votes), loading.rules)
        points -= reputation.due_for_votes_cast(before, loading.rules)
        if points:
            cause = Cause(voter_id, ReputationReason.VOTE_CAST, day=day)
            noon = datetime.combine(day, time(12), UTC)
            yield _line(cause, Worth(points), votes[-1].post, min(noon, loading.now))


def _line(cause: Cause, worth: Worth, post: Post | None, at: datetime) -> ReputationChange:
    is_quiet = cause.reason == ReputationReason.VOTE_CAST or (post is not None and post.is_anonymous)
    return ReputationChange(
        member_id=cause.member_id,
        reason=cause.reason,
        day=cause.day,
        points=worth.points,
        points_for_show=worth.for_show,
        is_quiet=is_quiet,
        post=post,
        created_at=at,
    )


def _count() -> None:
    """Put right what is counted from rows of many questions: topics, tags and members' points."""
    scores.recount_categories(Category.objects.all())
    scores.recount_tags(Tag.objects.all())
    publications.publish(publications.month_start())
    reputation.recount_totals(User.objects.values_list("pk", flat=True))
    if connection.vendor == "postgresql":  # what its autovacuum does a minute later
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    tidying.renew_statistics()
