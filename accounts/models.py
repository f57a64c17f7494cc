"""Who you are on this site."""

from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import quote

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.choices import Role, TextSize, Theme
from accounts.names import name_key
from accounts.passwords import opaque

_RANK = {role: rank for rank, role in enumerate(Role)}


class UserQuerySet(models.QuerySet["User"]):
    """Members, by who can be found."""

    def open(self) -> "UserQuerySet":
        """Only accounts that have not been closed."""
        return self.filter(closed_at=None)

    def by_points(self) -> "UserQuerySet":
        """Most points first."""
        return self.order_by("-public_points", "-pk")


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Finds members without regard to case or look-alike letters."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the member of that name, however it is written; raise `User.DoesNotExist`."""
        found: User = self.get(name_key=name_key(username or ""))
        return found

    def get_queryset(self) -> UserQuerySet:
        """Return all members."""
        return UserQuerySet(self.model, using=self._db)


class User(AbstractBaseUser):
    """A member: one person's account.

    `reputation`, `public_points`, `suspended_until`, `abilities_until` (ability → ISO time), `unread_messages`,
    `unread_notifications` and `must_acknowledge` (a warning nobody has read yet) are cached by the forum from its rows.
    `public_points` is what others see: what would tell who wrote or voted joins it a month later.
    The address in `email` is confirmed before anybody can sign in (allauth sees to that); `mail_refused_at` says since
    when mails to it come back. Without a `time_zone` the site's own holds. Who never accepted the guidelines
    (`guidelines_seen_at`) has those of the day they joined.
    """

    username = models.CharField("name", max_length=30)
    name_key = models.CharField(max_length=120, editable=False)
    email = models.EmailField(blank=True)
    about = models.CharField(max_length=280, blank=True)
    picture = models.CharField(max_length=80, blank=True, editable=False)
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.MEMBER)
    reputation = models.IntegerField("points", default=0, editable=False)
    public_points = models.IntegerField("points others see", default=0, editable=False)
    suspended_until = models.DateTimeField(null=True, blank=True, editable=False)
    abilities_until = models.JSONField(default=dict, blank=True, editable=False)
    unread_messages = models.PositiveIntegerField(default=0, editable=False)
    unread_notifications = models.PositiveIntegerField(default=0, editable=False)
    must_acknowledge = models.BooleanField(default=False, editable=False)
    theme = models.CharField(max_length=8, choices=Theme.choices, default=Theme.AUTO)
    text_size = models.CharField(max_length=8, choices=TextSize.choices, default=TextSize.NORMAL)
    has_wide_spacing = models.BooleanField(default=False)
    time_zone = models.CharField(max_length=60, blank=True)
    mail_refused_at = models.DateTimeField(null=True, blank=True, editable=False)
    guidelines_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField("joined", default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    objects = UserManager()

    class Meta:
        verbose_name = "member"
        constraints = [
            models.UniqueConstraint("name_key", name="user_name_unique_among_look_alikes"),
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="user_email_unique"),
            models.CheckConstraint(condition=~models.Q(username=""), name="user_has_a_name"),
        ]
        indexes = [
            models.Index(fields=["-public_points", "-id"], name="user_by_points"),
            # How PostgreSQL finds names that begin with what somebody types.
            models.Index(fields=["name_key"], opclasses=["text_pattern_ops"], name="user_by_beginning"),
        ]

    def __str__(self) -> str:
        return self.username

    def set_password(self, raw_password: str | None) -> None:
        """Keep the hash of a password, however its letters are composed on the device that sends it."""
        super().set_password(None if raw_password is None else opaque(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        """Say whether it is the password; one that was kept as it was typed, years ago, still counts."""
        if raw_password is None:
            return False
        regular = opaque(raw_password)
        return super().check_password(regular) or (regular != raw_password and super().check_password(raw_password))

    @property
    def reads_otherwise(self) -> bool:
        """Whether the text of pages is larger for them, or has more space."""
        return self.has_wide_spacing or self.text_size != TextSize.NORMAL

    def get_absolute_url(self) -> str:
        """Return the address of the member's page."""
        return f"/user/{quote(self.username)}/"

    def has_role(self, role: str) -> bool:
        """Say whether the member is trusted with `role` or more."""
        return _RANK[Role(self.role)] >= _RANK[Role(role)]

    @property
    def is_helper(self) -> bool:
        """Whether the member helps to look after the site, or more."""
        return self.has_role(Role.HELPER)

    @property
    def is_moderator(self) -> bool:
        """Whether the member is a moderator, or more."""
        return self.has_role(Role.MODERATOR)

    @property
    def is_administrator(self) -> bool:
        """Whether the member is an administrator, or the owner."""
        return self.has_role(Role.ADMINISTRATOR)

    @property
    def is_staff(self) -> bool:
        """Whether the admin opens for this member."""
        return self.is_active and self.closed_at is None and self.is_moderator

    @property
    def is_superuser(self) -> bool:
        """Whether everything in the admin opens for this member."""
        return self.is_staff and self.is_administrator

    @property
    def is_suspended(self) -> bool:
        """Whether the member may only read just now."""
        return self.suspended_until is not None and self.suspended_until > timezone.now()

    def lacks(self, ability: str) -> datetime | None:
        """Return until when the member may not do `ability`, or None when they may."""
        if self.is_suspended:
            return self.suspended_until
        until = self.abilities_until.get(ability)
        ends = datetime.fromisoformat(until) if until else None
        return ends if ends and ends > timezone.now() else None

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Say whether the admin allows `perm`; administrators may all, moderators look."""
        return self.is_superuser or (self.is_staff and ".view_" in perm)

    def has_module_perms(self, app_label: str) -> bool:
        """Say whether the admin shows the app."""
        return self.is_staff
