"""The form of small craft between page and reader: what was posted, people of former trips, deadlines of its legs."""

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.manifests import paxlst
from apps.manifests.models import Submission, SubmissionContent
from apps.manifests.paxlst.normalise_dates import typed_date
from apps.manifests.paxlst.pasted import people_in
from apps.manifests.paxlst.trips import (
    CRAFT,
    LEG,
    PASSENGER,
    PERSON,
    SECOND,
    Said,
    TripList,
    lists_of,
    person_of,
    person_of_zone,
    said_of,
    trip_of,
    zones_in,
)
from apps.manifests.queries import dated, parties, regimes
from apps.manifests.rules import routing

MOST_LEGS, MOST_PEOPLE = 9, 60
"""More people are sent as a spreadsheet; a page of more rows is slow on a phone."""
MOST_DOCUMENTS = 2
SPARE_ROWS = 2
FORMER = 30
"""Lists of former trips whose people and craft are offered again."""
Trip = dict[str, Any]


def blank() -> Trip:
    """A form nobody has filled in."""
    return {"craft": {"mode": "air"}, "legs": [{}], "people": []}


def posted(data: Mapping[str, Any]) -> Trip:
    """The form as it was posted, without rows and legs in which nothing was typed; values at most 120 letters."""

    def text(name: str) -> str:
        return str(data.get(name, "")).strip()[:120]

    legs = [
        {**{key: text(f"leg-{n}-{key}") for key in LEG}, "same": n > 0 and bool(data.get(f"leg-{n}-same"))}
        for n in range(MOST_LEGS)
        if f"leg-{n}-from" in data
    ]
    filled = [leg for n, leg in enumerate(legs) if n == 0 or any(leg[key] for key in LEG)]
    people = []
    for n in range(MOST_PEOPLE + SPARE_ROWS):
        row: dict[str, Any] = {key: text(f"person-{n}-{key}") for key in (*PERSON, *SECOND)}
        if any(row[key] for key in PERSON if key != "role"):
            row["legs"] = [leg for leg in range(len(filled)) if data.get(f"person-{n}-leg-{leg}")]
            people.append(row)
    return {"craft": {key: text(f"craft-{key}") for key in CRAFT}, "legs": filled or [{}], "people": people}


def name_trip(trip: Trip) -> str:
    """Craft and route in short."""
    craft, legs = trip["craft"], trip["legs"]
    places = [legs[0].get("from") or "?", *(leg.get("to") or "?" for leg in legs)]
    return f"{craft.get('name') or craft.get('number') or pgettext('words, jrcc', 'Craft')} {'–'.join(places)}"[:120]


@dataclass(frozen=True, slots=True)
class Checked:
    """A trip as the reader sees it: its lists, and what it says of each leg and row."""

    lists: Sequence[TripList]
    said: Mapping[tuple[str, int], Sequence[Said]]

    @property
    def has_errors(self) -> bool:
        """Whether something has to be corrected."""
        return any(one.severity in {"error", "fatal"} for said in self.said.values() for one in said)


def check_trip_lists(trip: Trip) -> Checked:
    """Read the lists of a trip as they would be read when sent."""
    lists = lists_of(trip)
    if not lists:
        return Checked(lists, {})
    objects = paxlst.read(b"[" + b",".join(one.data for one in lists) + b"]")
    return Checked(lists, said_of(lists, objects))


def pasted(trip: Trip, text: str) -> tuple[Trip, str]:
    """(the trip with the people of pasted rows, what was done in words)."""
    found = people_in(text)
    if not found:
        return trip, _("No person was found in the pasted rows. Put one person on each line.")
    taken = found[: MOST_PEOPLE - len(trip["people"])]
    said = _("%(n)d rows read. Dates like 5/6/1980 were read day first: check them.") % {"n": len(taken)}
    if len(taken) < len(found):
        said = _("%(n)d rows read. Send more than %(most)d people as a spreadsheet.") % {
            "n": len(taken),
            "most": MOST_PEOPLE,
        }
    return {**trip, "people": [*trip["people"], *taken]}, said


def scanned(trip: Trip, text: str, today: datetime.date) -> tuple[Trip, str]:
    """(the trip with the people of machine-readable zones, what was repaired or could not be read)."""
    people, said = [dict(one) for one in trip["people"]], []
    for zone in zones_in(text):
        row, done = person_of_zone(zone, today)
        if row is None:
            said.append(_("These are not the lines of a travel document: %(start)s…") % {"start": zone[:12]})
        elif len(people) < MOST_PEOPLE:
            _take(people, row)
            if done == "repaired":
                said.append(_("%(number)s: a misread character was corrected by its check digit.") % row)
            elif done == "failed":
                said.append(_("%(number)s: a check digit is wrong. Check the row against the document.") % row)
            else:
                said.append(_("%(number)s: read; all check digits are correct.") % row)
    return {**trip, "people": people}, " ".join(said) or _("Paste the two or three lines at the foot of the document.")


def _take(people: list[dict[str, Any]], row: dict[str, Any]) -> None:
    """Add somebody who was read, or their document as the second one of a person who is on the form already."""
    for one in people:
        same = (one.get("surname", "").upper(), typed_date(one.get("birth_date", ""))) == (
            row["surname"].upper(),
            row["birth_date"],
        )
        if same and one.get("number") not in {"", None, row["number"]} and not one.get("second_number"):
            one |= {f"second_{key}": row[key] for key in ("type", "number", "issuer", "expires")}
            return
    people.append(row)


# --- former trips -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of a former trip: told by birth year and the end of their document's number."""

    key: str
    row: Mapping[str, Any]
    expired: bool

    @property
    def words(self) -> str:
        """As they are offered."""
        row = self.row
        name = ", ".join(filter(None, [row["surname"], row["given_names"]]))
        year, end = row["birth_date"][:4] or "?", row["number"][-4:] or "?"
        return pgettext("words, jrcc", "%(name)s, born %(year)s, document …%(end)s") % {
            "name": name,
            "year": year,
            "end": end,
        }


def former(actor: Actor, today: datetime.date) -> tuple[list[Known], list[dict[str, str]]]:
    """(people, craft) of the desk's last trips, passengers and crew, the latest first. One query."""
    rows = SubmissionContent.objects.visible_to(actor).filter(
        submission__owner_id=actor.desk_id,
        submission__channel__in=[Submission.Channel.FORM, Submission.Channel.CORRECTION],
    )
    people: dict[str, Known] = {}
    craft: dict[str, dict[str, str]] = {}
    for reading in rows.order_by("-submission_id").values_list("reading", flat=True)[:FORMER]:
        for obj in reading or []:
            known = trip_of(obj)["craft"]
            name = known["name"] or known["number"]
            if name:
                craft.setdefault(name, known)
            for one in obj.get("travellers") or []:
                row = person_of(one)
                key = _key(row)
                people.setdefault(key, Known(key, row, bool(row["expires"]) and row["expires"] < today.isoformat()))
    return sorted(people.values(), key=lambda one: one.words), list(craft.values())


def _key(row: Mapping[str, Any]) -> str:
    told = "|".join(row[name] for name in ("surname", "given_names", "birth_date", "number"))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def again(trip: Trip, people: Iterable[Known], keys: Iterable[str]) -> Trip:
    """The trip with those of the former people who were ticked; nobody twice."""
    wanted, there = set(keys), {_key(row) for row in trip["people"]}
    added = [dict(one.row) for one in people if one.key in wanted - there]
    return {**trip, "people": [*trip["people"], *added][:MOST_PEOPLE]}


# --- deadlines --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Due:
    """By when a State wants the list of a leg; None where it has no rule for it."""

    state: str
    role: str
    leg: int
    at: datetime.datetime | None


def list_trip_deadlines(lists: Sequence[Mapping[str, Any]]) -> list[Due]:
    """Deadlines of flights as the reader gives them, leg by leg, the earliest first. Two queries."""
    states = parties.states_by_alpha2()
    legs = [routing.legs_of(flight, states) for flight in lists]
    stops = [(n, flight, stop) for n, flight in enumerate(lists) for stop in routing.stops(legs[n])]
    days = [flight["date"] for flight in lists if flight.get("date")]
    if not stops or not days:
        return []
    day = datetime.date.fromisoformat(min(days))
    rules = regimes.rules_in_force({stop.state for _n, _flight, stop in stops}, day)
    space = dated.members_of_space(day)
    found = [
        Due(
            stop.state,
            stop.role,
            n,
            routing.deadline(
                rules,
                stop,
                mode=flight["mode"],
                craft="commercial" if flight.get("carrier") else "private",
                space=space,
            ),
        )
        for n, flight, stop in stops
    ]
    return sorted(found, key=lambda one: (one.at is None, one.at or datetime.datetime.max.replace(tzinfo=datetime.UTC)))


def flights_of(trip: Trip) -> list[dict[str, Any]]:
    """The flights of a trip's legs as the reader sees them, whether or not anybody is on them yet."""
    somebody = {**trip, "people": [{"surname": "X"}], "legs": [{**leg, "same": True} for leg in trip["legs"]]}
    lists = lists_of(somebody)
    return [obj["flight"] or {} for obj in paxlst.read(b"[" + b",".join(one.data for one in lists) + b"]")]


def may_be_amended(sent: Submission, reading: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a list can be opened in the form: one list that fits into it, of a journey that is not closed."""
    journey = sent.journey
    closed = journey is not None and journey.is_over
    people = reading[0].get("travellers") or [] if len(reading) == 1 else []
    fits = all(len(one.get("documents") or []) <= MOST_DOCUMENTS for one in people)
    return not closed and fits and 0 < len(people) <= MOST_PEOPLE


def amended(lists: Sequence[TripList], before: Mapping[str, Any]) -> tuple[TripList | None, list[TripList]]:
    """(the list that takes the place of the one sent before, the others): the one of its category."""
    kind = (before.get("message") or {}).get("type") or PASSENGER
    chosen = next((one for one in lists if one.kind == kind), None)
    return chosen, [one for one in lists if one is not chosen]
