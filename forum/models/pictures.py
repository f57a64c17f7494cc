"""Picture: an upload, decoded and encoded again. PictureUse: where one stands."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Picture(models.Model):
    """One picture that may stand in posts; `name` is its file below `MEDIA_ROOT`."""

    name = models.CharField(max_length=80, unique=True)
    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="pictures"
    )
    guest = models.ForeignKey("forum.Guest", on_delete=models.SET_NULL, null=True, related_name="pictures")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    bytes = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="picture_has_a_size")]

    def __str__(self) -> str:
        return self.name


class PictureUse(models.Model):
    """One picture that some text of a post, a tag's guide or a help page has held.

    Written when a text is saved and never taken back, so that an earlier text keeps its pictures. Whether a reader is
    shown one is for `queries/pictures.py` to say, from the texts they may read now.
    """

    picture = models.ForeignKey("forum.Picture", on_delete=models.CASCADE, related_name="uses")
    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, null=True, related_name="picture_uses")
    tag = models.ForeignKey("forum.Tag", on_delete=models.CASCADE, null=True, related_name="picture_uses")
    page = models.ForeignKey("forum.Page", on_delete=models.CASCADE, null=True, related_name="picture_uses")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, tag=None, page=None)
                | Q(post=None, tag__isnull=False, page=None)
                | Q(post=None, tag=None, page__isnull=False),
                name="picture_use_is_in_one_place",
            ),
            models.UniqueConstraint(
                fields=["picture", "post"], condition=Q(post__isnull=False), name="picture_use_once_per_post"
            ),
            models.UniqueConstraint(
                fields=["picture", "tag"], condition=Q(tag__isnull=False), name="picture_use_once_per_tag"
            ),
            models.UniqueConstraint(
                fields=["picture", "page"], condition=Q(page__isnull=False), name="picture_use_once_per_page"
            ),
        ]

    def __str__(self) -> str:
        return f"Picture {self.picture_id} in {self.post_id or self.tag_id or self.page_id}"
