"""Flights, travellers and list entries that the JRCC's tests begin with, made through the actions."""

import dataclasses
import datetime
from typing import Any

from django.utils import timezone

from apps.access.actor import Actor
from apps.journeys.models import Journey, Traveller
from apps.jrcc.models import Hit
from apps.manifests.actions import intake
from apps.manifests.models import Submission, SubmissionContent
from apps.screening import actions as screening
from apps.screening.models import Entry, WatchList
from apps.travellers.loaders import reference
from demo.manifests import Heading, Hop, Person, message
from tests.worlds import world

AGENT, RIVAL = "7t.carrier.agent", "8z.carrier.agent"
WATCH, SUPERVISOR = "jrcc.watch.officer", "jrcc.watch.supervisor"

RAM = Person("RAMKISSOON", "ANIL", born="840307", document="TB712345", pnr="K7QX2M", seat="12A")
SHO = Person("BRATHWAITE", "SHONTELLE", "F", "910922", "BRB", "B0345127", pnr="K7QX2M", seat="12B")
WID = Person("PIERRE-LOUIS", "WIDLINE", "F", "021130", "HTI", "HT4471902", pnr="M3TT9A", seat="14C")
QUILL = Person("QUILLINGFORD", "TAVARIS", "M", "770419", "JAM", "A4410927", pnr="Q1Q1Q1", seat="20F")
QUILL_LISTED = {
    "surname": "QUILLINGFORD",
    "given_names": "TAVARIS",
    "birth_date": "1977-04-19",
    "nationality": ["JAM"],
    "documents": [{"type": "P", "number": "A4410927", "issuer": "JAM"}],
}


def tomorrow(hour: int = 14, minute: int = 30) -> datetime.datetime:
    """A local time tomorrow, without zone."""
    day = (timezone.now() + datetime.timedelta(days=1)).date()
    return datetime.datetime.combine(day, datetime.time(hour, minute))


def hop(origin: str = "POS", destination: str = "BGI", departs: datetime.datetime | None = None) -> Hop:
    leaves = departs or tomorrow()
    return Hop(origin, destination, leaves, leaves + datetime.timedelta(hours=1))


@world
def the_registers() -> None:
    """Carriers, deadlines, rules on what is kept; with the carriers of the cast, who came after the reference data."""
    reference.load_travellers_reference()


_sent = iter(range(1, 1_000_000))


def heading(flight: str = "7T600", **more: Any) -> Heading:
    known = {"hops": [hop()], "sent": tomorrow(9, 12) - datetime.timedelta(days=2), "interchange": f"K{next(_sent):06}"}
    return Heading(flight, **{**known, **more})


def send(actor: Actor, *people: Person, raw: bytes | None = None, **more: Any) -> Submission:
    """A list handed in; nothing is read yet."""
    data = raw if raw is not None else message(heading(**more), people)
    return intake.receive(actor, data, channel="api", content_type="application/edifact")


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def the_journey() -> Journey:
    return Journey.objects.get()


def on_board(journey: Journey | None = None) -> list[str]:
    rows = Traveller.objects.filter(withdrawn_at=None)
    rows = rows.filter(journey=journey) if journey else rows
    return sorted(rows.values_list("surname", flat=True))


def reading(submission: Submission) -> list[dict[str, Any]]:
    return SubmissionContent.objects.get(submission=submission).reading


def codes(submission: Submission) -> set[str]:
    return {finding["code"] for obj in reading(submission) for finding in obj["findings"]}


def renamed(person: Person, **columns: Any) -> Person:
    return dataclasses.replace(person, **columns)


def list_entry(keeper: Actor, subject: dict[str, Any] = QUILL_LISTED, **more: Any) -> Entry:
    wanted = {"reference": "R-1", "instruction": "question", "list": f"{keeper.party_code}-WATCH", **more}
    if not WatchList.objects.filter(code=wanted["list"]).exists():
        screening.open_watchlist(keeper, None, code=wanted["list"], name="Wanted persons", kind="national")
    return screening.create_watchlist_entry(keeper, None, subject=subject, **wanted)


def the_hit() -> Hit:
    return Hit.objects.get()
