"""The walk over the chains, and what the audit's pages ask."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Func, Max, Q, TextField

from apps.audit import merkle
from apps.audit.anchors import GONE, Head
from apps.audit.managers import PARTY_READERS, Reader
from apps.audit.models import AuditRecord

BROKEN_SQL = """
WITH earlier AS (SELECT seq, hash FROM audit_record WHERE stream = %(stream)s AND seq < %(first)s
                 ORDER BY seq DESC LIMIT 1)
SELECT seq, CASE WHEN seq <> want_seq THEN 'a record is missing before this one'
                 WHEN prev <> want_prev THEN 'the link to the record before is broken'
                 ELSE 'the record was changed' END
FROM (SELECT e.seq, e.prev, e.hash, sha256(e.prev || convert_to(audit_text(e), 'UTF8')) AS want_hash,
             lag(e.seq, 1, coalesce((SELECT seq FROM earlier), 0)) OVER w + 1 AS want_seq,
             lag(e.hash, 1, coalesce((SELECT hash FROM earlier), sha256(''))) OVER w AS want_prev
      FROM audit_record e WHERE e.stream = %(stream)s AND e.seq BETWEEN %(first)s AND %(last)s
      WINDOW w AS (ORDER BY e.seq)) x
WHERE seq <> want_seq OR prev <> want_prev OR hash <> want_hash ORDER BY seq LIMIT 1
"""
CUT_SQL = """
SELECT h.stream, coalesce(t.seq, 0) FROM audit_head h LEFT JOIN LATERAL (
  SELECT r.seq, r.hash FROM audit_record r WHERE r.stream = h.stream ORDER BY r.seq DESC LIMIT 1) t ON true
WHERE (t.seq, t.hash) IS DISTINCT FROM (h.seq, h.hash) ORDER BY 1
"""
SEALS_AT_ONCE = 20_000
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


def break_between(stream: str, first: int, last: int) -> tuple[int, str] | None:
    """The first break (number, reason) of a part of a chain, its link to what stands before it included. One query."""
    with connection.cursor() as cursor:
        cursor.execute(BROKEN_SQL, {"stream": stream, "first": first, "last": last})
        found: tuple[int, str] | None = cursor.fetchone()
    return found


def cut_chains() -> dict[str, int]:
    """{chain: last number that is there} of chains whose end is not what their head says. One query."""
    with connection.cursor() as cursor:
        cursor.execute(CUT_SQL)
        return dict(cursor.fetchall())


def heads() -> list[Head]:
    """The ends of all chains, in the order of their names."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stream, seq, encode(hash, 'hex') FROM audit_head ORDER BY stream COLLATE \"C\"")
        return [Head(*row) for row in cursor.fetchall()]


def grown(ends: Iterable[Head], earlier: Mapping[str, Head]) -> Iterator[Head]:
    """These ends with what came since the ends at the anchor before: the root over the seals, and where they follow on.

    An entry that was anchored and is gone has the seal GONE. About a microsecond for each seal.
    """
    for end in ends:
        last = earlier[end.stream].seq if end.stream in earlier else 0
        before = merkle.EMPTY if not last else next(seals(end.stream, last, last), bytes.fromhex(GONE))
        rows = merkle.root(map(merkle.leaf, seals(end.stream, last + 1, end.seq)))
        yield Head(*end.place, since=last, before=before.hex(), rows=rows.hex())


def seals(stream: str, first: int, last: int) -> Iterator[bytes]:
    """The seals of a part of a chain in their order, some thousand in memory at a time."""
    for begin in range(first, last + 1, SEALS_AT_ONCE):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT hash FROM audit_record WHERE stream = %s AND seq BETWEEN %s AND %s ORDER BY seq",
                [stream, begin, min(begin + SEALS_AT_ONCE - 1, last)],
            )
            yield from (bytes(seal) for (seal,) in cursor.fetchall())


def unlike(anchored: Iterable[Head]) -> list[Head]:
    """Of these ends of chains those at which the trail no longer says the same: rewritten, or gone. One query.

    They are given back as chain, number and seal alone.
    """
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
    """Acts of a person by user name; a foreign officer's only for those who may know their name."""
    wanted = Q(person=name)
    return wanted if reader.function in PARTY_READERS else wanted & Q(party=reader.party_code)


def under_seat(user_id: int, seat_id: int) -> Any:
    """All that was opened, done and tried from one seat. For those who may know of the seat as a whole."""
    return AuditRecord.objects.filter(user_id=user_id, seat_id=seat_id)


def owners_under_seat(user_id: int, seat_id: int) -> dict[str, int]:
    """{party: entries} of the parties whose records were opened or changed from one seat. One query."""
    rows = under_seat(user_id, seat_id).exclude(outcome=AuditRecord.Outcome.REFUSED).exclude(owner_party="")
    return dict(rows.order_by().values_list("owner_party").annotate(entries=Count("pk")))


def newest(rows: Any) -> list[AuditRecord]:
    """The newest 5,000 of these rows with what charts and groups need. One query."""
    return list(rows.order_by("-pk").only(*CHARTED_COLUMNS)[:CHARTED])


def downwards(rows: Any, size: int = 1_000) -> Iterator[AuditRecord]:
    """All of these rows, newest first, with `text`: what is sealed of each. One query, `size` rows in memory."""
    told = rows.annotate(text=Func(template="audit_text(audit_record)", output_field=TextField())).order_by("-pk")
    yield from told.iterator(chunk_size=size)


def more_than(rows: Any, most: int) -> bool:
    """Whether there are more rows than so many. One query that counts no further."""
    return bool(rows.order_by()[: most + 1].count() > most)


def highest_level(rows: Any) -> int:
    """The highest marking of the records that these entries are about; 0 without one. One query."""
    return int(rows.order_by().aggregate(level=Max("level"))["level"] or 0)


def page(rows: Any, before: int | None, after: int | None, size: int) -> tuple[list[AuditRecord], bool, bool]:
    """(rows newest first, are there newer ones, are there older ones), before or after a row's id."""
    if after is not None:
        found = list(rows.filter(pk__gt=after).order_by("pk")[: size + 1])
        return found[:size][::-1], len(found) > size, True
    rows = rows if before is None else rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: size + 1])
    return found[:size], before is not None, len(found) > size
