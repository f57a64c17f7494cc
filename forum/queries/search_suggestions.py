"""What a search may be about, offered while someone types it: questions by their titles, tags, people."""

from dataclasses import dataclass

from accounts.models import User
from accounts.names import name_key
from forum.bylines import Byline, member_byline
from forum.models import Person, Question, Tag
from forum.queries.passages import mark_words, marks_of
from forum.queries.question_rows import TagLink, Words, tag_link
from forum.queries.tag_list import tag_words
from forum.search import Match, Term
from forum.search.engines import engine
from forum.search.spelling import words_beginning
from forum.search.stopwords import is_stopword
from forum.search.syntax import read
from forum.search.words import tokens

_QUESTIONS, _TAGS, _PEOPLE = 5, 3, 3
_SHORTEST = 2  # letters: of one, everything is a beginning
_READ_MOST = 200  # titles that have the words, of which the best voted are shown


@dataclass(frozen=True)
class SuggestedQuestion:
    """A question, with what was typed marked in its title."""

    path: str
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Suggestions:
    """What may be meant; nothing where nothing fits."""

    questions: tuple[SuggestedQuestion, ...] = ()
    tags: tuple[TagLink, ...] = ()
    people: tuple[Byline, ...] = ()

    @property
    def has_any(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.questions or self.tags or self.people)


def get_suggestions(viewer: Person, typed: str) -> Suggestions:
    """Return what fits a search that is half typed; its last word may be a beginning. Five queries at most.

    Operators and phrases are for who knows what they look for: they get none.
    """
    search = read(typed)
    said = [word for group in search.groups for one in group for word in one.words]
    if search.filters or search.phrases or search.without or not said:
        return Suggestions()
    return Suggestions(
        questions=_questions(viewer, said),
        tags=_tags(viewer, search.typed, said[-1]),
        people=_people(viewer, search.typed),
    )


def _questions(viewer: Person, said: list[str]) -> tuple[SuggestedQuestion, ...]:
    *before, last = said
    groups = [tuple(Term((token,)) for token in tokens(word)) for word in before if not is_stopword(word)]
    if len(last) >= _SHORTEST:
        whole = [] if is_stopword(last) else tokens(last)
        known = words_beginning(last.lower())
        # A site whose words have not been counted yet has its index alone to ask, which takes longer.
        begun = [] if known or is_stopword(last) else [Term((token,), is_begun=True) for token in tokens(last)]
        groups.append((*(Term((token,)) for token in dict.fromkeys([*whole, *known])), *begun))
    match = Match(tuple(dict.fromkeys(group for group in groups if group)))
    if not match.all_of:
        return ()
    found = Question.objects.listed_to(viewer).filter(pk__in=engine().candidates(match, _READ_MOST, in_titles=True))
    marks = marks_of(match.terms)
    return tuple(
        SuggestedQuestion(question.get_absolute_url(), mark_words(question.title, marks))
        for question in found.order_by("-score", "-pk").only("pk", "title", "slug")[:_QUESTIONS]
    )


def _tags(viewer: Person, typed: str, last: str) -> tuple[TagLink, ...]:
    """Return the tags that begin with all that was typed, or with its last word."""
    if len(last) < _SHORTEST:
        return ()
    tags = Tag.objects.visible_to(viewer).filter(question_count__gt=0)
    fitting = tags.filter(name__startswith=tag_words(typed)) | tags.filter(name__startswith=tag_words(last))
    rows = fitting.order_by("-question_count", "name").values_list("name", "slug")[:_TAGS]
    return tuple(tag_link(name, slug) for name, slug in rows)


def _people(viewer: Person, typed: str) -> tuple[Byline, ...]:
    key = name_key(typed)
    if len(key) < _SHORTEST:
        return ()
    members = User.objects.open().filter(is_active=True, name_key__startswith=key)
    return tuple(member_byline(member, viewer) for member in members.order_by("-public_points", "-pk")[:_PEOPLE])
