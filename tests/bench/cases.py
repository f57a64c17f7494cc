"""What is measured on a large site: addresses that should cost the same, row by row, with what was promised."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import django
from django.db import connection

# Run as a command, so Django is not set up yet.
django.setup()

from accounts.models import User  # noqa: E402
from forum.choices import Intent  # noqa: E402
from forum.limits import QUESTIONS_A_PAGE  # noqa: E402
from forum.models import Category, Guest, Post, Question, SearchEntry, SearchWord, Tag  # noqa: E402
from forum.queries.paging import write_cursor  # noqa: E402

COMMON = "sleep anxiety therapy work night friend mother talking feel morning doctor tired alone worry".split()
VERY_COMMON = ("feel", "night", "helped", "what", "the")
TYPOS = ("anxitey", "insomina", "therapsit at night", "panick atack", "depresion medicaton", "lonelyness", "jelous")
PHRASES = ('"my heart races"', '"fall asleep"', '"you are not alone"', '"in the morning" therapy', '"a fixed bedtime"')
OPERATORS = (
    "sleep tag:insomnia score:>2",
    "anxiety is:answer has:image",
    "therapy category:anxiety created:<1y -medication",
    "panic OR worry is:unanswered",
    "title:grief answers:>2 intent:listening",
    "category:sleep is:accepted score:>5",
    "tag:insomnia -tag:worry before:2025-06-30",
    "is:unanswered created:<4w",
    "user:quiet_fox_north therapy",
    "views:>500 is:question anxiety",
)
SENTENCES = (
    "how do i stop worrying at night",
    "what to do when my mother is talking about therapy",
    "feeling tired every morning after work",
    "why cant i sleep when i am alone",
    "should i tell my friend about my anxiety",
    "doctor wont listen to me about sleep medication",
)
BEGUN = ("sle", "anxi", "how to stop wor", "my mo", "panic at", "lon", "feel", "th", "tired of wo", "quiet")
OLD, PAIRS, RARE = 1_000, 30, (3, 60)  # the page; how many pairs; the posts that a rare word stands in


@dataclass(frozen=True)
class Case:
    """One row: some addresses, and what their p95 may be in milliseconds."""

    name: str
    paths: Sequence[str]
    most_ms: float | None = None
    is_members: bool = False


def every_case() -> Iterator[Case]:
    """Yield the rows of the table."""
    is_sqlite = connection.vendor == "sqlite"
    pairs = [" ".join(pair) for pair in itertools.combinations(COMMON, 2)][:PAIRS]
    yield Case("search, two common words", _searches(pairs), 120 if is_sqlite else 60)
    yield Case("search, two rare words", _searches(_rare_pairs()), 20)
    yield Case("search, a question in a sentence", _searches(SENTENCES))
    yield Case("search, suggestions while typing", [f"/search/suggest/?{urlencode({'q': text})}" for text in BEGUN], 30)
    yield Case("search, one very common word", _searches(VERY_COMMON))
    yield Case("search, newest first", [f"{path}&sort=newest" for path in _searches(pairs)])
    yield Case("search, most votes first", [f"{path}&sort=votes" for path in _searches(pairs)])
    yield Case("search, operators", _searches(OPERATORS))
    yield Case("search, operators, as a member", _searches(OPERATORS), is_members=True)
    yield Case("search, mistyped", _searches(TYPOS))
    yield Case("search, a phrase", _searches(PHRASES))
    yield Case("similar questions while asking", _similar(), 50)
    yield from _lists()
    yield Case("feed of questions", ["/feed/questions.rss"])
    yield Case("feed of a tag", [f"/feed/tag/{_busiest_tag()}.rss"])
    yield Case("feed of a search", [f"/feed/search/{quote('sleep anxiety')}.rss"])
    yield Case("sitemap, its index", ["/sitemap.xml"])
    yield Case("sitemap, its largest part", ["/sitemap-questions-1.xml"])


def _lists() -> Iterator[Case]:
    category = Category.objects.filter(depth=1).order_by("-question_count", "pk")[0].get_absolute_url()
    tag = f"/tag/{_busiest_tag()}/"
    for who in (False, True):
        suffix = ", as a member" if who else ""
        yield Case(f"newest{suffix}", ["/questions/"], is_members=who)
        yield Case(f"newest, page {OLD:,}{suffix}", [_page_of("/questions/")], is_members=who)
        yield Case(f"hot{suffix}", ["/hot/"], is_members=who)
    yield Case("most votes", ["/questions/?sort=votes"])
    yield Case("most answers", ["/questions/?sort=answers"])
    yield Case("most viewed", ["/questions/?sort=views"])
    yield Case("active", ["/activity/"])
    yield Case("unanswered: no answer", ["/unanswered/"])
    yield Case("unanswered: no best answer", ["/unanswered/?by=selected"])
    yield Case("unanswered: no voted answer", ["/unanswered/?by=upvotes"])
    yield Case("a topic", [category])
    yield Case("a topic, hot", [f"{category}?sort=hot"])
    yield Case("a tag", [tag])
    yield Case("a tag, most votes", [f"{tag}?sort=votes"])
    yield Case("filters: wants listening", [f"/questions/?intent={Intent.LISTENING}"])
    yield Case("filters: three at once", [f"/hot/?intent={Intent.ADVICE}&answers=some&notes=none"])
    yield Case("can you help?", ["/can-you-help/"], is_members=True)
    yield Case("topics", ["/categories/"])
    yield Case("tags", ["/tags/"])
    yield Case("people", ["/users/"])
    yield Case("a member with many posts", [User.objects.order_by("-reputation")[0].get_absolute_url()])


def _searches(texts: Sequence[str]) -> list[str]:
    return [f"/search/?{urlencode({'q': text})}" for text in texts]


def _similar() -> list[str]:
    """Return what is asked while titles of questions are typed, of which some are there already."""
    titles = list(Question.objects.order_by("-pk").values_list("title", flat=True)[:2_000:100])
    return [f"/ask/similar/?{urlencode({'title': title})}" for title in titles]


def _rare_pairs() -> list[str]:
    """Return pairs of rare words that stand in one post together, so that something is found."""
    counted = SearchWord.objects.filter(post_count__range=RARE).values_list("stem", "word")
    rare = {stem: word for stem, word in counted if len(word) > 3 and word.isalpha()}
    pairs: list[str] = []
    entries = SearchEntry.objects.filter(post__in=Post.objects.visible_to(Guest())).order_by("pk")
    for body in entries.values_list("body", flat=True).iterator():
        found = [rare[stem] for stem in dict.fromkeys(body.split()) if stem in rare]
        pair = " ".join(found[:2])
        if len(found) > 1 and pair not in pairs:
            pairs.append(pair)
        if len(pairs) == PAIRS:
            break
    return pairs


def _busiest_tag() -> str:
    return quote(Tag.objects.most_used_first()[0].slug)


def _page_of(path: str) -> str:
    """Return the address of an old page of a list of the newest, or of the oldest there is."""
    questions = Question.objects.order_by("-created_at", "-pk")
    at = min(OLD * QUESTIONS_A_PAGE, questions.count() - 1) - 1
    return f"{path}?{urlencode({'older': write_cursor(questions.values_list('created_at', 'pk')[at])})}"
