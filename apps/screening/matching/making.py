"""Named tuples made without a call of Python's for each: a pair takes a dozen of them."""

from collections.abc import Callable
from functools import partial
from typing import Any


def maker[T: tuple[Any, ...]](kind: type[T]) -> Callable[[tuple[Any, ...]], T]:
    """The same objects as `kind(*fields)` gives, from the tuple of their fields."""
    return partial(tuple.__new__, kind)
