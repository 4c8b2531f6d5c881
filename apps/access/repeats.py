"""An act whose transaction PostgreSQL ended is done again: nothing of it has stayed.

That holds while bodies write rows, ask the outbox and do nothing else: what they did outside of the database would be
done twice.
"""

import copy
import os
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db import OperationalError, models, transaction
from psycopg.errors import DeadlockDetected, SerializationFailure

ENDED = (DeadlockDetected, SerializationFailure)
"""SQLSTATE 40P01 and 40001: the act was right, and came at the wrong moment."""
REPEATS = 3
"""How often an act is done again; each deadlock is noticed after a second (deadlock_timeout)."""
LONGEST_WAIT_S = 0.1


def carried_through[Row](work: Callable[[dict[str, Any]], Row], fields: Mapping[str, Any]) -> Row:
    """What `work` gives, in an outermost transaction of its own; repeated with the input as it was sent.

    Input that can be read only once is not read twice: then the failure is raised, as any other is at once.
    """
    repeats = REPEATS if all(_can_be_read_again(value) for value in fields.values()) else 0
    kept = {name: _unspoilt(value) for name, value in fields.items()}
    for left in reversed(range(repeats + 1)):
        try:
            # outermost, or the row that records a refusal could be rolled back by somebody else
            with transaction.atomic(durable=True):
                return work({**fields})
        except OperationalError as failure:
            if not (left and isinstance(failure.__cause__, ENDED)):
                raise
        time.sleep(os.urandom(1)[0] / 255 * LONGEST_WAIT_S)  # so that those who met do not meet again
        fields = {name: _unspoilt(value) for name, value in kept.items()}
    raise AssertionError("a last try returns or raises")


def _can_be_read_again(value: Any) -> bool:
    return not (hasattr(value, "read") or isinstance(value, Iterator))


def _unspoilt(value: Any) -> Any:
    """A copy that keeps what was sent, where a body may have changed it."""
    return copy.copy(value) if isinstance(value, models.Model | list | dict | set) else value
