"""Good news that comes once: that a post has helped so many people, that somebody has reached a number of points.

Never of votes down, and never of points lost: what is reached twice is told the first time.
"""

from accounts.models import User
from forum.effects import events
from forum.limits import POINT_MILESTONES, VOTE_MILESTONES
from forum.models import Event, Post

VOTES, POINTS = "post.milestone", "points.reached"


def mark_votes(post: Post) -> None:
    """Record that so many people found `post` helpful, the first time that they are; lock the post first.

    The event names nobody: not who voted, and of the post no more than its number.
    """
    if post.up_count not in VOTE_MILESTONES:
        return
    reached = Event.objects.filter(post=post, verb=VOTES).values_list("data", flat=True)
    if post.up_count not in {data["ups"] for data in reached}:
        events.record(VOTES, actor=None, post=post, data={"ups": post.up_count})


def mark_points(member: User, before: int, now: int) -> None:
    """Record the highest number of points that `member` has crossed, the first time; lock the member first."""
    crossed = [points for points in POINT_MILESTONES if before < points <= now]
    if not crossed:
        return
    reached = Event.objects.filter(member=member, verb=POINTS).values_list("data", flat=True)
    if crossed[-1] > max((data["points"] for data in reached), default=0):
        events.record(POINTS, actor=None, member=member, data={"points": crossed[-1]})
