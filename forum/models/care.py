"""CarePhrase: words that may say that somebody is in danger, in a list that an owner edits."""

from django.db import models
from django.db.models.functions import Lower

from forum import care
from forum.choices import CareUse


class CarePhraseQuerySet(models.QuerySet["CarePhrase"]):
    """Phrases that call for care."""

    def watch(self) -> care.Watch:
        """Return what looks for those in use; one query."""
        rows = self.filter(is_active=True).order_by("pk").values_list("phrase", "use")
        return care.watch(tuple(rows))


class CarePhrase(models.Model):
    """One phrase, written as `forum/care.py` reads it; what holds it calls a person, and nothing else happens to it.

    `key` names those that the site comes with.
    """

    key = models.SlugField(max_length=60, unique=True, null=True, editable=False)  # noqa: DJ001 - unique; others have none
    phrase = models.CharField(max_length=400)
    language = models.CharField(max_length=8, default="en")
    use = models.CharField(max_length=8, choices=CareUse.choices, default=CareUse.ANYWHERE)
    is_active = models.BooleanField(default=True)

    objects = CarePhraseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("phrase"),
                "use",
                name="care_phrase_unique",
                violation_error_message="This is already on the list.",
            )
        ]

    def __str__(self) -> str:
        return self.phrase
