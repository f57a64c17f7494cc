"""Mention, MemberBlock: who is named in which post, and who wants nothing to do with whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Mention(models.Model):
    """One post names one member; it tells them once, however often the post is edited.

    `name` is what they were called when it was written, by which the text means them whatever they are called since.
    `is_settled` says that it was decided whether they are told; nobody is told of a name that stands in a quote alone.
    """

    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="mentions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions")
    name = models.CharField(max_length=30)
    is_settled = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "member"], name="mention_one_per_post_and_member")]

    def __str__(self) -> str:
        return f"Mention {self.pk}"


class MemberBlock(models.Model):
    """One member wants no mentions and no notifications from another, and their posts folded.

    What was posted anonymously is never touched by it: a missing line would tell who wrote it.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks_made")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks_met")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "blocked"], name="member_block_one_per_pair"),
            models.CheckConstraint(condition=~Q(member=F("blocked")), name="member_block_is_of_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"Block {self.pk}"
