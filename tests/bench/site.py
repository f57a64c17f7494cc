"""A site to measure: the demo community and one long thread, in a database that is made for it and thrown away."""

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
from forum.models import Post, Tag  # noqa: E402
from forum.views.seen import seen_questions  # noqa: E402
from tests.factories import make_question  # noqa: E402

ANSWERS, COMMENTS = 30, 60


@contextmanager
def temporary_site() -> Iterator[dict[str, str]]:
    """Hand over the address of each page by its name; the database DATABASE_URL names is never touched."""
    kept = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = (
        f"forum_bench_{os.getpid()}"
        if connection.vendor == "postgresql"
        else str(Path(settings.FORUM_DATA, "bench.sqlite3"))  # a file, as on a real site
    )
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("seed", demo=True, stdout=io.StringIO())
        yield _pages()
    finally:
        seen_questions.forget()
        connection.creation.destroy_test_db(kept, verbosity=0)


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
