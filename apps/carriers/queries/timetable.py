"""From a schedule to its departures with the States' deadlines, and from a departure to the journey of its list."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.access.actor import Actor
from apps.carriers.models import ExpectedJourney, Schedule
from apps.journeys.models import Journey, JourneyParty, Leg
from apps.manifests.queries import dated, regimes
from apps.manifests.queries import parties as parties_queries
from apps.manifests.rules import routing

ONE_DAY = datetime.timedelta(days=1)
APART = datetime.timedelta(hours=20)
"""A list filed under the day before or after belongs to a departure that is at most this far from its own."""


@dataclass(frozen=True, slots=True)
class Departure:
    """One day of a schedule in UTC, and by when each State that takes part wants the list ((party, role): UTC)."""

    date: datetime.date
    departs_at: datetime.datetime
    arrives_at: datetime.datetime
    deadlines: Mapping[tuple[str, str], datetime.datetime]


def departures(row: Schedule, first: datetime.date, last: datetime.date) -> Iterator[Departure]:
    """The departures of a schedule from a day to another, both included, that some State wants a list of."""
    states = parties_queries.states_by_alpha2()
    day, last = max(first, row.valid_from), min(last, row.valid_until)
    while day <= last:
        if day.isoweekday() in row.days:
            yield from _departure(row, day, states)
        day += ONE_DAY


def _departure(row: Schedule, day: datetime.date, states: Mapping[str, str]) -> Iterator[Departure]:
    arrival = day + datetime.timedelta(days=row.arrives_day)
    hop = {
        "from": row.origin,
        "to": row.destination,
        "departs": f"{day}T{row.departs:%H:%M}",
        "arrives": f"{arrival}T{row.arrives:%H:%M}",
    }
    (leg,) = routing.legs_of({"legs": [hop]}, states)
    deadlines = deadlines_of(leg, day, row.mode)
    if deadlines and leg.departs_at and leg.arrives_at:
        yield Departure(day, leg.departs_at, leg.arrives_at, deadlines)


def deadlines_of(leg: routing.Leg, day: datetime.date, mode: str) -> dict[tuple[str, str], datetime.datetime]:
    """{(party, role): by when it wants the list, UTC} of the States that take part on a day and have a rule."""
    stops = routing.stops([leg])
    rules = regimes.rules_in_force({stop.state for stop in stops}, day)
    space = dated.members_of_space(day)
    found = {}
    for stop in stops:
        due = routing.deadline(rules, stop, mode=mode, craft="commercial", space=space)
        if due:
            found[stop.state, stop.role] = due
    return found


def deadlines_of_expected(row: ExpectedJourney) -> dict[tuple[str, str], datetime.datetime]:
    """The same of a departure that is expected, by the rules as they are now."""
    states = parties_queries.states_by_alpha2()
    ends = [states.get(routing.place(code).country, "") for code in (row.origin, row.destination)]
    leg = routing.Leg(0, row.origin, row.destination, "", "", row.departs_at, row.arrives_at, *ends)
    return deadlines_of(leg, row.date, row.mode)


Key = tuple[str, str, str, datetime.date, str, str]


def _key(row: Any) -> Key:
    return row.mode, row.carrier_id, row.number, row.date, row.origin, row.destination


def journeys_of(actor: Actor, rows: Collection[ExpectedJourney]) -> dict[Any, Journey]:
    """{expected: journey of its list}: the same number on its day, else on the day before or after.

    A journey of another day is never taken that is a departure of its own: yesterday's list is not today's. Three
    queries for any number.
    """
    if not rows:
        return {}
    names = {"carrier__in": {row.carrier_id for row in rows}, "number__in": {row.number for row in rows}}
    days = {"date__gte": min(row.date for row in rows) - ONE_DAY, "date__lte": max(row.date for row in rows) + ONE_DAY}
    found = list(Journey.objects.visible_to(actor).filter(**names, **days))
    legs: dict[Any, list[Leg]] = {}
    for leg in Leg.objects.visible_to(actor).filter(journey__in=[one.pk for one in found]).order_by("seq"):
        legs.setdefault(leg.journey_id, []).append(leg)
    held = ExpectedJourney.objects.visible_to(actor).filter(**names, **days)
    known = {_key(row) for row in held.exclude(state=ExpectedJourney.State.WITHDRAWN)}
    by_number: dict[tuple[str, str, str], list[Journey]] = {}
    for journey in found:
        by_number.setdefault((journey.mode, journey.carrier_id or "", journey.number), []).append(journey)
    joined = {}
    for row in rows:
        candidates = by_number.get((row.mode, row.carrier_id, row.number), [])
        fitting = [one for one in candidates if _fits(row, one, legs.get(one.pk, []), known)]
        if fitting:
            joined[row.pk] = min(fitting, key=lambda one: abs((one.date - row.date).days))
    return joined


def _fits(row: ExpectedJourney, journey: Journey, legs: Iterable[Leg], known: Collection[Key]) -> bool:
    ends = {(leg.from_port, leg.to_port) for leg in legs} or {(journey.origin, journey.destination)}
    if not any(origin in {row.origin, ""} or destination == row.destination for origin, destination in ends):
        return False
    if journey.date == row.date:
        return True
    if (row.mode, row.carrier_id, row.number, journey.date, row.origin, row.destination) in known:
        return False
    near = journey.departs_at is not None and abs(journey.departs_at - row.departs_at) <= APART
    return abs((journey.date - row.date).days) <= 1 and near


@dataclass(frozen=True, slots=True)
class Found:
    """How an expected journey stands by the list that came: its state, when it came, and why it did not operate."""

    state: str
    received_at: datetime.datetime | None
    said: str = ""


def describe_timetable_standing(actor: Actor, row: ExpectedJourney, journey: Journey) -> Found | None:
    """How it stands by what came for its journey; None while no list of people has come."""
    parties = list(JourneyParty.objects.visible_to(actor).filter(journey=journey))
    received = min((one.received_at for one in parties if one.received_at), default=None)
    if journey.state == Journey.State.CANCELLED:
        return Found(ExpectedJourney.State.NOT_OPERATED, received, "Cancelled by the carrier")
    if received is None:
        # a list without legs names no State
        received = journey.created_at if not parties and journey.lists else None
    if received is None:
        return None
    late = any(one.received_at and one.deadline_at and one.received_at > one.deadline_at for one in parties)
    if not parties:
        late = received > row.deadline_at
    return Found(ExpectedJourney.State.LATE if late else ExpectedJourney.State.IN_TIME, received)


@dataclass(frozen=True, slots=True)
class Meeting:
    """An expected journey with the journey of its list, and how it stands by that."""

    row: ExpectedJourney
    journey: Journey
    found: Found


def meetings(actor: Actor, rows: Collection[ExpectedJourney]) -> list[Meeting]:
    """Of expected journeys those whose list says something that is not noted yet."""
    journeys = journeys_of(actor, rows)
    found = []
    for row in rows:
        journey = journeys.get(row.pk)
        stands = describe_timetable_standing(actor, row, journey) if journey else None
        noted = (row.journey_id, row.state, row.received_at)
        if journey and stands and noted != (journey.pk, stands.state, stands.received_at):
            found.append(Meeting(row, journey, stands))
    return found


def may_mean(actor: Actor, journeys: Collection[Any]) -> list[ExpectedJourney]:
    """The departures that these journeys (their ids) may be."""
    rows: list[ExpectedJourney] = []
    for journey in Journey.objects.visible_to(actor).filter(pk__in=journeys):
        same = {name: getattr(journey, name) for name in ("mode", "carrier_id", "number")}
        near = (journey.date - ONE_DAY, journey.date + ONE_DAY)
        found = ExpectedJourney.objects.visible_to(actor).filter(**same, date__range=near)
        rows += found.exclude(state=ExpectedJourney.State.WITHDRAWN).order_by("pk")
    return rows
