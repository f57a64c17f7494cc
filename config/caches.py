"""Caches that are passed over while they fail: a page without its cache is slower, and a page all the same."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache
from django.db import DatabaseError
from redis.exceptions import RedisError

_SAID_EACH = 60.0  # seconds between two lines of the log
_REST = 5.0  # … in which a cache that failed is not asked again: some failures take a second each

_log = logging.getLogger(__name__)


class PassedOver:
    """Answers as an empty cache would when the real one fails, in any process for itself."""

    rest_until = 0.0
    said_at = -_SAID_EACH

    def get(self, *args: Any, **kwargs: Any) -> Any:
        """Return what is kept, or the default."""
        default = args[1] if len(args) > 1 else kwargs.get("default")
        return self._try(super().get, default, *args, **kwargs)  # type: ignore[misc]

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        """Return what is kept."""
        return self._try(super().get_many, {}, *args, **kwargs)  # type: ignore[misc]

    def set(self, *args: Any, **kwargs: Any) -> Any:
        """Keep something if that can be done."""
        return self._try(super().set, None, *args, **kwargs)  # type: ignore[misc]

    def set_many(self, *args: Any, **kwargs: Any) -> Any:
        """Keep several if that can be done."""
        return self._try(super().set_many, [], *args, **kwargs)  # type: ignore[misc]

    def add(self, *args: Any, **kwargs: Any) -> Any:
        """Keep something that is not kept yet; what can't be kept is new each time."""
        return self._try(super().add, True, *args, **kwargs)  # type: ignore[misc]

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        """Keep something for longer."""
        return self._try(super().touch, False, *args, **kwargs)  # type: ignore[misc]

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Forget something."""
        return self._try(super().delete, False, *args, **kwargs)  # type: ignore[misc]

    def delete_many(self, *args: Any, **kwargs: Any) -> Any:
        """Forget several."""
        return self._try(super().delete_many, None, *args, **kwargs)  # type: ignore[misc]

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        """Say whether something is kept."""
        return self._try(super().has_key, False, *args, **kwargs)  # type: ignore[misc]

    def fault(self) -> str:
        """Ask the cache itself; return what it says when it does not take and give, or nothing."""
        stamp = time.time()
        try:
            super().set("healthz", stamp, 60)  # type: ignore[misc]
            kept = super().get("healthz")  # type: ignore[misc]
        except (RedisError, DatabaseError, OSError) as error:
            return " ".join(str(error).split()) or type(error).__name__
        type(self).rest_until = 0.0
        return "" if kept is not None else "its values are lost"

    def _try(self, ask: Callable[..., Any], otherwise: Any, *args: Any, **kwargs: Any) -> Any:
        now = time.monotonic()
        if now < self.rest_until:
            return otherwise
        try:
            return ask(*args, **kwargs)
        except (RedisError, DatabaseError, OSError) as error:
            kind = type(self)  # Django makes one cache for each thread
            kind.rest_until = now + _REST
            if now - self.said_at >= _SAID_EACH:
                kind.said_at = now
                said = " ".join(str(error).split())
                _log.warning("The cache does not answer (%s); pages work without it.", said)
            return otherwise


class PatientRedisCache(PassedOver, RedisCache):
    """Redis, while it answers."""


class PatientDatabaseCache(PassedOver, DatabaseCache):
    """The table, while the database takes writes."""
