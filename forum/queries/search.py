"""What a search finds: one row for each question, with the words that were found marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from forum import search
from forum.choices import PostStatus
from forum.models import Person, Post
from forum.plaintext import clean_line, cut_words
from forum.queries.question_rows import QuestionRow, Words, load_rows, note_names

QUERY_LENGTH = 200
_FOUND_MOST = 150
_ROWS_MOST = 40
_BEFORE, _SNIPPET = 60, 240
_BODY_READ = 30_000
_DENSE_SCRIPTS = 0x2E80  # from here on, scripts are written without spaces between words
# A little Markdown is taken out of snippets; each count is bounded, so that no text takes long.
_LINK = re.compile(r"!?\[([^\]\n]{0,200})\]\([^)\n]{0,500}\)")
_SIGNS = re.compile(r"[*_`#~]{1,6}|^[-+>|] ?", re.MULTILINE)


@dataclass(frozen=True)
class FoundRow:
    """One question that was found. `place` says where the words stand, when not in the question itself."""

    question: QuestionRow
    place: str
    path: str


@dataclass(frozen=True)
class SearchPage:
    """What a search found; `words` is empty when nothing was asked for."""

    query: str
    words: tuple[str, ...]
    rows: tuple[FoundRow, ...]
    has_more: bool


def get_search_page(viewer: Person, text: str) -> SearchPage:
    """Return the closest questions to `text` that `viewer` may read, with six queries (none for no words)."""
    query = clean_line(text[: 4 * QUERY_LENGTH])[:QUERY_LENGTH]
    words = tuple(search.words_of(query))
    if not words:
        return SearchPage(query, (), (), has_more=False)
    found = search.find(query, _FOUND_MOST)
    posts = _best_of_each_question(found, viewer)
    rows = _rows(posts[:_ROWS_MOST], words, viewer)
    return SearchPage(query, words, rows, has_more=len(posts) > _ROWS_MOST or len(found) == _FOUND_MOST)


def split_words(text: str, words: Sequence[str]) -> tuple[Words, ...]:
    """Cut `text` into what was searched for and what stands between."""
    pieces = _pattern(words).split(text)
    return tuple(Words(piece, is_found=position % 2 == 1) for position, piece in enumerate(pieces) if piece)


def _best_of_each_question(ids: Sequence[int], viewer: Person) -> list[Post]:
    """Return the posts of `ids` that lists may show, the best one of each question, best first."""
    posts = (
        Post.objects.filter(pk__in=ids, status=PostStatus.PUBLISHED)
        .visible_to(viewer)
        .only("kind", "question", "body", "is_being_checked")
        .in_bulk()
    )
    best: dict[int, Post] = {}
    for key in ids:
        if key in posts:
            best.setdefault(posts[key].question_id or key, posts[key])
    return list(best.values())


def _rows(posts: Sequence[Post], words: Sequence[str], viewer: Person) -> tuple[FoundRow, ...]:
    questions = {row.id: row for row in load_rows([post.question_id or post.pk for post in posts], viewer)}
    noted = note_names([post.pk for post in posts if not post.is_question])
    rows = []
    for post in posts:
        question = questions.get(post.question_id or post.pk)
        if question is not None:
            has_note = bool(question.notes or noted.get(post.pk) or post.is_being_checked)
            rows.append(_row(post, question, words, has_note=has_note))
    return tuple(rows)


def _row(post: Post, question: QuestionRow, words: Sequence[str], *, has_note: bool) -> FoundRow:
    """Tell a find; a text under a content note stays folded here as everywhere."""
    place = "" if post.is_question else ("In an answer" if post.is_answer else "In a comment")
    snippet = () if has_note else split_words(_snippet(post.body, words) or question.excerpt, words)
    marked = replace(
        question,
        excerpt="" if has_note else question.excerpt,
        title_words=split_words(question.title, words),
        excerpt_words=snippet,
    )
    return FoundRow(marked, place, question.path + ("" if post.is_question else f"#{post.anchor}"))


def _snippet(body: str, words: Sequence[str]) -> str:
    """Return the sentence or two of a text around the first word that was found."""
    text = " ".join(_SIGNS.sub("", _LINK.sub(r"\1", body[:_BODY_READ])).split())
    found = _pattern(words).search(text)
    start = max(0, found.start() - _BEFORE) if found else 0
    if start:
        start = text.find(" ", start, start + _BEFORE) + 1 or start
    return ("… " if start else "") + cut_words(text[start : start + _SNIPPET * 2], _SNIPPET)


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("(" + "|".join(map(_one, sorted(words, key=len, reverse=True))) + ")", re.IGNORECASE)


def _one(word: str) -> str:
    escaped = re.escape(word).replace("'", "['’]")
    return escaped if ord(max(word)) >= _DENSE_SCRIPTS else rf"(?<!\w){escaped}\w*"
