"""A desk's log: the watch on duty, its entries and open items, whether the chain holds, and what entries point to."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from apps.access.actor import Actor
from apps.jrcc.models import Hit
from apps.rifc.models import Report
from apps.watch.models import Bulletin, Handover, Watch, WatchEntry
from apps.watch.rules.chain import Checked, Line, walk

REPORT, BULLETIN, HIT = "rifc.report", "watch.bulletin", "jrcc.hit"


@dataclass(frozen=True, slots=True)
class Link:
    """A record that an entry points to and that the reader sees."""

    number: str
    url: str


def watches(actor: Actor | None) -> Any:
    """Watches of the desk, with their officers."""
    return Watch.objects.visible_to(actor).select_related("owner", "officer", "outgoing")


def on_duty(actor: Actor) -> Watch | None:
    """The desk's watch that is not closed."""
    found: Watch | None = watches(actor).filter(owner_id=actor.desk_id, state__in=sorted(Watch.RUNNING)).first()
    return found


def last_of(desk_id: int) -> Watch | None:
    """The desk's last watch, whoever asks: the chain goes on from its head."""
    found: Watch | None = Watch.objects.filter(owner_id=desk_id).order_by("-pk").first()
    return found


def entries(actor: Actor, watch: Watch) -> Any:
    """Entries of a watch with who wrote them and what they refer to."""
    rows = WatchEntry.objects.visible_to(actor).filter(watch=watch)
    return rows.select_related("person", "corrects", "closes", "closes__watch", "corrects__watch")


def worded(rows: Any, words: str) -> Any:
    """Entries with these words."""
    if not words:
        return rows
    search = SearchVector("text", "action_taken", "from_whom", config="english")
    query = SearchQuery(words, config="english", search_type="websearch")
    return rows.annotate(search=search).filter(Q(search=query) | Q(text__icontains=words))


def open_items(actor: Actor, desk_id: int) -> list[WatchEntry]:
    """What the desk has still to do, of this watch and of those before, the oldest first. One query."""
    rows = WatchEntry.objects.visible_to(actor).filter(watch__owner_id=desk_id, to_do=True)
    rows = rows.filter(~Exists(WatchEntry.objects.filter(closes=OuterRef("pk"))))
    return list(rows.select_related("watch", "person").order_by("event_at", "pk")[:200])


def find_log_entry(actor: Actor, pk: Any) -> WatchEntry | None:
    """An entry of the desk's own log."""
    rows = WatchEntry.objects.visible_to(actor).filter(watch__owner_id=actor.desk_id)
    found: WatchEntry | None = rows.select_related("watch").filter(pk=pk).first()
    return found


def corrected(rows: Sequence[WatchEntry]) -> dict[Any, WatchEntry]:
    """{entry: the one that corrects it} of entries. One query."""
    found = WatchEntry.objects.filter(corrects__in=[row.pk for row in rows]).select_related("watch").order_by("pk")
    return {row.corrects_id: row for row in found}


def closed_by(rows: Sequence[WatchEntry]) -> dict[Any, WatchEntry]:
    """{open item: the entry that says it is done} of entries. One query."""
    found = WatchEntry.objects.filter(closes__in=[row.pk for row in rows]).select_related("watch")
    return {row.closes_id: row for row in found}


def handover(actor: Actor, watch: Watch) -> Handover | None:
    """The hand-over that waits, or the one that closed the watch."""
    rows = Handover.objects.visible_to(actor).filter(watch=watch, broken_off="")
    found: Handover | None = rows.select_related("outgoing", "incoming").order_by("-pk").first()
    return found


def line_of(row: WatchEntry) -> Line:
    """An entry as the chain knows it."""
    return Line(
        watch=str(row.watch_id),
        serial=row.serial,
        event_at=row.event_at,
        entered_at=row.entered_at,
        person=str(row.person_id),
        seat=str(row.seat_id),
        category=row.category,
        channel=row.channel,
        from_whom=row.from_whom,
        text=row.text,
        action_taken=row.action_taken,
        links=row.links,
        to_do=row.to_do,
        corrects=str(row.corrects_id or ""),
        closes=str(row.closes_id or ""),
    )


def check_watch_entries(watch: Watch, rows: Iterable[WatchEntry]) -> Checked:
    """Whether all entries of a watch hold together with what its row says."""
    lines = [(line_of(row), row.prev_sha256, row.sha256) for row in sorted(rows, key=lambda row: row.serial)]
    return walk(lines, watch.start_sha256, watch.head_sha256, watch.last_serial)


def walk_logs() -> tuple[int, int, str]:
    """(watches, entries, first break as "NUMBER, entry N: fault") over the logs of all desks, for the operators."""
    heads: dict[int, str] = {}
    total = count = 0
    for watch in Watch.objects.order_by("owner_id", "pk"):
        count += 1
        if watch.previous_id is not None and heads.get(watch.owner_id) != watch.start_sha256:
            return count, total, f"{watch.number}, entry 1: another watch went before"
        result = check_watch_entries(watch, WatchEntry.objects.filter(watch=watch))
        total += result.entries
        if result.fault:
            return count, total, f"{watch.number}, entry {result.serial}: {result.fault}"
        heads[watch.owner_id] = watch.head_sha256
    return count, total, ""


def linked(actor: Actor, numbers: Sequence[str]) -> tuple[list[list[str]], list[str]]:
    """([[type, id, number]], numbers that name nothing the actor sees): reports, bulletins, hits. Three queries."""
    wanted = [number.strip() for number in numbers if number.strip()]
    if not wanted:
        return [], []
    found: dict[str, list[str]] = {}
    reports = Report.objects.visible_to(actor).filter(Q(number__in=wanted) | Q(register_number__in=wanted))
    for thread, number, register, party in reports.values_list("thread", "number", "register_number", "originator_id"):
        own = {register} if party == actor.party_code else set()
        for name in ({number} | own) & set(wanted):
            found[name] = [REPORT, str(thread), name]
    bulletins = Bulletin.objects.visible_to(actor).filter(number__in=wanted)
    found |= {number: [BULLETIN, str(pk), number] for pk, number in bulletins.values_list("pk", "number")}
    hits = Hit.objects.visible_to(actor).filter(reference__in=wanted)
    found |= {number: [HIT, str(pk), number] for pk, number in hits.values_list("pk", "reference")}
    return [found[name] for name in dict.fromkeys(wanted) if name in found], [n for n in wanted if n not in found]


def links_of(actor: Actor, rows: Sequence[WatchEntry]) -> dict[Any, list[Link]]:
    """{entry: records that it points to and the actor sees now}; of others nothing is said. Three queries or none."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for kind, key, _number in row.links:
            wanted[kind].add(key)
    seen: set[tuple[str, str]] = set()
    sources = {
        REPORT: (Report.objects.visible_to(actor), "thread"),
        BULLETIN: (Bulletin.objects.visible_to(actor), "pk"),
        HIT: (Hit.objects.visible_to(actor), "pk"),
    }
    if wanted:
        for kind, (source, column) in sources.items():
            keys = [uuid.UUID(key) for key in wanted[kind]]
            seen |= {
                (kind, str(key)) for key in source.filter(**{f"{column}__in": keys}).values_list(column, flat=True)
            }
    pages = {REPORT: "rifc:report", BULLETIN: "watch:bulletin", HIT: "jrcc:hit"}
    return {
        row.pk: [
            Link(number, reverse(pages[kind], args=[key])) for kind, key, number in row.links if (kind, key) in seen
        ]
        for row in rows
    }
