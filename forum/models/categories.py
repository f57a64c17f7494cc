"""Category, CategoryAddress: where a question belongs, in a tree of up to four levels, and where that stood before."""

from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.db.models.lookups import StartsWith

MAX_DEPTH = 4  # Question2Answer's own limit, so that every category of a migrated site fits
PATH_LENGTH = 250
# Django's own check of a slug knows no marks, which letters of Hindi, Thai or Tamil carry.
FIT_FOR_ADDRESS = RegexValidator(
    r"\A[^\s!-,./:-@\[-^`{-~\x00-\x1f\x7f]+\Z", "Use letters, digits, hyphens and underscores."
)


class CategoryQuerySet(models.QuerySet["Category"]):
    """Categories, as a tree."""

    def in_tree_order(self) -> "CategoryQuerySet":
        """Order siblings as the owner placed them."""
        return self.order_by("depth", "position", "name", "pk")

    def within(self, category: "Category") -> "CategoryQuerySet":
        """Return `category` and everything below it."""
        return self.filter(Q(pk=category.pk) | Q(path__startswith=f"{category.path}/"))

    def above(self, category: "Category | None") -> "CategoryQuerySet":
        """Return `category` and everything it stands below."""
        parts = category.path.split("/") if category else []
        return self.filter(path__in=["/".join(parts[:end]) for end in range(1, len(parts) + 1)])

    def sensitive(self) -> "CategoryQuerySet":
        """Return those that an owner marked as sensitive, and everything below them."""
        marked = Category.objects.filter(
            Q(StartsWith(OuterRef("path"), Concat(F("path"), Value("/")))) | Q(pk=OuterRef("pk")), is_sensitive=True
        )
        return self.filter(Exists(marked))

    def with_those_above(self) -> "CategoryQuerySet":
        """Load what each stands below along with it, as `asking_level` and the two guidances ask."""
        return self.select_related("__".join(["parent"] * (MAX_DEPTH - 1)))

    def looked_after_by(self, helper: Any) -> "CategoryQuerySet":
        """Return those that `helper` was given, and everything below them; a category may be there twice."""
        ways = ["__".join(["parent"] * steps + ["helpers"]) for steps in range(MAX_DEPTH)]
        return self.filter(reduce(or_, (Q(**{way: helper}) for way in ways)))


class Category(models.Model):
    """One place for questions. `path` (`family/siblings`) is its address, kept by actions.

    `level_to_ask` is a role or a number of points as in `limits.Rules`; empty is the site's. Of `required_tags` a
    question here or below carries at least one; `own_tags` can be used here and below, and nowhere else.
    """

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(max_length=60)
    slug = models.CharField(max_length=60, db_index=True, validators=[FIT_FOR_ADDRESS])
    path = models.CharField(max_length=PATH_LENGTH, editable=False)
    depth = models.PositiveSmallIntegerField(default=1, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    icon = models.CharField(max_length=24, default="c-all")
    description = models.CharField(max_length=200, blank=True)
    guidance = models.CharField("guidance for askers", max_length=300, blank=True)
    answer_guidance = models.CharField("guidance for those who answer", max_length=300, blank=True)
    reader_help = models.CharField("what to tell readers", max_length=300, blank=True)
    level_to_ask = models.CharField("who may ask here", max_length=13, blank=True)
    required_tags = models.ManyToManyField("forum.Tag", blank=True, related_name="required_in")
    own_tags = models.ManyToManyField("forum.Tag", blank=True, related_name="kept_for")
    is_sensitive = models.BooleanField(
        default=False, help_text="Emails about questions here don’t mention what they’re about."
    )
    helpers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="helps_in")
    question_count = models.PositiveIntegerField(default=0, editable=False)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint("path", name="category_path_unique"),
            models.CheckConstraint(condition=Q(depth__gte=1, depth__lte=MAX_DEPTH), name="category_at_most_4_levels"),
            models.CheckConstraint(
                condition=Q(parent=None, depth=1) | Q(parent__isnull=False, depth__gt=1),
                name="category_depth_follows_parent",
            ),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("pk")), name="category_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the category's questions."""
        return f"/questions/{quote(self.path)}/"

    @property
    def asking_level(self) -> str:
        """Who may ask here, beside what the site wants: its own level, else that of the nearest above; or nothing."""
        return self.nearest("level_to_ask")

    def nearest(self, field: str) -> str:
        """Return what `field` says here, else in the nearest category above where it says something.

        Load those above along with it (`with_those_above`), or each costs a query.
        """
        place: Category | None = self
        while place is not None:
            if said := getattr(place, field):
                return str(said)
            place = place.parent
        return ""


class CategoryAddress(models.Model):
    """An address at which a category stood before it was moved or renamed; it leads to where it stands now."""

    path = models.CharField(max_length=PATH_LENGTH, unique=True)
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="former_addresses")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.path
