"""Who is told of a new post because of what they follow, and how often they want to hear of that."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from forum import plaintext
from forum.choices import FollowMode, NotificationKind
from forum.effects.recipients import FILED, NEW_POSTS
from forum.models import Category, Event, Follow, Merge, Post, Tag

_TELLING_SIGNS = frozenset("+#.")  # what tells `c++` and `.net` from `c` and `net`
_OFTEN_FIRST = (FollowMode.INSTANT, FollowMode.DAILY, FollowMode.WEEKLY, FollowMode.SITE)


@dataclass(frozen=True)
class Wish:
    """What a follower is told as, and how often they want it."""

    kind: NotificationKind
    mode: FollowMode


@dataclass(frozen=True)
class Interests:
    """By what somebody may follow a new post.

    `question_ids` begin with the question; those that became part of it come after it, as their followers wait for its
    answers here. `category_ids` go from the highest topic to the nearest. Nobody follows who wrote anonymously.
    `filed_under` are the tags and topics whose followers hear of it now, where that is not all of them.
    """

    is_answer: bool
    question_ids: tuple[int, ...]
    category_ids: tuple[int, ...]
    tag_ids: tuple[int, ...]
    person_id: int | None
    filed_under: tuple[frozenset[int], frozenset[int]] | None = None

    def next_members(self, after: int, most: int) -> list[int]:
        """Return the next members in order of id whom some follow of theirs leads here; one query."""
        rows = Follow.objects.filter(self._leading_here(), member__gt=after).exclude(mode=FollowMode.MUTED)
        return list(rows.order_by("member").values_list("member", flat=True).distinct()[:most])

    def _leading_here(self) -> Q:
        if self.filed_under is not None:
            tags, topics = self.filed_under
            return Q(tag__in=tags) | Q(category__in=topics)
        person = Q(person=self.person_id) if self.person_id is not None else Q(pk__in=[])
        if self.is_answer:
            return Q(question__in=self.question_ids) | person
        return Q(tag__in=self.tag_ids) | Q(category__in=self.category_ids) | person

    def wishes(self, member_ids: Collection[int]) -> dict[int, Wish]:
        """Return what those of these members want who want anything; one query."""
        about = Q(question__in=self.question_ids) | Q(category__in=self.category_ids) | Q(tag__in=self.tag_ids)
        if self.person_id is not None:
            about |= Q(person=self.person_id)
        follows: dict[int, list[Follow]] = defaultdict(list)
        for follow in Follow.objects.filter(about, member__in=member_ids):
            follows[follow.member_id].append(follow)
        wishes = {member_id: self._wish(rows) for member_id, rows in follows.items()}
        return {member_id: wish for member_id, wish in wishes.items() if wish is not None}

    def _wish(self, follows: Iterable[Follow]) -> Wish | None:
        """Weigh one member's follows: what is muted is silent; of topics the nearest one decides.

        Who follows a question hears of its answers, whatever its tags and topics.
        """
        own = [follow for follow in follows if follow.question_id == self.question_ids[0]]
        question = own or [follow for follow in follows if follow.question_id is not None]
        if any(_is_muted(follow) for follow in question):
            return None
        if self.is_answer and question:
            persons = [follow for follow in follows if follow.person_id is not None and not _is_muted(follow)]
            return Wish(NotificationKind.NEW_ANSWER, _most_often([*question, *persons]))
        others = [follow for follow in follows if follow.question_id is None and follow.category_id is None]
        topics = {follow.category_id: follow for follow in follows if follow.category_id is not None}
        nearest = next((topics[pk] for pk in reversed(self.category_ids) if pk in topics), None)
        deciding = [*others, nearest] if nearest is not None else others
        if any(_is_muted(follow) for follow in deciding):
            return None
        if self.is_answer:  # tags and topics tell of questions
            deciding = [follow for follow in deciding if follow.person_id is not None]
        return Wish(NotificationKind.NEW_QUESTION, _most_often(deciding)) if deciding else None


def interests_in(event: Event) -> Interests | None:
    """Return by what somebody may follow what `event` brought; None where followers are told of nothing."""
    post = event.post
    if post is None or event.verb not in {*NEW_POSTS, FILED} or post.is_comment:
        return None
    question = post.question or post
    return Interests(
        filed_under=_filed_under(event, question) if event.verb == FILED else None,
        is_answer=post.is_answer,
        question_ids=with_merged(question.pk),
        category_ids=topics_of(question),
        tag_ids=tags_of(question),
        person_id=post.author_id if _is_found_by_name(post) else None,
    )


def _filed_under(event: Event, question: Post) -> tuple[frozenset[int], frozenset[int]]:
    """Return the tags and topics that a question stands under since `event`, and did not before."""
    tags = frozenset(event.data["tags"]) & frozenset(tags_of(question))
    if event.data["left"] is None:
        return tags, frozenset()
    left = Category.objects.above(Category.objects.filter(pk=event.data["left"]).first())
    return tags, frozenset(topics_of(question)) - set(left.values_list("pk", flat=True))


def _is_found_by_name(post: Post) -> bool:
    """Say whether the author lets others hear of `post` by following them."""
    return post.author_id is not None and Post.objects.filter(pk=post.pk).by_name_of([post.author_id]).exists()


def with_merged(question_id: int) -> tuple[int, ...]:
    """Return the question first, then those that became part of it, also by becoming part of one that did."""
    found, new = [question_id], [question_id]
    while new:
        merges = Merge.objects.filter(target__in=new, lifted_at=None).exclude(source__in=found).order_by("source")
        new = list(merges.values_list("source", flat=True))
        found += new
    return tuple(found)


def topics_of(question: Post) -> tuple[int, ...]:
    """Return the topics above `question`, the nearest last."""
    return tuple(Category.objects.above(question.category).order_by("depth").values_list("pk", flat=True))


def tags_of(question: Post) -> tuple[int, ...]:
    """Return the tags of `question`."""
    tags = Tag.objects.standing().filter(tagged__content_object=question.pk)
    return tuple(tags.order_by("pk").values_list("pk", flat=True))


def muting(question_id: int, member_ids: Collection[int]) -> set[int]:
    """Return those of these members who want to hear nothing of a question."""
    muted = Follow.objects.filter(question=question_id, member__in=member_ids, mode=FollowMode.MUTED)
    return set(muted.values_list("member_id", flat=True))


def says_any(text: str, phrases: str) -> bool:
    """Say whether `text` holds one of the phrases, one a line, as whole words; `c++` is another word than `c`."""
    wanted = [phrase for phrase in phrases.splitlines() if phrase.strip()]
    if not wanted:
        return False
    names = {word: plaintext.tag_name(word) for word in text.split()}
    spaced = f" {' '.join(plaintext.words(' '.join(word for word in text.split() if not _is_signed(names[word]))))} "
    signed = {name for name in names.values() if _is_signed(name)}
    return any(
        name in signed
        if _is_signed(name := plaintext.tag_name(phrase))
        else bool(said := " ".join(plaintext.words(phrase))) and f" {said} " in spaced
        for phrase in wanted
    )


def _is_signed(name: str) -> bool:
    return not _TELLING_SIGNS.isdisjoint(name)


def _is_muted(follow: Follow) -> bool:
    return follow.mode == FollowMode.MUTED


def _most_often(follows: Iterable[Follow]) -> FollowMode:
    return min((FollowMode(follow.mode) for follow in follows), key=_OFTEN_FIRST.index)
