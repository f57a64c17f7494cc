"""Hand a guest's posts to the member they became."""

from django.db import transaction

from accounts.models import User
from forum.effects import events, reputation
from forum.models import Guest, Post


@transaction.atomic
def claim_posts(member: User, guest: Guest, *, is_anonymous: bool = False) -> int:
    """Make `member` the author of everything `guest` wrote; return how many posts that was.

    The votes those posts have now pay the member. A guest claimed by somebody else stays theirs.
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
        post.author, post.guest = member, None
    reputation.settle(posts=claimed)
    if claimed:
        data = {"posts": [post.pk for post in claimed]}
        events.record("guest.claimed", actor=member, member=member, data=data)
    return len(claimed)
