"""What is asked with every request, kept in the cache for a moment; without a cache it is asked each time."""

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any

from django.core.cache import cache

MARK = "remembered:"
"""Before these keys alone: what may be asked anew is not kept beside the cache while that is away."""


def remembered[T](key: str, seconds: int, find: Callable[[], T]) -> T:
    """What `find` answers, up to so many seconds old; None is an answer, too."""
    try:
        kept: list[Any] | None = cache.get(MARK + key)
    except Exception:  # whatever it is, the cache does not answer
        return find()
    if kept is not None:
        return kept[0]  # type: ignore[no-any-return]
    found = find()
    with contextlib.suppress(Exception):
        cache.set(MARK + key, [found], seconds)
    return found


def forget(key: str) -> None:
    """Let it be asked anew."""
    with contextlib.suppress(Exception):
        cache.delete(MARK + key)


_ONCE: ContextVar[dict[Any, Any] | None] = ContextVar("once", default=None)


@contextlib.contextmanager
def asking_once() -> Iterator[None]:
    """For one act on many records: what does not change while it lasts is asked once (`once`)."""
    token = _ONCE.set({})
    try:
        yield
    finally:
        _ONCE.reset(token)


def once[T](key: Any, find: Callable[[], T]) -> T:
    """What `find` answers; within `asking_once` what it answered the first time."""
    memory = _ONCE.get()
    if memory is None:
        return find()
    if key not in memory:
        memory[key] = find()
    found: T = memory[key]
    return found


_KEPT: ContextVar[dict[str, Any] | None] = ContextVar("kept", default=None)


@contextlib.contextmanager
def keeping() -> Iterator[None]:
    """For a command that is alone with its data: what is asked through `kept` is asked once until the end of it."""
    within = _KEPT.get()
    token = _KEPT.set({} if within is None else within)
    try:
        yield
    finally:
        _KEPT.reset(token)


def kept[T](key: str, find: Callable[[], T]) -> T:
    """What `find` answers; within `keeping` what it answered the first time."""
    memory = _KEPT.get()
    if memory is None:
        return find()
    if key not in memory:
        memory[key] = find()
    return memory[key]  # type: ignore[no-any-return]
