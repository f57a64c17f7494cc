"""Hand a guest's posts to the member they became."""

from datetime import date

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum.effects import events, following, reputation, scores
from forum.models import Guest, Post, Suggestion, Vote


@atomic_with_retry
def claim_posts(member: User, guest: Guest, *, is_anonymous: bool = False) -> int:
    """Make `member` the author of everything `guest` wrote; return how many posts that was.

    The votes those posts have now pay the member, but their own, which nobody has on their own post, are taken back,
    and edits they had suggested of their own posts pay nothing.
    A guest claimed by somebody else stays theirs.
    """
    guest = Guest.objects.select_for_update(no_key=True).get(pk=guest.pk)
    if guest.claimed_by_id not in {None, member.pk}:
        return 0
    claimed = list(Post.objects.select_for_update(no_key=True).filter(guest=guest).order_by("pk"))
    Post.objects.filter(pk__in=[post.pk for post in claimed]).update(
        author=member, guest=None, guest_name="", is_anonymous=is_anonymous
    )
    guest.claimed_by, guest.email = member, ""
    guest.save()
    for post in claimed:
        post.author, post.guest, post.is_anonymous = member, None, is_anonymous
    following.follow_own(member, claimed)
    voted = _take_back_own_votes(member, claimed)
    # A best answer that turns out to be by whoever chose it pays less.
    chosen = Post.objects.select_for_update(no_key=True).filter(author=member, accepted_for__in=claimed).order_by("pk")
    settled = {post.pk: post for post in [*chosen, *claimed]}.values()
    reputation.settle(posts=settled, voted=voted, edited=_own_edits(member, claimed))
    if claimed:
        data = {"posts": [post.pk for post in claimed]}
        events.record("guest.claimed", actor=member, member=member, data=data)
    return len(claimed)


def _take_back_own_votes(member: User, claimed: list[Post]) -> list[tuple[User, date, Post]]:
    posts = {post.pk: post for post in claimed}
    votes = list(Vote.objects.filter(voter=member, post__in=claimed).order_by("pk"))
    Vote.objects.filter(pk__in=[vote.pk for vote in votes]).delete()
    for vote in votes:
        scores.recount_votes(posts[vote.post_id])
    return [(member, reputation.day_of(vote.created_at), posts[vote.post_id]) for vote in votes]


def _own_edits(member: User, claimed: list[Post]) -> list[tuple[User, Post]]:
    suggested = Suggestion.objects.approved().filter(member=member, post__in=claimed)
    edited = set(suggested.values_list("post_id", flat=True))
    return [(member, post) for post in claimed if post.pk in edited]
