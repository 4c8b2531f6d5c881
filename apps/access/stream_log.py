"""The log behind the live stream: which record changed, and which groups may know.

Whoever acts writes events without a place in the order. Their order is given after the commit: whoever serves streams
numbers what is committed (`give_numbers`), one at a time, and listeners read on from the last number they know. So no
event waits for another transaction, and none appears before one that was read. Acts on one record are kept apart by
its row's lock, which they hold when they write: their ids, by which numbers are given, are in their order.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from cryptography.fernet import InvalidToken
from django.db import connection

from apps.access import encryption
from apps.access.database_context import portal_context
from apps.access.grants import groups_by_record

KEPT = datetime.timedelta(days=1)
BATCH = 2000
COLUMNS = "number, verb, object_type, object_id, version, level, groups"
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('stream', 0))"
# one message of two statements is one transaction of the server's: whoever sends it and stops leaves no lock behind.
# The second sees all that the holder before committed. `ORDER BY number` is for the index: here all of them are null.
GIVE = f"""{LOCK};
WITH due AS (SELECT id FROM access_streamevent WHERE number IS NULL ORDER BY number, id LIMIT {BATCH}),
  given AS MATERIALIZED (SELECT id, nextval('stream_position') AS number FROM due)
UPDATE access_streamevent e SET number = given.number FROM given WHERE e.id = given.id"""  # noqa: S608  (constants)


def add(changes: Iterable[tuple[str, Any]]) -> None:
    """Write an event for each (verb, record) in the caller's transaction, in this order.

    Each is told to those that see the record. Only records carry grants; parts and others have no events.
    """
    told = [(verb, row) for verb, row in changes if hasattr(row, "owner_id")]
    by_model: dict[Any, list[Any]] = {}
    for _verb, row in told:
        by_model.setdefault(type(row), []).append(row)
    groups = {(model, pk): seen for model, rows in by_model.items() for pk, seen in groups_by_record(rows).items()}
    _write([_event(verb, row, groups[type(row), row.pk]) for verb, row in told])


def add_for(verb: str, row: Any, groups: list[int]) -> None:
    """Write one event for `groups`, from which the record was taken just now."""
    _write([_event(verb, row, groups)] if hasattr(row, "owner_id") else [])


def _event(verb: str, row: Any, groups: list[int]) -> list[Any]:
    """Verb, type, id, version, level and groups, as they are written."""
    app, name = row._meta.app_label, row._meta.model_name
    if verb in getattr(row, "not_for_owner", ()):
        groups = [group for group in groups if group != row.owner_id]
    # a record may narrow who hears of an act, and tell its own count in place of the acts'
    version = row.version
    if hasattr(row, "heard_by"):
        verb, groups, version = row.heard_by(verb, groups)
    object_id = str(getattr(row, "told_as", row.pk))
    return [f"{app}.{verb}", f"{app}.{name}", object_id, version, row.level, groups]


def _write(events: list[list[Any]]) -> None:
    if not events:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO access_streamevent (tx, at, verb, object_type, object_id, version, level, groups)"
            " VALUES (pg_current_xact_id()::text::bigint, now(), %s, %s, %s, %s, %s, %s)",
            events,
        )
        cursor.execute("NOTIFY portal_stream")


class Position(NamedTuple):
    """A place in the log: everything at or before it is known."""

    number: int

    def __str__(self) -> str:
        """The place as listeners are told it: sealed, since its number counts what happened to everybody.

        The release before reads two numbers, of which the first is never 0: neither takes the other's for its own.
        """
        return encryption.sealed(f"0.{self.number}")


@dataclass(frozen=True, slots=True)
class Event:
    """One change of one record, and the groups that may know."""

    at: Position
    verb: str
    object_type: str
    object_id: str
    version: int
    level: int
    groups: frozenset[int]


def here() -> Position:
    """The place before everything that is still to come. It reads no table: pages ask it in their seat's context."""
    return Position(_rows("SELECT coalesce(pg_sequence_last_value('stream_position'), 0)")[0][0])


def after_everything() -> Position:
    """The place after all that is committed, also where nobody has listened until now."""
    with portal_context("live channels"):
        while give_numbers():
            pass
    return here()


def give_numbers() -> bool:
    """Number what is committed and has no number, at most BATCH events; False where there is none."""
    if not _rows("SELECT EXISTS (SELECT FROM access_streamevent WHERE number IS NULL)")[0][0]:
        return False
    with connection.cursor() as cursor:
        cursor.execute(GIVE)
    return True


def read(after: Position, limit: int = BATCH) -> tuple[list[Event], Position]:
    """(events after a place, oldest first; the place that is reached). Fewer than `limit` events: that is all."""
    found = _rows(
        f"SELECT {COLUMNS} FROM access_streamevent WHERE number > %s ORDER BY number LIMIT %s",  # noqa: S608  (constant columns)
        (after.number, limit),
    )
    events = [
        Event(Position(number), verb, kind, object_id, version, level, frozenset(groups))
        for number, verb, kind, object_id, version, level, groups in found
    ]
    return events, events[-1].at if events else after


def resume_from(last_event_id: str) -> Position | None:
    """The place that a client says it has reached; None if what came after it is no longer known for certain.

    That is so for an id that this portal has not sealed, one of the release before, one from another database, and one
    older than a day.
    """
    try:
        zero, number = encryption.opened(last_event_id).split(".")
    except InvalidToken:
        return None
    place = Position(int(number))
    with portal_context("live channels"):
        mark = oldest_certain()
    if zero != "0" or place > here() or (mark is not None and place < mark):
        return None
    return place


def oldest_certain() -> Position | None:
    """The newest event that is older than a day, which retention keeps as a mark; None if nothing is that old."""
    found = _rows(
        "SELECT number FROM access_streamevent WHERE at < now() - %s AND number IS NOT NULL ORDER BY at DESC LIMIT 1",
        (KEPT,),
    )
    return Position(*found[0]) if found else None


def _rows(sql: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, tuple(values))
        return list(cursor.fetchall())
