"""SiteSettings: what an owner changes without a deploy."""

from django.db import models

from forum.choices import Approval


class SiteSettings(models.Model):
    """The one row of settings; numbers and levels that are absent keep their default in `limits.py`.

    `guidelines_changed_at` says since when the guidelines are so new that each member should look at them once.
    """

    name = models.CharField(max_length=60, default="Mindwellnessforum")
    tagline = models.CharField(
        max_length=200,
        default="People who have been there, answering with care. Not a substitute for a doctor or a therapist.",
    )
    welcome = models.CharField(
        max_length=200,
        default="Welcome to Mindwellnessforum, where you can ask questions about relationships and mental health",
    )
    contact_email = models.EmailField(blank=True)
    has_downvotes = models.BooleanField("down-votes", default=True)
    approval = models.CharField(max_length=10, choices=Approval.choices, default=Approval.NOBODY)
    guidelines_changed_at = models.DateTimeField(null=True, editable=False)
    numbers = models.JSONField(default=dict, blank=True)
    levels = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "site settings"
        verbose_name_plural = "site settings"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="site_settings_is_one_row")]

    def __str__(self) -> str:
        return self.name
