"""Reading lists and entries, and the search of travellers in them."""

import datetime
import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from apps.access.actor import Actor
from apps.access.refused import Refused
from apps.people.models import Seat
from apps.screening import policy
from apps.screening.list_files import Line, differs
from apps.screening.matching import REVIEW_THRESHOLD, STOP_AT, Comparison, Identity, compare, prepare, probe_keys
from apps.screening.models import Entry, EntryVersion, WatchList
from apps.screening.visibility import region_today

VERSIONS_SHOWN = 100
IDENTITIES_KEPT = 20_000
"""Prepared entries kept by each process, some 2 KB each."""


def lists(actor: Actor | None) -> list[Any]:
    """Lists that the actor may see, by code, each with `active`: how many active entries he may see. Two queries."""
    rows: list[Any] = list(WatchList.objects.visible_to(actor).select_related("originator").order_by("code"))
    counts = active_counts(actor, rows)
    for row in rows:
        row.active = counts.get(row.pk, 0)
    return rows


def active_counts(actor: Actor | None, rows: Collection[WatchList]) -> dict[UUID, int]:
    """{id: active entries} of lists that the actor sees, up to his clearance. One query."""
    entries = Entry.objects.filter(list__in=rows, state=Entry.State.ACTIVE, level__lte=actor.clearance if actor else -1)
    return dict(entries.order_by().values_list("list").annotate(n=Count("pk")))


def own_lists(actor: Actor | None) -> Any:
    """Open lists of the actor's own party: where he may put an entry."""
    rows = WatchList.objects.visible_to(actor).filter(state=WatchList.State.OPEN)
    return rows.filter(originator_id=actor.party_code if actor else None).order_by("code")


def found(rows: Any, words: str) -> Any:
    """Entries whose reference begins with, or whose name holds, the words."""
    return rows.filter(Q(reference__istartswith=words) | Q(display_name__icontains=words)) if words else rows


def history(actor: Actor, entry: Entry) -> list[Any]:
    """Versions of an entry, newest first, each with `who`, its author's name. Two queries.

    `who` and `why` are empty where the entry's reason is not for the actor.
    """
    versions: list[Any] = list(
        EntryVersion.objects.visible_to(actor).filter(entry=entry).order_by("-number")[:VERSIONS_SHOWN]
    )
    told = policy.may_read_reason(actor, entry)
    seats = Seat.objects.filter(pk__in={version.seat_id for version in versions}).select_related("user")
    names = {seat.pk: seat.user.get_full_name() for seat in seats} if told else {}
    for version in versions:
        version.who = names.get(version.seat_id, "")
        version.why = version.why if told else ""
    return versions


def up_to_date(home: WatchList, lines: Sequence[Line]) -> set[str]:
    """References of the lines that say what the list's entries say already. One query."""
    known = Entry.objects.filter(list=home, reference__in=[line.reference for line in lines])
    entries = {entry.reference: entry for entry in known}
    there = (line for line in lines if line.reference in entries)
    return {line.reference for line in there if not differs(entries[line.reference], line)}


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that a traveller may be the subject of, with the score and its evidence."""

    entry: Entry
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Screening:
    """What screening one traveller gave: matches by score, and how many entries were compared."""

    matches: list[Match]
    candidates: int


def search(actor: Actor, travellers: Sequence[Identity], states: Sequence[Collection[str]] | None) -> list[list[Match]]:
    """For each traveller, the entries that he may be the subject of (from the review threshold), best first.

    `states[i]` are the parties whose visibility applies to traveller i; an entry that none of them may screen with
    is never compared. None searches everything. Raises Refused("not-screening"), see policy.may_search.
    Four queries for any number of travellers.
    """
    return [screening.matches for screening in search_with_candidates(actor, travellers, states)]


def search_with_candidates(
    actor: Actor,
    travellers: Sequence[Identity],
    states: Sequence[Collection[str]] | None,
    *,
    least: float = REVIEW_THRESHOLD,
) -> list[Screening]:
    """`search` with the number of entries compared, keeping what scores at least `least`."""
    verdict = policy.may_search(actor, states)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    candidates = _candidates(travellers, states)
    known = _identities(set().union(*candidates))
    scored = [
        [(pk, known[pk]) for pk in held if pk in known and compare(who, known[pk][1], texts=False).score >= least]
        for who, held in zip(travellers, candidates, strict=True)
    ]
    entries = Entry.objects.select_related("list").in_bulk({pk for kept in scored for pk, _ in kept})
    return [
        Screening(
            _matches(who, kept, entries),
            sum(pk in known for pk in held),
        )
        for who, kept, held in zip(travellers, scored, candidates, strict=True)
    ]


def _matches(who: Identity, kept: Iterable[tuple[UUID, tuple[int, Identity]]], entries: dict[UUID, Any]) -> list[Match]:
    found = [Match(entries[pk], compare(who, identity)) for pk, (_, identity) in kept if pk in entries]
    return sorted(found, key=lambda match: (-match.comparison.score, match.entry.reference))


# A key that very many entries hold finds nobody in particular and is left out: the inner LIMIT stops reading it.
# It counts only what the traveller's States may screen with, so that hidden entries change neither result nor time.
CANDIDATES = f"""
SELECT probe.n, held.entries
FROM unnest(%s::int[], %s::varchar[], %s::text[]) AS probe(n, key, states)
CROSS JOIN LATERAL (
  SELECT array_agg(one.entry_id) AS entries
  FROM (SELECT k.entry_id FROM screening_entrykey k
        WHERE k.key = probe.key
          AND (k.screen_for IS NULL OR probe.states IS NULL OR k.screen_for && probe.states::varchar[])
        LIMIT {STOP_AT + 1}) one
) held
WHERE cardinality(held.entries) <= {STOP_AT}
"""  # noqa: S608  (a constant of ours)


def _candidates(travellers: Sequence[Identity], states: Sequence[Collection[str]] | None) -> list[set[UUID]]:
    """Ids of the entries that share a key with each traveller and that his States may screen with. One statement."""
    probes: dict[tuple[str, str | None], int] = {}
    asked = []
    for i, who in enumerate(travellers):
        codes = None if states is None else "{" + ",".join(sorted(set(states[i]))) + "}"
        asked.append([probes.setdefault((key, codes), len(probes)) for key in probe_keys(who)])
    if not probes:
        return [set() for _ in travellers]
    with connection.cursor() as cursor:
        columns: list[Any] = [list(range(len(probes))), [key for key, _ in probes], [codes for _, codes in probes]]
        cursor.execute(CANDIDATES, columns)
        holders: dict[int, list[UUID]] = dict(cursor.fetchall())
    return [set().union(*(holders.get(n, ()) for n in numbers)) for numbers in asked]


_prepared: dict[UUID, tuple[int, Identity]] = {}
_prepared_lock = threading.Lock()


def in_force(today: datetime.date | None = None) -> Any:
    """Entries that travellers are compared with on a day (default: today in the region)."""
    day = today or region_today()
    rows = Entry.objects.filter(state=Entry.State.ACTIVE, kind__in=Entry.SCREENED)
    return rows.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_until=None) | Q(valid_until__gte=day))


def _identities(ids: Collection[UUID]) -> dict[UUID, tuple[int, Identity]]:
    """{id: (version, prepared subject)} of those in force. Two queries, and one preparation per entry version."""
    if not ids:
        return {}
    versions = dict(in_force().filter(pk__in=ids).values_list("pk", "version"))
    with _prepared_lock:
        known = {pk: _prepared[pk] for pk in versions if pk in _prepared and _prepared[pk][0] == versions[pk]}
    missing = Entry.objects.filter(pk__in=[pk for pk in versions if pk not in known])
    fresh = {
        pk: (version, prepare(subject, strict=False))
        for pk, version, subject in missing.values_list("pk", "version", "subject")
    }
    known |= fresh
    with _prepared_lock:
        # the youngest stay: what was used now goes to the end
        for pk, pair in known.items():
            _prepared.pop(pk, None)
            _prepared[pk] = pair
        for pk in list(_prepared)[: max(0, len(_prepared) - IDENTITIES_KEPT)]:
            del _prepared[pk]
    return known


def run_out(actor: Actor, today: datetime.date | None = None) -> Any:
    """Active entries whose last day is over, as ids."""
    rows = Entry.objects.visible_to(actor).filter(state=Entry.State.ACTIVE, valid_until__lt=today or region_today())
    return rows.order_by("valid_until").values_list("pk", flat=True)
