"""Run a change in one transaction, and once more when the database broke it off because of another one."""

import time
from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Model
from django.utils.functional import LazyObject

P = ParamSpec("P")
R = TypeVar("R")

_BROKEN_OFF: Final = {"40001", "40P01"}  # PostgreSQL's serialization failure and deadlock
_PAUSE: Final = 0.1  # seconds, in which the other one takes what it waited for: who is quicker is in its way again


def atomic_with_retry(change: Callable[P, R]) -> Callable[P, R]:
    """Do as `transaction.atomic`, and begin `change` once more when it met another in a deadlock.

    Nothing is left of a failure: the rows are as they were, what waited for the commit is forgotten, and models among
    the arguments have their old values again. So `change` must do nothing that no database takes back, and its
    arguments must bear to be read twice. Within a transaction that has begun already it never begins again, for that
    one is broken off as a whole.
    """

    @wraps(change)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            with transaction.atomic():
                return change(*args, **kwargs)
        models = [_unwrapped(each) for each in [*args, *kwargs.values()] if isinstance(each, Model)]
        before = [(model, _values(model)) for model in models]
        is_again = False
        while True:
            try:
                with transaction.atomic():
                    return change(*args, **kwargs)
            except BaseException as error:
                for model, values in before:
                    vars(model).clear()
                    vars(model).update(values)
                if is_again or not is_broken_off(error):
                    raise
                is_again = True
                time.sleep(_PAUSE)

    return run


def is_broken_off(error: BaseException) -> bool:
    """Say whether the database ended a transaction so that another one could go on."""
    return isinstance(error, OperationalError) and getattr(error.__cause__, "sqlstate", None) in _BROKEN_OFF


def is_away(error: BaseException | None) -> bool:
    """Say whether the database could not be asked, or takes nothing in: gone, full, or locked for too long."""
    return isinstance(error, OperationalError | InterfaceError) and not str(error).startswith(("no such", "near "))


def _unwrapped(model: Model) -> Model:
    """Return the model itself for one that stands for it, as `request.viewer` does."""
    return model._wrapped if isinstance(model, LazyObject) else model  # noqa: SLF001  it has no public name


def _values(model: Model) -> dict[str, Any]:
    kept = model._state  # noqa: SLF001  whether it is saved, and what it has loaded
    state = copy(kept)
    state.fields_cache = dict(kept.fields_cache)
    return {**vars(model), "_state": state}
