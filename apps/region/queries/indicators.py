"""Series of indicators: what people recorded, and what the portal reckons."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse

from apps.access.actor import Actor
from apps.people.models import Party
from apps.region.models import Indicator, IndicatorValue, Track
from apps.region.queries import book, computed_indicators, laws
from apps.region.queries.computed_indicators import Value
from apps.region.queries.counts import Moment

QUARTERS = 12
SYSTEMS = {"APIS_STATES": "APIS", "CISNET_STATES": "CISNET"}
"""Computed indicators that count who uses a system."""


def series(
    actor: Actor, rows: Sequence[Indicator], day: datetime.date, known_at: Moment | None = None
) -> dict[Any, list[Value]]:
    """{indicator's id: its values up to the day, oldest first}; computed ones at the ends of the last quarters."""
    found: dict[Any, list[Value]] = {row.pk: [] for row in rows}
    entered = [row for row in rows if not row.computed]
    kept = IndicatorValue.objects.visible_to(actor).known(known_at).filter(indicator__in=entered, on__lte=day)
    for each in kept.order_by("on", "party") if entered else ():
        found[each.indicator_id].append(Value(each.party_id, each.on, each.value, each.source))
    days = quarters(day)
    computed = [row for row in rows if row.computed]
    of_systems = [row for row in computed if row.code in SYSTEMS]
    if of_systems:  # all of them from one reading of the book
        codes = [SYSTEMS[row.code] for row in of_systems]
        read = book.read_rule_book(actor, known_at, systems=codes, with_history=False)
        found.update({row.pk: list(_counted(read, SYSTEMS[row.code], days)) for row in of_systems})
    for row in computed:
        if row.code not in SYSTEMS:
            found[row.pk] = computed_indicators.values(row.code, actor, days, known_at)
    return found


def quarters(day: datetime.date, number: int = QUARTERS) -> list[datetime.date]:
    """The day, and the first days of the quarters before it, oldest first."""
    year, month = day.year, day.month - (day.month - 1) % 3
    found = [day]
    while len(found) < number:
        first = datetime.date(year, month, 1)
        if first < day:
            found.append(first)
        year, month = (year, month - 3) if month > 3 else (year - 1, month + 9)
    return found[::-1]


def _of_system(code: str) -> computed_indicators.Provider:
    def reckoned(actor: Actor, days: Sequence[datetime.date], known_at: Moment | None) -> Iterable[Value]:
        return _counted(book.read_rule_book(actor, known_at, systems=[code], with_history=False), code, days)

    return reckoned


def _counted(read: book.Book, code: str, days: Sequence[datetime.date]) -> Iterable[Value]:
    """The number of Member States in use on each of the days on which there is one."""
    for day in days:
        count = read.count(code, day)
        if count.n is not None:
            page = f"{reverse('region:number', args=[code])}?as_of={day}"
            yield Value(None, day, Decimal(count.n), count.source or "register of participation", page)


apis_states, cisnet_states = _of_system("APIS"), _of_system("CISNET")


def laws_in_force(actor: Actor, days: Sequence[datetime.date], known_at: Moment | None) -> Iterable[Value]:
    """Laws in force of each Member State, on the topics of the board."""
    members = Party.objects.filter(periods__kind=Party.Kind.MEMBER_STATE).values("code")
    tracks = list(Track.objects.visible_to(actor).filter(party__in=members))
    steps = laws.stages(actor, tracks, days[-1], known_at)
    for day in days:
        counts: dict[str, int] = {}
        for track in tracks:
            held = laws.at(steps[track.pk].steps, (), {}, day).in_force
            counts[track.party_id] = counts.get(track.party_id, 0) + held
        for party, number in sorted(counts.items()):
            page = f"{reverse('region:state', args=[party])}?as_of={day}"
            yield Value(party, day, Decimal(number), "legislation board", page)
