"""A site to measure: the demo community and one long thread, and on a large one as many questions as wanted.

Its database is made for it; what BENCH_DATA keeps stays, the rest is thrown away.
"""

import gc
import io
import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

# Run as a command, so Django is not set up yet.
django.setup()

from accounts.models import User  # noqa: E402
from forum.actions import answering, commenting, voting  # noqa: E402
from forum.choices import Direction, PostKind  # noqa: E402
from forum.models import Guest, Post, Tag  # noqa: E402
from forum.queries.search import get_search_page  # noqa: E402
from forum.views.seen import seen_questions  # noqa: E402
from tests.factories import make_question  # noqa: E402

ANSWERS, COMMENTS = 30, 60


@contextmanager
def temporary_site() -> Iterator[dict[str, str]]:
    """Hand over the address of each page by its name; the database DATABASE_URL names is never touched."""
    with _database(f"forum_bench_{os.getpid()}", is_kept=False):
        call_command("seed", demo=True, stdout=io.StringIO())
        pages = _pages()
        _forget_the_making()
        yield pages


@contextmanager
def large_site(size: int) -> Iterator[None]:
    """Have a site with `size` generated questions, beginning with what was kept."""
    with _database("forum_bench", is_kept=bool(os.environ.get("BENCH_DATA"))):
        call_command("seed", demo=True, scale=size)
        _forget_the_making()
        yield


def _forget_the_making() -> None:
    """Keep what making the site left behind out of the collector's way, as the server does with what it loads."""
    gc.collect()
    gc.freeze()


@contextmanager
def empty_site() -> Iterator[None]:
    """Have a site that nobody has used."""
    with _database(f"forum_bench_{os.getpid()}", is_kept=False):
        call_command("seed", stdout=io.StringIO())
        yield


@contextmanager
def _database(name: str, *, is_kept: bool) -> Iterator[None]:
    outside = connection.settings_dict["NAME"]
    file = Path(settings.FORUM_DATA, "bench.sqlite3")  # a file, as on a real site
    connection.settings_dict["TEST"]["NAME"] = name if connection.vendor == "postgresql" else str(file)
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=is_kept)
    try:
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        yield
    finally:
        seen_questions.forget()
        connection.creation.destroy_test_db(outside, verbosity=0, keepdb=is_kept)


def search_for(text: str) -> None:
    """Find what a guest finds, without the page around it."""
    get_search_page(Guest(), text)


def best_known_member() -> User:
    """Return the member with the most points who is nobody's moderator, as most readers are."""
    return next(member for member in User.objects.by_points() if not member.is_helper)


def _pages() -> dict[str, str]:
    busiest = Tag.objects.order_by("-question_count", "pk").values_list("name", flat=True)[0]
    return {
        "home": "/",
        "list": "/questions/",
        "list, page 2": "/questions/?older=",
        "question": _long_thread(),
        "ask": "/ask/",
        "tags": "/tags/",
        "tag": f"/tag/{busiest}/",
        "users": "/users/",
        "member": best_known_member().get_absolute_url(),
        "search": "/search/?q=sleep",
        "help": "/help/",
        "sign-in": "/accounts/login/",
    }


def _long_thread() -> str:
    """Make a question with 30 answers and 60 comments, in the demo community's own words; return its address."""
    people = list(User.objects.order_by("pk")[:40])
    answers, comments = (
        itertools.cycle(Post.objects.filter(kind=kind).order_by("pk").values_list("body", flat=True)[:100])
        for kind in (PostKind.ANSWER, PostKind.COMMENT)
    )
    question = make_question(people[0], title="What helps you on the days when nothing does?")
    for number in range(ANSWERS):
        answer = answering.answer_question(people[1 + number], question, body=next(answers))
        voting.cast_vote(people[0], answer, Direction.UP)
        for commenter in (people[0], people[2 + number])[: COMMENTS // ANSWERS]:
            commenting.add_comment(commenter, answer, body=next(comments))
    return str(question.get_absolute_url())
