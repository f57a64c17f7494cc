"""Two hundred voters on a running site: `python -m tests.support.voters make 200` says who they are, `look` what became."""

import json
import sys
from typing import Any

import django

# Started as a command on a server's data, so Django is not set up yet.
django.setup()

from accounts.models import User  # noqa: E402
from forum.models import Post, Vote  # noqa: E402
from tests.factories import make_answer, make_member, make_question  # noqa: E402
from tests.support.scene import session_of  # noqa: E402


def make(count: int) -> dict[str, Any]:
    """Make an answer by one member, and `count` others who have signed in."""
    asker, author = make_member("The asker"), make_member("The author")
    question = make_question(asker, title="Who agrees with this answer?")
    answer = make_answer(question, author)
    voters = [make_member(f"Voter {number}") for number in range(1, count + 1)]
    return {
        "answer": answer.pk,
        "page": question.get_absolute_url(),
        "sessions": [session_of(voter) for voter in voters],
        **look(),
    }


def look() -> dict[str, Any]:
    """Return the answer's votes and everybody's points as the database has them."""
    author = User.objects.get(username="The author")
    answer = Post.objects.get(author=author)
    voters = User.objects.filter(username__startswith="Voter ")
    return {
        "score": answer.score,
        "votes": Vote.objects.filter(post=answer).count(),
        "author_points": author.reputation,
        "voters_points": sorted(voters.values_list("reputation", flat=True)),
    }


if __name__ == "__main__":
    json.dump(make(int(sys.argv[2])) if sys.argv[1] == "make" else look(), sys.stdout)
