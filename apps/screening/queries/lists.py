"""Reading lists and entries, and the search of travellers in them."""

import datetime
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched, groupby, zip_longest
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q, Sum, Window
from django.db.models.functions import RowNumber

from apps.access.actor import Actor
from apps.access.database_context import beyond
from apps.access.refusal import Refused
from apps.people.models import Function, Seat
from apps.screening import policy
from apps.screening.matching import (
    Comparison,
    Identity,
    is_by_document,
    judge,
    judged,
    prepare,
)
from apps.screening.models import Entry, EntryVersion, ImportLine, ListImport, ListRules, TravellerClearance, WatchList
from apps.screening.queries import entry_differences, thresholds, visibility
from apps.screening.queries.candidates import BORDER, sharing_a_key
from apps.screening.queries.list_files import Line, differs
from apps.screening.queries.visibility import Known, region_today
from apps.screening.rules.recognition import STRONGER

VERSIONS_SHOWN = 100
LINES_SHOWN = 200
"""Lines of each kind on the page of an import; the first thousand are kept."""
IDENTITIES_KEPT = 60_000
"""Prepared entries kept by each process, some 2 KB each."""
AT_ONCE, A_ROUND = 500, 5000
"""Entries that the clock takes in one act, and in one round; the next round goes on."""


def lists(actor: Actor | None) -> list[Any]:
    """Lists that the actor may see, by code, with what the page says of their entries. Three queries.

    `active` and `review_due`: how many active entries, and how many of them are to be looked at again soon or already;
    `review_next`: the first such day; `touched_at`: when an entry was last changed.
    """
    rows: list[Any] = list(WatchList.objects.visible_to(actor).select_related("originator", "owner").order_by("code"))
    entries = Entry.objects.filter(list__in=rows, level__lte=actor.clearance if actor else -1).order_by()
    in_use = Q(state=Entry.State.ACTIVE)
    figures = entries.values("list").annotate(
        active=Count("pk", filter=in_use),
        review_due=Count("pk", filter=Q(state__in=Entry.KEPT_UP, review_on__lte=_soon())),
        review_next=Min("review_on", filter=in_use),
        touched_at=Max("changed_at"),
    )
    by_list: dict[Any, Any] = {one["list"]: one for one in figures}
    none = {"active": 0, "review_due": 0, "review_next": None, "touched_at": None}
    for row in rows:
        for name, usual in none.items():
            setattr(row, name, by_list.get(row.pk, none).get(name, usual))
    return rows


def active_counts(actor: Actor | None, rows: Collection[WatchList]) -> dict[UUID, int]:
    """{id: active entries} of lists that the actor sees, up to their clearance. One query."""
    entries = Entry.objects.filter(list__in=rows, state=Entry.State.ACTIVE, level__lte=actor.clearance if actor else -1)
    return dict(entries.order_by().values_list("list").annotate(n=Count("pk")))


def own_lists(actor: Actor | None) -> Any:
    """Open lists of the actor's own party where they may put an entry: not the list of its targeting rules."""
    rows = WatchList.objects.visible_to(actor).filter(state=WatchList.State.OPEN).exclude(kind=WatchList.Kind.RULES)
    return rows.filter(originator_id=actor.party_code if actor else None).order_by("code")


def find_entries(rows: Any, words: str) -> Any:
    """Entries whose reference begins with, or whose name holds, the words."""
    return rows.filter(Q(reference__istartswith=words) | Q(display_name__icontains=words)) if words else rows


def in_state(rows: Any, state: str) -> Any:
    """Entries of a state; `review`: those to be looked at again soon, already, or too late."""
    if state == "review":
        return rows.filter(state__in=Entry.KEPT_UP, review_on__lte=_soon())
    return rows.filter(state=state)


def _soon() -> datetime.date:
    return region_today() + datetime.timedelta(days=limits().review_notice_days)


def list_entry_versions(actor: Actor, entry: Entry) -> list[Any]:
    """Versions of an entry, newest first, each with `who`, its author's name, and `changes`. Two queries.

    `changes` are (words, before, after) against the version before; the first has none. `who`, `why` and changes of
    the reason are kept from actors whom the entry's reason is not for.
    """
    rows = EntryVersion.objects.visible_to(actor).filter(entry=entry).order_by("-number")
    versions: list[Any] = list(rows[: VERSIONS_SHOWN + 1])
    told = policy.may_read_reason(actor, entry)
    seats = Seat.objects.filter(pk__in={version.seat_id for version in versions}).select_related("user")
    names = {seat.pk: seat.user.get_full_name() for seat in seats} if told else {}
    for version, before in zip_longest(versions, versions[1:]):
        version.who = names.get(version.seat_id, "")
        version.why = version.why if told else ""
        version.changes = entry_differences.between(before, version, reason_told=told) if before else []
    return versions[:VERSIONS_SHOWN]


def import_lines(actor: Actor, source: ListImport) -> list[tuple[str, str, list[Any]]]:
    """(kind, words, lines) of what a file changes, of each kind as many lines as a page shows. One query."""
    rank = Window(RowNumber(), partition_by="change", order_by=["line", "reference"])
    lines = ImportLine.objects.visible_to(actor).filter(source=source).annotate(place=rank)
    by_kind: dict[str, list[Any]] = {}
    for line in lines.filter(place__lte=LINES_SHOWN).order_by("line", "reference"):
        by_kind.setdefault(line.change, []).append(line)
    return [(kind, words, by_kind[kind]) for kind, words in ImportLine.Change.choices if kind in by_kind]


def up_to_date(home: WatchList, lines: Sequence[Line]) -> set[str]:
    """References of the lines that say what the list's entries say already. One query."""
    known = Entry.objects.filter(list=home, reference__in=[line.reference for line in lines])
    entries = {entry.reference: entry for entry in known}
    there = (line for line in lines if line.reference in entries)
    return {line.reference for line in there if not differs(entries[line.reference], line)}


def print_of(home: UUID) -> tuple[str, int]:
    """(what changes with every change of a list's entries, number of active ones). One query."""
    in_use = Count("pk", filter=Q(state=Entry.State.ACTIVE))
    found = Entry.objects.filter(list=home).aggregate(n=Count("pk"), versions=Sum("version"), active=in_use)
    return f"{found['n']}:{found['versions'] or 0}", found["active"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Numbers by which lists are kept (seed/list_rules.toml says what each means)."""

    withdrawal_share_pct: int
    withdrawal_least: int
    recent_past_days: int
    clearance_days: int
    review_notice_days: int
    suspension_notice_days: int
    functions: list[str]
    review_days: dict[str, int]
    grace_days: dict[str, int]
    targeting: dict[str, float]
    thresholds: dict[str, float]

    def withdraws_much(self, withdrawn: int, active: int) -> bool:
        """Whether so many withdrawals of a list's active entries take two people."""
        share = withdrawn * 100 >= self.withdrawal_share_pct * active
        return withdrawn >= self.withdrawal_least and share

    def review_after(self, kind: str, day: datetime.date) -> datetime.date:
        """The day on which an entry of a list of this kind is due for review, put on it on `day`."""
        return day + datetime.timedelta(days=self.review_days[kind])


def limits(day: datetime.date | None = None) -> Limits:
    """The numbers of a day (default: today in the region). One query; LookupError before the first."""
    return Limits(**ListRules.objects.on(day or region_today()))


def known_codes() -> Known:
    """What an entry's visibility may name today. Two queries."""
    return Known(frozenset(party.code for party in visibility.states()), frozenset(limits().functions))


def functions() -> list[tuple[str, str]]:
    """(code, name) of the functions of desks for which an entry can be opened. Two queries."""
    return list(Function.objects.filter(pk__in=limits().functions).order_by("name").values_list("code", "name"))


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that a traveller may be the subject of: score, evidence, and the decision by the thresholds in force."""

    entry: Entry
    comparison: Comparison
    decision: str


@dataclass(frozen=True, slots=True)
class Screening:
    """What screening one traveller gave: matches by score, and how many entries were compared."""

    matches: list[Match]
    candidates: int


def search_watchlist(
    actor: Actor, travellers: Sequence[Identity], states: Sequence[Collection[str]] | None
) -> list[list[Match]]:
    """For each traveller, the entries that they may be the subject of (from the review threshold), best first.

    `states[i]` are the parties whose visibility applies to traveller i; an entry that none of them may screen with
    is never compared. None searches everything. Raises Refused("not-screening"), see policy.may_search.
    Five queries for any number of travellers.
    """
    return [screening.matches for screening in search_with_candidates(actor, travellers, states)]


def search_with_candidates(
    actor: Actor,
    travellers: Sequence[Identity],
    states: Sequence[Collection[str]] | None,
    *,
    least: float | None = None,
    among: Any = None,
) -> list[Screening]:
    """`search` with the number of entries compared, keeping what scores at least `least` where that is given.

    `among` (entries) narrows the matches to those that somebody may see.
    """
    verdict = policy.may_search(actor, states)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    function = policy.screens_as(actor)
    candidates = sharing_a_key(travellers, states, function)
    known = _identities(set().union(*candidates), function)
    limit = thresholds.in_force()
    scored = [
        [pk for pk in held if pk in known and _is_kept(who, known[pk], least, limit)]
        for who, held in zip(travellers, candidates, strict=True)
    ]
    rows: Any = Entry.objects if among is None else among
    entries = rows.select_related("list").in_bulk({pk for kept in scored for pk in kept})
    return [
        Screening(
            _matches(who, {pk: known[pk].identity for pk in kept}, entries, limit),
            sum(pk in known for pk in held),
        )
        for who, kept, held in zip(travellers, scored, candidates, strict=True)
    ]


def _matches(
    who: Identity, kept: Mapping[UUID, Identity], entries: dict[UUID, Any], limit: thresholds.InForce
) -> list[Match]:
    compared = [(entries[pk], judge(who, identity)) for pk, identity in kept.items() if pk in entries]
    found = [
        Match(entry, made, limit.decision(made.score, spared=thresholds.spared(entry) or is_by_document(made.evidence)))
        for entry, made in compared
    ]
    return sorted(found, key=lambda match: (-match.comparison.score, match.entry.reference))


@dataclass(frozen=True, slots=True)
class Prepared:
    """An entry ready to be compared: its version, its subject, and whether it is spared from higher thresholds."""

    version: int
    identity: Identity
    spared: bool


def _is_kept(who: Identity, one: Prepared, least: float | None, limit: thresholds.InForce) -> bool:
    if least is None:
        return limit.shows(who, one.identity, spared=one.spared)
    return judged(who, one.identity) >= least


_prepared: dict[UUID, Prepared] = {}
_prepared_lock = threading.Lock()


def in_force(today: datetime.date | None = None, function: str = BORDER) -> Any:
    """Entries that desks of a function compare people with on a day (default: today in the region)."""
    day = today or region_today()
    open_to = Q(functions=None) | Q(functions__contains=[function])
    rows = Entry.objects.filter(open_to, state=Entry.State.ACTIVE, kind__in=Entry.SCREENED)
    return rows.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_until=None) | Q(valid_until__gte=day))


def _identities(ids: Collection[UUID], function: str) -> dict[UUID, Prepared]:
    """Those in force, prepared. Two queries, and one preparation per entry version."""
    if not ids:
        return {}
    with _prepared_lock:
        kept = {pk: _prepared[pk] for pk in ids if pk in _prepared}
    open_now = in_force(function=function)
    versions = dict(_named(open_now, kept).values_list("pk", "version")) if kept else {}
    known = {pk: kept[pk] for pk, version in versions.items() if kept[pk].version == version}
    # a long list's entries lie far apart, and looking each up is most of what it costs: the others are read at once
    others = [pk for pk in ids if pk not in kept or (pk in versions and pk not in known)]
    columns = "pk", "version", "subject", thresholds.SPARED
    known |= {
        pk: Prepared(version, prepare(subject, strict=False), spared)
        for pk, version, subject, spared in _named(open_now, others).values_list(*columns)
    }
    with _prepared_lock:
        # the youngest stay: what was used now goes to the end
        for pk, pair in known.items():
            _prepared.pop(pk, None)
            _prepared[pk] = pair
        for pk in list(_prepared)[: max(0, len(_prepared) - IDENTITIES_KEPT)]:
            del _prepared[pk]
    return known


def _named(rows: Any, ids: Collection[UUID]) -> Any:
    """Entries of these ids: ten thousand of them are read faster out of one text than as so many values."""
    among = "screening_entry.id = ANY(string_to_array(%s, ' ')::uuid[])"
    return rows.extra(where=[among], params=[" ".join(map(str, ids))])  # noqa: S610  (words of ours)


def run_out(actor: Actor, today: datetime.date | None = None) -> Any:
    """Entries whose last day is over, as ids; the line of a targeting rule ends with its rule."""
    rows = Entry.objects.visible_to(actor).filter(state__in=Entry.KEPT_UP, valid_until__lt=today or region_today())
    rows = rows.exclude(kind=Entry.Kind.RULE)
    return rows.order_by("valid_until").values_list("pk", flat=True)


def beginning(today: datetime.date) -> Any:
    """Entries in use whose first day has come, and with which nobody has been compared for it yet. Any order."""
    return Entry.objects.filter(state=Entry.State.ACTIVE, begins_on__lte=today)


def by_list(entries: Any) -> Iterator[tuple[WatchList, list[UUID]]]:
    """(list, ids of its entries) of a queryset of entries, some hundreds at a time. One query."""
    rows = entries.order_by("list", "pk").values_list("list", "pk")[:A_ROUND]
    for home, found in groupby(list(rows), key=lambda row: row[0]):
        for some in batched((pk for _home, pk in found), AT_ONCE):
            yield WatchList(pk=home), list(some)


def clearances_over(actor: Actor, today: datetime.date | None = None) -> Any:
    """Clearances in force that end: their last day is over, or their entry has changed. As ids."""
    over = Q(valid_until__lt=today or region_today()) | ~Q(entry__version=F("entry_version"))
    rows = TravellerClearance.objects.visible_to(actor).filter(over, state=TravellerClearance.State.ACTIVE)
    return rows.order_by("pk").values_list("pk", flat=True)


def cleared_for(pairs: Sequence[tuple[Entry, Collection[str], float]]) -> list[set[str]]:
    """For each (entry, keys of a traveller, log-odds) the States that said that they are not that entry. One query.

    A clearance holds for the entry's present version, until its last day, and for a likeness that is hardly stronger.
    """
    wanted = sorted({key for _entry, keys, _odds in pairs for key in keys})
    if not wanted:
        return [set() for _ in pairs]
    entries = {entry.pk for entry, _keys, _odds in pairs}
    rows = beyond(TravellerClearance.objects.all(), "thresholds").filter(
        entry__in=entries, state=TravellerClearance.State.ACTIVE, valid_until__gte=region_today(), keys__overlap=wanted
    )
    held = list(rows)
    return [
        {
            state
            for one in held
            if (one.entry_id, one.entry_version) == (entry.pk, entry.version)
            and not set(keys).isdisjoint(one.keys)
            and odds < one.odds + STRONGER
            for state in one.holds_for
        }
        for entry, keys, odds in pairs
    ]


def clearances_of(actor: Actor, entry: UUID, keys: Collection[str]) -> list[Any]:
    """Clearances of a traveller against an entry that the actor may see, newest first. One query, none without keys."""
    rows = (
        TravellerClearance.objects.visible_to(actor)
        .filter(entry=entry, keys__overlap=sorted(keys))
        .select_related("party")
    )
    return list(rows.order_by("-pk")[:LINES_SHOWN]) if keys else []


def clearances(actor: Actor | None, state: str = "") -> Any:
    """Clearances that the actor may see, for pages by key."""
    rows = TravellerClearance.objects.visible_to(actor).select_related("party", "entry__list")
    return rows.filter(state=state) if state else rows
