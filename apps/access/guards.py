"""Things that must happen inside the next action's own transaction."""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any, Protocol


class Guard(Protocol):
    """`enter` runs first thing in the action's transaction, `leave` last before the audit; either may raise."""

    def enter(self) -> None: ...
    def leave(self, row: Any) -> None: ...


_guards: ContextVar[tuple[Guard, ...]] = ContextVar("guards", default=())


@contextlib.contextmanager
def guarded(guard: Guard) -> Iterator[None]:
    """Let the next action enter and leave `guard`."""
    token = _guards.set((*_guards.get(), guard))
    try:
        yield
    finally:
        _guards.reset(token)


@contextlib.contextmanager
def taken() -> Iterator[tuple[Guard, ...]]:
    """The guards for this action; none for anything that it calls."""
    guards = _guards.get()
    token = _guards.set(())
    try:
        yield guards
    finally:
        _guards.reset(token)
