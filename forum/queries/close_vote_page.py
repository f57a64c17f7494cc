"""Members' votes to close a question, or to open it again, as one of them sees them."""

from dataclasses import dataclass

from forum.models import CloseVote, Person, Post
from forum.queries.similar import SimilarQuestion, get_duplicates


@dataclass(frozen=True)
class CloseVotePage:
    """The question, whether it is closed, how many must agree, and whether the viewer has voted."""

    post_id: int
    title: str
    path: str
    is_closed: bool
    needed: int
    has_voted: bool
    duplicates: tuple[SimilarQuestion, ...]


def get_close_vote_page(question: Post, *, viewer: Person, needed: int) -> CloseVotePage:
    """Return what the page says; nobody reads there how many have voted, or who."""
    mine = CloseVote.objects.filter(question=question, voter=viewer.pk, spent_at=None, reopens=question.is_closed)
    return CloseVotePage(
        post_id=question.pk,
        title=question.title,
        path=question.get_absolute_url(),
        is_closed=question.is_closed,
        needed=needed,
        has_voted=mine.exists(),
        duplicates=() if question.is_closed else tuple(get_duplicates(question, viewer=viewer)),
    )
