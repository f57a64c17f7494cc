"""Block, Trace: who is kept out, and where acts came from, for a short while."""

from ipaddress import ip_network

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from forum.choices import BlockKind

WIDEST = {4: 16, 6: 32}  # prefixes; a wider network holds a whole country's households


class BlockQuerySet(models.QuerySet["Block"]):
    """Blocks, by whether they hold and whom they keep out."""

    def holding(self) -> "BlockQuerySet":
        """Only those that hold now; others have run out or were lifted."""
        return self.filter(lifted_at=None, until__gt=timezone.now())

    def of_address(self, address: str) -> "BlockQuerySet":
        """Those that keep out whoever comes from `address`, as requests carry it."""
        try:
            home = ip_network(address)
        except ValueError:
            return self.none()
        wider = range(WIDEST[home.version], home.prefixlen)
        networks = [str(home.supernet(new_prefix=prefix)) for prefix in wider]
        return self.filter(Q(kind=BlockKind.ADDRESS, value=address) | Q(kind=BlockKind.NETWORK, value__in=networks))

    def of_email(self, email: str) -> "BlockQuerySet":
        """Those that keep out an e-mail address: itself, with or without a +tag, its domain and those above it."""
        name, _, domain = email.strip().lower().rpartition("@")
        labels = domain.split(".")
        domains = [".".join(labels[start:]) for start in range(len(labels))]
        names = {f"{name}@{domain}", f"{name.partition('+')[0]}@{domain}"}
        return self.filter(Q(kind=BlockKind.EMAIL, value__in=names) | Q(kind=BlockKind.DOMAIN, value__in=domains))


class Block(models.Model):
    """Nobody writes, votes or signs up from here until a date; reading stays open to all."""

    kind = models.CharField(max_length=8, choices=BlockKind.choices)
    value = models.CharField(max_length=254)
    reason = models.CharField(max_length=500)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value"], condition=Q(lifted_at=None), name="block_one_open_per_value"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class TraceQuerySet(models.QuerySet["Trace"]):
    """Traces."""

    def listed(self) -> "TraceQuerySet":
        """Only those that may be counted beside a member's name: of what they did openly."""
        return self.filter(is_quiet=False)


class Trace(models.Model):
    """Where an act came from. Read by administrators and the nightly look at votes; forgotten after 30 days.

    A quiet one is of a vote, or of a post that was anonymous then: counted beside its member, it would say whose that
    was. Like a line of the ledger it stays as it was written.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="traces")
    guest = models.ForeignKey("forum.Guest", on_delete=models.CASCADE, null=True, related_name="traces")
    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, null=True, related_name="traces")
    act = models.CharField(max_length=12)
    address = models.CharField(max_length=45)
    is_quiet = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = TraceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["address", "act", "created_at"], name="trace_by_address"),
            models.Index(fields=["member", "-id"], name="trace_by_member"),
            models.Index(fields=["created_at"], name="trace_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.act} #{self.pk}"
