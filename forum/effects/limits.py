"""Count acts under limits in a table, for sites without Redis."""

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import DatabaseError, connection, transaction
from limits.storage import MovingWindowSupport, RedisStorage, Storage
from redis.exceptions import RedisError

from forum.models import LimitEntry

# No limit looks further back; what is older names addresses of visitors for nothing.
_LONGEST_SECONDS = 24 * 3600
_FORGOTTEN_AT_ONCE = 100
_SAID_EACH = 60.0
_HEALTH = "healthz"

R = TypeVar("R")
_log = logging.getLogger(__name__)


class TableStorage(Storage, MovingWindowSupport):
    """A storage of the `limits` package whose entries are rows, shared by every process of the site."""

    STORAGE_SCHEME = ["table"]

    @property
    def base_exceptions(self) -> type[Exception]:
        """What this storage may raise of itself."""
        return DatabaseError

    @transaction.atomic(savepoint=False)
    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count `amount` acts under `key` unless that makes more than `limit` in `expiry` seconds."""
        if connection.vendor == "postgresql":  # SQLite's writers queue by themselves
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        now = time.time()
        if LimitEntry.objects.filter(key=key, at__gt=now - expiry).count() + amount > limit:
            return False
        LimitEntry.objects.bulk_create(LimitEntry(key=key, at=now) for _ in range(amount))
        return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """Return when the oldest act of the window happened, and how many there are."""
        now = time.time()
        times = list(
            LimitEntry.objects.filter(key=key, at__gt=now - expiry).order_by("at").values_list("at", flat=True)
        )
        return (times[0] if times else now), len(times)

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Refuse: only moving windows are counted here."""
        raise NotImplementedError

    def get(self, key: str) -> int:
        """Return how many acts stand under `key`."""
        return LimitEntry.objects.filter(key=key).count()

    def get_expiry(self, key: str) -> float:
        """Refuse: a moving window has no single end."""
        raise NotImplementedError

    def check(self) -> bool:
        """Say that the table is there, as the database is."""
        return True

    def reset(self) -> int:
        """Forget everything counted; return how much that was."""
        return LimitEntry.objects.all().delete()[0]

    def clear(self, key: str) -> None:
        """Forget what was counted under `key`."""
        LimitEntry.objects.filter(key=key).delete()


class RedisOrTable(Storage, MovingWindowSupport):
    """Counts in Redis, and in the table while Redis does not answer; neither knows what was spent in the other."""

    STORAGE_SCHEME = ["redis-or-table"]

    def __init__(self, url: str, **options: Any) -> None:
        super().__init__(url)
        self._redis, self._table = RedisStorage(url, **options), TableStorage()
        self._said_at = -_SAID_EACH

    @property
    def base_exceptions(self) -> type[Exception]:
        """What this storage may raise of itself."""
        return DatabaseError

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count `amount` acts under `key` unless that makes more than `limit` in `expiry` seconds."""
        return self._ask(lambda storage: storage.acquire_entry(key, limit, expiry, amount))

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """Return when the oldest act of the window happened, and how many there are."""
        return self._ask(lambda storage: storage.get_moving_window(key, limit, expiry))

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Refuse: only moving windows are counted here."""
        raise NotImplementedError

    def get(self, key: str) -> int:
        """Return how many acts stand under `key`."""
        return self._ask(lambda storage: storage.get(key))

    def get_expiry(self, key: str) -> float:
        """Refuse: a moving window has no single end."""
        raise NotImplementedError

    def check(self) -> bool:
        """Say whether Redis answers."""
        return self._redis.check()

    def reset(self) -> int | None:
        """Forget everything counted."""
        return self._ask(lambda storage: storage.reset())

    def clear(self, key: str) -> None:
        """Forget what was counted under `key`."""
        self._ask(lambda storage: storage.clear(key))

    def _ask(self, question: Callable[[RedisStorage | TableStorage], R]) -> R:
        try:
            return question(self._redis)
        except RedisError as error:
            now = time.monotonic()
            if now - self._said_at >= _SAID_EACH:
                self._said_at = now
                _log.warning("Redis does not answer (%s); limits are counted in the database.", error)
            return question(self._table)


def is_writable() -> bool:
    """Write a row and take it away again; say whether the database took that."""
    try:
        with transaction.atomic():
            LimitEntry.objects.create(key=_HEALTH, at=time.time()).delete()
    except DatabaseError:
        return False
    return True


def forget_old() -> None:
    """Forget some of what no limit looks at any more; a little with each act keeps the table small."""
    old = LimitEntry.objects.select_for_update(skip_locked=True).filter(at__lte=time.time() - _LONGEST_SECONDS)
    ids = list(old.order_by("at").values_list("pk", flat=True)[:_FORGOTTEN_AT_ONCE])
    LimitEntry.objects.filter(pk__in=ids).delete()
