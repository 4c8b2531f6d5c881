"""What another app does within an action, in its transaction: both hold, or neither.

A lower app says what happens, and an app above it, which it does not know, does its part at once. That is for what
nobody may see half done: a State that a journey has left must not have its hits a moment longer. All else follows by
the outbox.
"""

from collections.abc import Callable
from typing import Any

from apps.access.actor import Actor

Part = Callable[..., None]
_PARTS: dict[str, list[Part]] = {}


def at_once(fact: str) -> Callable[[Part], Part]:
    """Declare a part that is done whenever a fact is told; it is given the actor and what the fact says."""

    def declare(part: Part) -> Part:
        _PARTS.setdefault(fact, []).append(part)
        return part

    return declare


def tell_at_once(fact: str, actor: Actor, **said: Any) -> None:
    """In the body of an action: have all parts of a fact done now, in the order of their declaration.

    What they raise undoes the action. LookupError where nobody has declared a part: its app was not imported.
    """
    if fact not in _PARTS:
        raise LookupError(f"nobody does a part of {fact}")
    for part in _PARTS[fact]:
        part(actor, **said)
