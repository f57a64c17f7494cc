"""Picture: an uploaded picture, decoded and written anew."""

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
