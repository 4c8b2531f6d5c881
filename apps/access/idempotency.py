"""`Idempotency-Key`: the same request again gets the same answer, never a second effect (48 hours).

Source: draft-ietf-httpapi-idempotency-key-header. The key row is the first statement of the action's own
transaction, so a crash leaves neither effect nor answer, and a twin request waits on the unique index.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apps.access.models import IdempotencyKey
from apps.access.problems import Problem

Answer = tuple[int, dict[str, Any]]


class Replay(Exception):
    """This key was answered before: here is the answer."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        self.answer: Answer = (status, body)
        super().__init__("answered before")


class Once:
    """The guard (guards.Guard) that ties an action to its Idempotency-Key."""

    def __init__(self, request: Any, render: Callable[[Any], Answer]) -> None:
        self.seat_id = request._request.actor.seat_id
        self.key = request.headers["Idempotency-Key"][:200]
        self.route = f"{request.method} {request.path}"[:200]
        self.body_hash = hashlib.sha256(request._request.body).hexdigest()
        self.render = render

    def enter(self) -> None:
        """Take the key, or raise Replay, or Problem 409 if the key was used for another request."""
        try:
            with transaction.atomic():
                self.key_id = IdempotencyKey.objects.create(
                    seat_id=self.seat_id, key=self.key, route=self.route, body_hash=self.body_hash
                ).pk
        except IntegrityError:
            known = IdempotencyKey.objects.get(seat_id=self.seat_id, key=self.key)
            if (known.route, known.body_hash) != (self.route, self.body_hash):
                raise Problem(
                    409, "idempotency-conflict", _("This Idempotency-Key was used for another request.")
                ) from None
            raise Replay(known.status or 200, known.body or {}) from None

    def leave(self, row: Any) -> None:
        """Keep the answer with the effect."""
        status, body = self.render(row)
        IdempotencyKey.objects.filter(pk=self.key_id).update(status=status, body=body)
