"""Keep for a short while where an act came from."""

from accounts.models import User
from forum.models import Guest, Person, Post, Trace

_VOTE = "vote"


def leave_trace(person: Person, address: str, act: str, post: Post | None = None) -> None:
    """Keep that `person` did `act` from `address`; `tidy` forgets it again. One query.

    What others cannot see them do is kept quietly: a vote, and what is about an anonymous post.
    """
    Trace.objects.create(
        member=person if isinstance(person, User) else None,
        guest=person if isinstance(person, Guest) and person.pk else None,
        post_id=post.pk if post else None,
        act=act,
        address=address,
        is_quiet=act == _VOTE or (post is not None and post.is_anonymous),
    )
