"""`Idempotency-Key`: the same request again gets the same answer, never a second effect (48 hours).

Kept is which record was answered with, and not what it said: the repeat is given the record as the caller may see it
then, so that nobody reads here what was recalled, or is not theirs any more.
Source: draft-ietf-httpapi-idempotency-key-header. The key row is the first statement of the action's own
transaction, so a crash leaves neither effect nor answer, and a twin request waits on the unique index.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apps.access.declared_actions import Spec, ask_key, ask_seat
from apps.access.models import IdempotencyKey
from apps.access.problems import Problem


class Replay(Exception):
    """This key was answered before: with which status, and with which record (its key)."""

    def __init__(self, status: int, object_id: str) -> None:
        self.status, self.object_id = status, object_id
        super().__init__("answered before")


class TakenBefore(Exception):
    """The key was taken before; `row` is what is kept of it."""

    def __init__(self, row: IdempotencyKey) -> None:
        self.row = row
        super().__init__("taken before")


def take_key(seat_id: int, key: str, route: str, body_hash: str) -> int:
    """Take a seat's key for a request; the first statement of the action's transaction. TakenBefore if it is gone."""
    try:
        with transaction.atomic():
            return int(IdempotencyKey.objects.create(seat_id=seat_id, key=key, route=route, body_hash=body_hash).pk)
    except IntegrityError:
        raise TakenBefore(IdempotencyKey.objects.get(seat_id=seat_id, key=key)) from None


def keep_answer(taken: int, object_id: str, status: int | None = None) -> None:
    """Keep with the effect which record was answered."""
    IdempotencyKey.objects.filter(pk=taken).update(status=status, object_id=object_id)


class Once:
    """The guard (guards.Guard) that ties an action to its Idempotency-Key; `named` gives the key of what it answers."""

    def __init__(self, request: Any, spec: Spec, status: int, named: Callable[[Any], Any]) -> None:
        self.actor = request._request.actor
        self.key = request.headers["Idempotency-Key"][:200]
        self.route = f"{request.method} {request.path}"[:200]
        # keys of one desk share its seat, but not what they may read and write: each is given its own answers alone
        who = f"key {self.actor.key.id} " if self.actor.key else ""
        self.body_hash = hashlib.sha256(who.encode() + request._request.body).hexdigest()
        self.spec, self.status, self.named = spec, status, named

    def enter(self) -> None:
        """Take the key, or raise Replay; Problem 409 if the key was used for another request.

        Refused for who could not do the verb any more: a repeat is no way around one's scope.
        """
        try:
            self.taken = take_key(self.actor.seat_id, self.key, self.route, self.body_hash)
        except TakenBefore as before:
            known = before.row
            if (known.route, known.body_hash) != (self.route, self.body_hash) or not known.object_id:
                raise Problem(
                    409, "idempotency-conflict", _("This Idempotency-Key was already used for another request.")
                ) from None
            ask_seat(self.actor, self.spec)
            ask_key(self.actor, self.spec)
            raise Replay(known.status or 200, known.object_id) from None

    def leave(self, row: Any) -> None:
        """Keep with the effect what was answered."""
        keep_answer(self.taken, str(self.named(row)), self.status)
