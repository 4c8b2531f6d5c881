"""Persons and things as their pages show them."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from apps.access.actor import Actor
from apps.access.marking import Banner
from apps.entities import policy
from apps.entities.models import Assertion, LinkEvidence, Listed, Sighting, Twin
from apps.entities.queries import entities, sources, words
from apps.entities.queries.entities import Title
from apps.entities.queries.graph import period_of
from apps.entities.queries.sources import Source
from apps.entities.rules import chart_places
from apps.entities.rules.identifiers import read_position
from apps.jrcc.models import Hit

MOST_CELLS, MOST_ROWS, MOST_COLUMNS = 2000, 60, 25


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with its source. `other`: it is of what is held to be the same."""

    row: Assertion
    label: str
    source: Source | None
    may_withdraw: bool
    warnings: tuple[str, ...]
    other: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """A link as one end sees it: in words, to whom, and what says so."""

    label: str
    to: Title
    evidence: list[tuple[LinkEvidence, Source | None, bool]]
    period: str
    grades: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """A sighting with its source, its stretch on the timeline and its place on the map."""

    row: Sighting
    source: Source | None
    may_withdraw: bool
    who: str


@dataclass(frozen=True, slots=True)
class Page:
    """What a viewer knows of an entity."""

    title: Title
    facts: list[Fact]
    ties: list[Tie]
    sightings: list[Seen]
    twins: list[tuple[Twin, Title, bool]]
    reports: list[Source]
    marking: Banner


def page(actor: Actor, pk: Any) -> Page | None:
    """The page of an entity; None where the actor sees no fact of it. Six queries.

    Facts of what is held to be the same stand with its own, marked as such.
    """
    twins = entities.twins_of(actor, [pk])
    same = [_other(one, pk) for one in twins if one.state == Twin.State.CONFIRMED]
    rows = entities.of_entity(actor, [pk, *same])
    own = [row for row in rows if row.entity_id == pk]
    if not own:
        return None
    evidence, sightings = entities.links_of(actor, [pk]), entities.sightings_of(actor, [pk])
    ends = {_end(row, pk) for row in evidence} | {_other(one, pk) for one in twins}
    titles = entities.titles(actor, ends)
    found = sources.sources(actor, [*rows, *evidence, *sightings])
    used = list(found.values())
    title = entities.title_of(own)
    reports = {one.report.thread: one for one in used}
    return Page(
        title,
        [_fact(actor, row, found, other=row.entity_id != pk) for row in rows],
        _ties(actor, pk, evidence, titles, found),
        [_seen(actor, row, found, title.text) for row in sightings],
        [(one, titles[_other(one, pk)], bool(one.waiting)) for one in twins if _other(one, pk) in titles],
        sorted(reports.values(), key=lambda one: one.number),
        sources.marking(used),
    )


def _other(twin: Twin, pk: Any) -> Any:
    return twin.other_id if twin.one_id == pk else twin.one_id


def _end(row: LinkEvidence, pk: Any) -> Any:
    return row.link.to_entity_id if row.link.from_entity_id == pk else row.link.from_entity_id


def _fact(actor: Actor, row: Assertion, found: dict[Any, Source], *, other: bool) -> Fact:
    form = words.fields().get(row.field, {}).get("form", "text")
    return Fact(
        row,
        words.field_label(row.field),
        found.get(sources.key_of(row)),
        bool(policy.may_withdraw(actor, row)),
        entities.warnings_of(form, row.value),
        other,
    )


def _ties(
    actor: Actor, pk: Any, evidence: Sequence[LinkEvidence], titles: dict[Any, Title], found: dict[Any, Source]
) -> list[Tie]:
    by_link: dict[Any, list[LinkEvidence]] = defaultdict(list)
    for row in evidence:
        by_link[row.link_id].append(row)
    ties = []
    for rows in by_link.values():
        to = titles.get(_end(rows[0], pk))
        if to is None:
            continue
        known = [(row, found.get(sources.key_of(row)), bool(policy.may_withdraw(actor, row))) for row in rows]
        ties.append(
            Tie(
                words.link_label(rows[0].link.type, back=rows[0].link.to_entity_id == pk),
                to,
                known,
                period_of(rows),
                sources.span([one for _row, one, _may in known if one]),
            )
        )
    return sorted(ties, key=lambda one: (one.label, one.to.text, str(one.to.pk)))


def _seen(actor: Actor, row: Sighting, found: dict[Any, Source], who: str) -> Seen:
    return Seen(row, found.get(sources.key_of(row)), bool(policy.may_withdraw(actor, row)), who)


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of the timeline: what, when in words, and where it stands. `thin`: a moment."""

    what: str
    when: str
    start: float
    width: float
    source: Source | None


def timeline(shown: Page) -> list[Bar]:
    """Sightings and links in time, each as wide as its time is uncertain or as long as it lasted."""
    entries: list[tuple[Any, str, str, Source | None]] = []
    for one in shown.sightings:
        if one.row.at is not None and one.row.precision != "unknown":
            what = one.row.place or str(words.type_of(shown.title.type)["label"])
            entries.append((chart_places.stretch(one.row.at, one.row.precision), what, one.row.precision, one.source))
    for tie in shown.ties:
        for row, source, _may in tie.evidence:
            if span := _days(row):
                entries.append((span, f"{tie.label} {tie.to.text}", "period", source))
    for fact in shown.facts:
        if span := _days(fact.row):
            entries.append((span, f"{fact.label}: {fact.row.value}", "period", fact.source))
    entries.sort(key=lambda one: (one[0], one[1]))
    places = chart_places.spans([one[0] for one in entries])
    return [
        Bar(what, chart_places.said(span, exact), place.start, place.width, source)
        for (span, what, exact, source), place in zip(entries, places, strict=True)
    ]


def _days(row: Any) -> tuple[datetime.datetime, datetime.datetime] | None:
    """From the beginning of its first day to the end of its last, of which one may be open; None without days."""
    first, last = row.from_on or row.to_on, row.to_on or row.from_on
    return chart_places.days(first, last) if first and last else None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map with its uncertainty; `x` None: outside of the drawn region."""

    what: str
    lat: float
    lon: float
    metres: int
    x: float | None
    y: float | None
    radius: float
    source: Source | None


def spots(shown: Page) -> list[Spot]:
    """Positions of sightings and of the place itself."""
    found = [
        _spot(one.row.place or one.who, one.row.lat, one.row.lon, one.row.uncertainty_m, one.source)
        for one in shown.sightings
        if one.row.lat is not None and one.row.lon is not None
    ]
    for fact in shown.facts:
        if fact.row.field == "position":
            found.append(_spot(shown.title.text, *read_position(fact.row.value), fact.source))
    return found


def _spot(what: str, lat: float, lon: float, metres: int, source: Source | None) -> Spot:
    place = chart_places.on_map(lat, lon)
    x, y = place or (None, None)
    return Spot(what, lat, lon, metres, x, y, chart_places.radius(metres), source)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who was seen where: a row for each person or thing, a column for each place, numbers of sightings."""

    places: list[str]
    rows: list[tuple[Title, list[int]]]
    cut: bool
    marking: Banner


def matrix(actor: Actor) -> Matrix:
    """Sightings that the actor sees, counted by who and where; the places and the persons seen most come first.

    Four queries.
    """
    seen = Sighting.objects.visible_to(actor).current().exclude(place="")
    counted = list(seen.values("entity", "place").annotate(n=Count("pk")).order_by("-n", "place")[:MOST_CELLS])
    spelled: dict[str, str] = {}
    by_place: Counter[str] = Counter()
    by_entity: Counter[Any] = Counter()
    cells: Counter[tuple[Any, str]] = Counter()
    for one in counted:
        place = spelled.setdefault(one["place"].casefold(), one["place"])
        by_place[place] += one["n"]
        by_entity[one["entity"]] += one["n"]
        cells[one["entity"], place] += one["n"]
    places = [place for place, _n in sorted(by_place.items(), key=lambda one: (-one[1], one[0]))][:MOST_COLUMNS]
    titles = entities.titles(actor, [pk for pk, _n in by_entity.most_common(MOST_ROWS)])
    rows = [(title, [cells[title.pk, place] for place in places]) for title in titles.values()]
    rows.sort(key=lambda one: (-by_entity[one[0].pk], one[0].text))
    used = seen.filter(entity__in=list(titles)).order_by("pk")[:MOST_CELLS]
    found = sources.sources(actor, [*used, *titles.values()])
    cut = len(by_place) > MOST_COLUMNS or len(by_entity) > MOST_ROWS or len(counted) == MOST_CELLS
    return Matrix(places, rows, cut, sources.marking(found.values()))


def listed(actor: Actor, pk: Any) -> list[dict[str, Any]]:
    """Entries that were made of an entity, with the hits on them that the actor sees. Two queries."""
    rows = list(Listed.objects.visible_to(actor).filter(entity=pk).select_related("entry__list").order_by("pk"))
    hits: dict[Any, list[Hit]] = defaultdict(list)
    if rows:
        for hit in Hit.objects.visible_to(actor).filter(entry__in=[row.entry_id for row in rows]).order_by("-pk")[:50]:
            hits[hit.entry_id].append(hit)
    return [{"entry": row.entry, "hits": hits[row.entry_id]} for row in rows]


@dataclass(frozen=True, slots=True)
class InReport:
    """A person or thing of a report, with what this report says of it."""

    title: Title
    facts: list[Assertion]


def in_report(actor: Actor, thread: Any) -> list[InReport]:
    """Persons and things that a report speaks of, by title. One query."""
    rows = entities.in_report(actor, thread)
    by_entity: dict[Any, list[Assertion]] = defaultdict(list)
    for row in rows:
        by_entity[row.entity_id].append(row)
    found = [InReport(entities.title_of(own), own) for own in by_entity.values()]
    return sorted(found, key=lambda one: (one.title.type, one.title.text))


def facts_of(actor: Actor, rows: Sequence[Assertion], found: dict[Any, Source]) -> list[Fact]:
    """Facts of one entity with their sources."""
    return [_fact(actor, row, found, other=False) for row in rows]
