"""How far long work is: kept in the cache, since nobody sees into its transaction."""

import contextlib
from collections.abc import Callable

from django.core.cache import cache

KEPT_S = 3600


def noting(key: str) -> Callable[[int], None]:
    """A function that notes how much is done; without a cache nobody is told, and the work goes on."""

    def note(done: int) -> None:
        with contextlib.suppress(Exception):
            cache.set(key, done, KEPT_S)

    return note


def noted(key: str) -> int:
    """How much is done; 0 before the first word about it."""
    try:
        return int(cache.get(key) or 0)
    except Exception:  # whatever it is, the cache does not answer
        return 0
