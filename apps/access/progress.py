"""How far long work is: kept in the cache, since nobody sees into its transaction."""

from collections.abc import Callable

from django.core.cache import cache

KEPT_S = 3600


def noting(key: str) -> Callable[[int], None]:
    """A function that notes how much is done."""
    return lambda done: cache.set(key, done, KEPT_S)


def noted(key: str) -> int:
    """How much is done; 0 before the first word about it."""
    return int(cache.get(key) or 0)
