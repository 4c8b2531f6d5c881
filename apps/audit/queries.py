"""The walk over the chains, and what the audit's pages ask."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from apps.audit.anchors import Head
from apps.audit.managers import PARTY_READERS, Reader
from apps.audit.models import AuditRecord

CHARTED = 5_000
CHARTED_COLUMNS = (
    *("at", "outcome", "object_type", "object_id", "owner_party", "user_id", "person", "role", "desk", "party", "verb"),
)


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a walk over all chains found: rows, chains, and the first break as (stream, seq, reason) or None."""

    records: int
    chains: int
    broken: tuple[str, int, str] | None

    def line(self) -> str:
        """What `verify_audit` prints: counts, or the first break."""
        if self.broken:
            stream, seq, reason = self.broken
            return f"broken: chain {stream}, record {seq}: {reason}"
        return f"{self.records} records, {self.chains} chains, verified"


def walk_chains() -> ChainReport:
    """Recompute every link of every chain in the database. About 0.04 s for 20,000 rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stream, seq, reason FROM audit_broken ORDER BY stream, seq LIMIT 1")
        broken = cursor.fetchone()
        cursor.execute("SELECT count(*), count(DISTINCT stream) FROM audit_record")
        records, chains = cursor.fetchone()
    return ChainReport(records, chains, broken)


def heads() -> list[Head]:
    """The ends of all chains, in the order of their names."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stream, seq, encode(hash, 'hex') FROM audit_head ORDER BY stream COLLATE \"C\"")
        return [Head(*row) for row in cursor.fetchall()]


def unlike(anchored: Iterable[Head]) -> list[Head]:
    """Of these ends of chains those at which the trail no longer says the same: rewritten, or gone. One query."""
    wanted = list(anchored)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.stream, w.seq, w.hash FROM unnest(%s::text[], %s::bigint[], %s::text[]) AS w (stream, seq, hash)"
            " LEFT JOIN audit_record r ON r.stream = w.stream AND r.seq = w.seq"
            " WHERE encode(r.hash, 'hex') IS DISTINCT FROM w.hash ORDER BY w.stream, w.seq",
            [[head.stream for head in wanted], [head.seq for head in wanted], [head.hash for head in wanted]],
        )
        return [Head(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The end of one chain: how many rows it has, and when the last was written."""

    stream: str
    seq: int
    at: datetime.datetime


def own_head(reader: Reader) -> ChainHead | None:
    """The end of the chain of the reader's party, for those who read it all: oversight, administration, heads.

    Not for carriers: the count of readings of their lists would tell them of an interest.
    """
    if reader.function == "carrier" or not (reader.function in PARTY_READERS or reader.rank >= 3):
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT h.stream, h.seq, r.at FROM audit_head h JOIN audit_record r USING (stream, seq)"
            " WHERE h.stream = %s",
            [reader.party_code],
        )
        found = cursor.fetchone()
    return ChainHead(*found) if found else None


def foreign_readers(reader: Reader, since: datetime.datetime) -> list[dict[str, Any]]:
    """[{desk, party, times}]: desks of other parties that read records of the reader's party, most often first."""
    rows = AuditRecord.objects.visible_to(reader).filter(
        owner_party=reader.party_code, outcome=AuditRecord.Outcome.READ, at__gte=since
    )
    counted = rows.exclude(party=reader.party_code).values("desk", "party").annotate(times=Count("pk"))
    return [dict(row) for row in counted.order_by("-times", "desk")[:8]]


def of_person(reader: Reader, name: str) -> Q:
    """Acts of a person by user name; a foreign officer's only for those who may know his name."""
    wanted = Q(person=name)
    return wanted if reader.function in PARTY_READERS else wanted & Q(party=reader.party_code)


def newest(rows: Any) -> list[AuditRecord]:
    """The newest 5,000 of these rows with what charts and groups need. One query."""
    return list(rows.order_by("-pk").only(*CHARTED_COLUMNS)[:CHARTED])


def page(rows: Any, before: int | None, after: int | None, size: int) -> tuple[list[AuditRecord], bool, bool]:
    """(rows newest first, are there newer ones, are there older ones), before or after a row's id."""
    if after is not None:
        found = list(rows.filter(pk__gt=after).order_by("pk")[: size + 1])
        return found[:size][::-1], len(found) > size, True
    rows = rows if before is None else rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: size + 1])
    return found[:size], before is not None, len(found) > size
