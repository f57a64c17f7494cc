"""What a member is trusted with, and how the site looks to them; imports nothing of ours."""

from django.db import models


class Role(models.TextChoices):
    """What a member is trusted with, apart from points; later ones include the earlier."""

    MEMBER = "member", "Member"
    HELPER = "helper", "Helper"
    MODERATOR = "moderator", "Moderator"
    ADMINISTRATOR = "administrator", "Administrator"
    OWNER = "owner", "Owner"


class Theme(models.TextChoices):
    """Which colours a member reads in."""

    AUTO = "auto", "Match device"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class TextSize(models.TextChoices):
    """How large a member reads."""

    NORMAL = "normal", "Normal"
    LARGE = "large", "Large"
    LARGER = "larger", "Larger"
    LARGEST = "largest", "Largest"
