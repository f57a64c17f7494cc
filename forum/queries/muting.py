"""What a member asked to have left out of lists."""

from django.db.models import Q

from forum.choices import FollowMode
from forum.models import Follow, MemberBlock, Person
from forum.models.posts import QuestionQuerySet
from forum.queries.following import get_muting
from forum.search import Term
from forum.search.engines import engine
from forum.search.words import tokens


def without_muted(questions: QuestionQuerySet, viewer: Person) -> QuestionQuerySet:
    """Leave out what `viewer` muted, if they want that: words in titles, and people under their names; one query.

    Their own questions stay, and so does what is anonymous: a missing line would tell who wrote it.
    """
    if not viewer.is_authenticated:
        return questions
    words, in_lists = get_muting(viewer)
    if not in_lists:
        return questions
    terms = [Term(tuple(tokens(line)), in_title=True) for line in words.splitlines()]
    people = Follow.objects.filter(member=viewer.pk, mode=FollowMode.MUTED, person__isnull=False).values("person")
    blocked = MemberBlock.objects.filter(member=viewer.pk).values("blocked")
    muted = Q(is_anonymous=False) & (Q(author__in=people) | Q(author__in=blocked))
    if said := tuple(term for term in terms if term.tokens):
        muted |= Q(pk__in=engine().matching_any(said))
    return questions.filter(~muted | Q(author=viewer.pk))
