"""Page and HelpLine: the texts of the help pages, which an owner edits."""

from django.db import models


class Page(models.Model):
    """One help page at `/help/SLUG/`; `body_html` is rendered on save by the markup module."""

    slug = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    body = models.TextField(blank=True)
    body_html = models.TextField(blank=True, editable=False)
    markup_version = models.PositiveSmallIntegerField(default=0, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the page's address."""
        return "/help/" if self.slug == "help" else f"/help/{self.slug}/"


class HelpLineQuerySet(models.QuerySet["HelpLine"]):
    """Help lines, by country."""

    def by_country(self) -> "HelpLineQuerySet":
        """Order by the country's name."""
        return self.order_by("country_name", "position", "pk")


class HelpLine(models.Model):
    """A line somebody in a crisis can call, with the day somebody of this site last checked it."""

    country = models.CharField(max_length=2)
    country_name = models.CharField(max_length=60)
    name = models.CharField(max_length=100)
    phone = models.CharField(max_length=40, blank=True)
    url = models.URLField(blank=True)
    hours = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    checked_on = models.DateField(null=True, blank=True)

    objects = HelpLineQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(phone="", url=""), name="help_line_can_be_reached")]

    def __str__(self) -> str:
        return f"{self.name} ({self.country_name})"
