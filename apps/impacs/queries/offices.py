"""Who holds the offices on the ladder: whoever was named, else the ranks of the desk."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.impacs.models import Office, OfficeHolder
from apps.impacs.queries.subjects import Subject
from apps.people.models import Seat

SECRETARIAT = "IMPACS.secretariat"
NAMED_ALONE = frozenset({Office.PERMANENT_SECRETARY, Office.MINISTER_OFFICE})
"""Offices that nobody holds by rank: they are vacant until somebody is named."""

AGENCY = frozenset({Office.IMPACS_DIRECTOR, Office.COUNCIL_LIST})
"""Offices of IMPACS; the others are those of the State that a subject is about."""

NAMED_ORDER = (Office.PERMANENT_SECRETARY, Office.MINISTER_OFFICE)
"""The same in the order of the ladder."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A seat in force: its desk and rank."""

    seat: int
    desk: int
    rank: int


@dataclass(frozen=True, slots=True)
class Held:
    """Who sits where on a day, and who was named for which office of which party."""

    at_desk: dict[int, list[Sitting]]
    following: dict[int, Sitting]
    named: dict[tuple[str, str], Sitting]
    secretariat: int

    def of(self, subject: Subject, office: str) -> tuple[int, list[int]]:
        """(desk, seats) of those who hold an office for a subject; no seats when it is vacant."""
        agency = office in AGENCY
        named = self.named.get((party_of(office, subject.party), office))
        if named is not None:
            return named.desk, [named.seat]
        if office in {Office.FOCAL_POINT, Office.TASK_OWNER}:
            here = [self.following[seat] for seat in subject.seats if seat in self.following]
            if here:  # who follows it may sit at another desk of the State
                return here[0].desk, [one.seat for one in here if one.desk == here[0].desk]
        desk = self.secretariat if agency else subject.desk
        return desk, self._by_rank(office, self.at_desk.get(desk, []))

    def _by_rank(self, office: str, sitting: Iterable[Sitting]) -> list[int]:
        if office in NAMED_ALONE:
            return []
        if office in {Office.FOCAL_POINT, Office.TASK_OWNER}:
            return [one.seat for one in sitting if one.rank == WORKS]
        least = WORKS if office == Office.COUNCIL_LIST else DECIDES
        return [one.seat for one in sitting if one.rank >= least]


def party_of(office: str, state: str) -> str:
    """Whose office it is, for a subject of a State."""
    return "IMPACS" if office in AGENCY else state


def last_held(party: str, office: str) -> datetime.date | None:
    """The first day without a holder of those who were named; None where nobody ever was. One query."""
    rows = OfficeHolder.objects.filter(party=party, office=office, valid_to__isnull=False)
    return rows.order_by("-valid_to").values_list("valid_to", flat=True).first()


def held_on(day: datetime.date, parties: Collection[str], desks: Collection[int], seats: Collection[int] = ()) -> Held:
    """Who holds what on a day, of the parties and of the agency, and which of the `seats` are in force. Two queries.

    Programs hold no office.
    """
    people = Seat.objects.current().exclude(kind=Seat.Kind.SERVICE)
    rows = people.filter(desk__in=desks) | people.filter(desk__code=SECRETARIAT) | people.filter(pk__in=seats)
    at_desk: dict[int, list[Sitting]] = {}
    following: dict[int, Sitting] = {}
    secretariat = 0
    for seat, desk, code, rank in rows.order_by("pk").values_list("pk", "desk_id", "desk__code", "rank"):
        at_desk.setdefault(desk, []).append(Sitting(seat, desk, rank))
        if seat in seats:
            following[seat] = Sitting(seat, desk, rank)
        secretariat = desk if code == SECRETARIAT else secretariat
    named: dict[tuple[str, str], Sitting] = {}
    holders: Any = OfficeHolder.objects.on(day).filter(party__in=[*parties, "IMPACS"], seat__in=people)
    columns = ("party_id", "office", "seat_id", "seat__desk_id", "seat__rank")
    for party, office, seat, desk, rank in holders.values_list(*columns):
        named[party, office] = Sitting(seat, desk, rank)
    return Held(at_desk, following, named, secretariat)


def holders(actor: Actor, day: datetime.date) -> dict[tuple[str, str], Any]:
    """{(party, office): who was named} of the parties whose offices the actor sees. One query."""
    rows = OfficeHolder.objects.visible_to(actor).on(day).select_related("seat__user", "seat__desk", "party")
    return {(row.party_id, row.office): row for row in rows}
