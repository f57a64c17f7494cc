"""Vote on a post, change the vote, take it back."""

from django.utils import timezone

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.choices import Direction
from forum.effects import events, milestones, posts, reputation, scores
from forum.models import Person, Post, Vote


@atomic_with_retry
def cast_vote(voter: Person, post: Post, direction: int) -> Post:
    """Leave `voter` with one vote on `post`, in `direction`; casting it again changes nothing."""
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_vote(voter, post, direction, rules.current()))
    assert isinstance(voter, User)  # can_vote refuses guests
    vote = Vote.objects.filter(post_id=post.pk, voter=voter).first()
    if vote is not None and vote.direction == direction:
        return post

    if vote is None:
        vote = Vote(post_id=post.pk, voter=voter, created_at=timezone.now())
    vote.direction = direction
    vote.save()
    events.record("vote.cast", actor=voter, post=post, data={"direction": direction})
    _settle(voter, vote, post)
    if direction == Direction.UP:
        milestones.mark_votes(post)
    return post


@atomic_with_retry
def retract_vote(voter: Person, post: Post) -> Post:
    """Leave `voter` without a vote on `post`; again changes nothing."""
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_take_back_vote(voter, post, rules.current()))
    assert isinstance(voter, User)  # can_take_back_vote refuses guests
    vote = Vote.objects.filter(post_id=post.pk, voter=voter).first()
    if vote is None:
        return post

    Vote.objects.filter(pk=vote.pk).delete()
    events.record("vote.retracted", actor=voter, post=post)
    _settle(voter, vote, post)
    return post


def _settle(voter: User, vote: Vote, post: Post) -> None:
    scores.recount_votes(post)
    reputation.settle(posts=[post], voted=[(voter, reputation.day_of(vote.created_at), post)])
