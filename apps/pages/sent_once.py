"""A form that begins a record, sent twice: by a second press, a reload, or after the way back. It begins one record.

    <input type="hidden" name="_once" value="{{ once }}">     # once_key(request)
    with guarded(SentOnce(request, named)): ...               # the action; SentBefore names the record that there is

The key is kept as those of the API are (apps.access.idempotency), in the action's own transaction: a twin waits for it.
"""

import hashlib
import re
import uuid
from collections.abc import Callable
from typing import Any

from apps.access.idempotency import TakenBefore, keep_answer, take_key

ONCE = "_once"


class SentBefore(Exception):
    """The form was sent before: which record it began, and whether it said the same."""

    def __init__(self, named: str, *, same: bool) -> None:
        self.named, self.same = named, same
        super().__init__("sent before")


def once_key(request: Any) -> str:
    """The key of the form that was sent; a new one for a new form."""
    sent = request.POST.get(ONCE, "")
    return sent if re.fullmatch(r"[0-9a-f]{32}", sent) else uuid.uuid4().hex


class SentOnce:
    """The guard (apps.access.guards) that ties what begins a record to the form's key; `named` gives the record's."""

    def __init__(self, request: Any, named: Callable[[Any], Any]) -> None:
        self.seat, self.key, self.named = request.actor.seat_id, once_key(request), named
        self.route = f"{request.method} {request.path}"[:200]
        words = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
        self.said = hashlib.sha256(repr(words).encode()).hexdigest()

    def enter(self) -> None:
        """Take the key, or raise SentBefore."""
        try:
            self.taken = take_key(self.seat, self.key, self.route, self.said)
        except TakenBefore as before:
            raise SentBefore(before.row.object_id, same=before.row.body_hash == self.said) from None

    def leave(self, row: Any) -> None:
        """Keep with the effect what was begun."""
        keep_answer(self.taken, str(self.named(row)))
