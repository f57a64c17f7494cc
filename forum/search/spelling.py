"""The words that posts use: for what somebody mistypes, and to tell rare words from common ones."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection
from rapidfuzz.distance import DamerauLevenshtein

from forum.models import Post, SearchWord, Tag
from forum.models.posts import PostQuerySet
from forum.search.engines import engine
from forum.search.matching import Match, Term
from forum.search.stopwords import is_stopword
from forum.search.words import WORD_LONGEST, cut, tokens

_SHORTEST = 3  # letters: of two, everything is near everything
_LONGEST = 30  # nobody mistypes what is longer
_LIKE_MOST = 200
_BEGINNING = 2
_BEGINNINGS_MOST = 8
# Mistakes that are forgiven by the length of the word: one up to five letters, two up to nine, then three.
_MISTAKES = ((5, 1), (9, 2))
_MISTAKES_MOST = 3
_AT_ONCE = 300
_LOOKED_AT = 50  # posts with a word, of which one must be for whoever searches
_TRIED = 5  # words that could be meant, until one of them stands where they may read it
_CORRECTED_MOST = 3  # words of one search; who mistypes more is not helped by guesses


def suggest(words: Sequence[str], posts: PostQuerySet) -> dict[str, str]:
    """Return for each of `words` that none of `posts` has the word that is probably meant, where there is one.

    A beginning is completed, else the nearest spelling wins; of two equally near the one that more posts use. Words
    are learnt from every post and not forgotten when one is hidden, so only those that `posts` have are told. The first
    three unknown words are looked at.
    """
    written = {word: word.lower() for word in words}
    long_enough = {word: lower for word, lower in written.items() if _SHORTEST <= len(lower) <= _LONGEST}
    known = known_of(long_enough.values(), posts)
    unknown = [word for word, lower in long_enough.items() if lower not in known][:_CORRECTED_MOST]
    looked_up = {word: _meant(long_enough[word], posts) for word in unknown}
    return {word: meant for word, meant in looked_up.items() if meant}


def known_of(words: Iterable[str], posts: PostQuerySet, *, in_titles: bool = False) -> set[str]:
    """Return those of `words` that one of the newest posts with them, and among `posts`, has; two queries for all.

    With `in_titles` a title or a tag of it must have the word.
    """
    stems = {word: tuple(tokens(word)) for word in words}
    asked = [word for word, found in stems.items() if found]
    known = {word for word, found in stems.items() if not found}
    if not asked:
        return known
    looks = [engine().candidates(Match(((Term(stems[word]),),)), _LOOKED_AT, in_titles=in_titles) for word in asked]
    # The engine's own SQL and numbers of ours; words are parameters.
    rows = " UNION ALL ".join(f"SELECT {n}, found.* FROM ({look.sql}) AS found" for n, look in enumerate(looks))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(rows, [value for look in looks for value in look.params])
        found = cursor.fetchall()
    told = posts.filter(pk__in=engine().these([pk for _, pk in found])).order_by().values_list("pk", flat=True)
    allowed = set(told) if found else set()
    return known | {asked[number] for number, pk in found if pk in allowed}


def counts_of(stems: Iterable[str]) -> dict[str, int]:
    """Return how many posts have each stem, as last counted; one query."""
    return dict(SearchWord.objects.filter(stem__in=list(stems)).values_list("stem", "post_count"))


def most_posts() -> int:
    """Return how many posts have the most common word: about as many as there are; one query."""
    return SearchWord.objects.order_by("-post_count").values_list("post_count", flat=True).first() or 1


def words_beginning(beginning: str) -> list[str]:
    """Return the stems of the most common words that begin so and say something; one query."""
    used = SearchWord.objects.filter(post_count__gt=0, word__startswith=beginning).order_by("-post_count", "word")
    found = used.values_list("stem", "word")[: 2 * _BEGINNINGS_MOST]
    return [stem for stem, word in found if not is_stopword(word)][:_BEGINNINGS_MOST]


def begin_anew() -> None:
    """Forget how often words are used, as they are about to be counted again."""
    SearchWord.objects.update(post_count=0)


def forget_unused() -> None:
    """Forget the words that no post has any more."""
    SearchWord.objects.filter(post_count=0).delete()


def learn(posts: Iterable[Post]) -> None:
    """Count the words of these posts."""
    counts: Counter[str] = Counter()
    spellings: Counter[tuple[str, str]] = Counter()
    for post in posts:
        text = f"{post.title}\n{post.body}".lower()
        spelt = {(token, text[start:end]) for start, end, token in cut(text)}
        spellings.update(spelt)
        counts.update({token for token, _ in spelt})
    words: dict[str, str] = {}
    for (token, word), _ in spellings.most_common():
        words.setdefault(token, word[:WORD_LONGEST])
    rows = [(token, words[token], count) for token, count in sorted(counts.items())]
    for start in range(0, len(rows), _AT_ONCE):
        _add(rows[start : start + _AT_ONCE])


def _add(rows: Sequence[tuple[str, str, int]]) -> None:
    places = ", ".join(["(%s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO forum_searchword (stem, word, post_count) VALUES {places}"  # noqa: S608 - only places
            " ON CONFLICT (stem) DO UPDATE SET post_count = forum_searchword.post_count + EXCLUDED.post_count",
            [value for row in rows for value in row],
        )


def _meant(word: str, posts: PostQuerySet) -> str:
    used = SearchWord.objects.filter(post_count__gt=0)
    begun = used.filter(word__startswith=word).order_by("-post_count", "word").values_list("word", flat=True)
    if found := _first_known(begun[:_TRIED], posts):
        return found
    near = dict(used.filter(pk__in=engine().spelled_like(word, _LIKE_MOST)).values_list("word", "post_count"))
    common = used.filter(word__startswith=word[:_BEGINNING]).order_by("-post_count", "word")
    near |= dict(common.values_list("word", "post_count")[:_LIKE_MOST])
    tags = Tag.objects.filter(name__startswith=word[:_BEGINNING]).values_list("name", flat=True)[:_LIKE_MOST]
    near |= {part: near.get(part, 0) for name in tags for part in name.split("-")}
    tried = _nearest(word, near)
    return _first_known(_titles_first(word, tried), posts)


def _titles_first(word: str, near: Sequence[tuple[int, str]]) -> list[str]:
    """Put first, of words equally near, those that titles and tags use."""
    told = known_of([other for _, other in near], Post.objects.all(), in_titles=True) if len(near) > 1 else set()
    return [other for _, other in sorted(near, key=lambda one: (one[0], one[1] not in told))]


def _first_known(words: Iterable[str], posts: PostQuerySet) -> str:
    tried = list(words)
    known = known_of(tried, posts)
    return next((word for word in tried if word in known), "")


def _nearest(word: str, counts: Mapping[str, int]) -> list[tuple[int, str]]:
    """Return the words that are a few mistakes away, with how many: a mistyped word keeps its beginning and length."""
    most = next((mistakes for length, mistakes in _MISTAKES if len(word) <= length), _MISTAKES_MOST)
    distances = {other: _distance(word, other, most) for other in counts}
    near = sorted((distance, -counts[other], other) for other, distance in distances.items() if distance <= most)
    return [(distance, other) for distance, _, other in near[:_TRIED]]


def _distance(word: str, other: str, most: int) -> int:
    """Count the mistakes between two words, or between their stems: words are kept by one of their endings."""
    stems = zip(tokens(word), tokens(other), strict=False) if word.isalpha() else ()
    pairs = [(word, other), *stems]
    return min((_mistakes(one, two, most) for one, two in pairs), default=most + 1)


def _mistakes(word: str, other: str, most: int) -> int:
    distance = DamerauLevenshtein.distance(word, other, score_cutoff=most)
    # A second mistake counts only in a word that begins and ends about where the other does: "racing" is no "ring".
    begins_alike = other[:1] == word[:1] or other[:2] == word[1::-1]
    is_alike = begins_alike and abs(len(other) - len(word)) < most
    return distance if distance <= 1 or is_alike else most + 1
