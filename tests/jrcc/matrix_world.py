"""Schedules, changes of rules, cases, holds and carriers for the matrix of addresses and seats."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from apps.access import outbox
from apps.jrcc import actions as jrcc
from apps.jrcc import expecting
from apps.jrcc.actions import (
    booking_rules,
    carriers,
    cases,
    holds,
    lookups,
    penalty_rules,
    persons,
    questions,
    regimes,
    retention_rules,
)
from apps.jrcc.models import Carrier, ExpectedJourney, Hit, Traveller


def some_carriers(cast: Any, seats: Mapping[str, str], journey: Any) -> dict[str, Any]:
    """By the words used in the addresses; `journey` is one that the acting State sees."""
    unknown = Carrier.objects.create(code="QQ", name="QQ", state=Carrier.State.PROVISIONAL)
    day = timezone.now().date() + datetime.timedelta(days=30)
    ministry = cast[seats["ministry"]]
    return {
        **_a_schedule(cast, seats),
        **_a_change(cast, seats),
        **_a_case(cast, seats),
        "carrier": unknown,
        "keeping_change": retention_rules.propose(
            ministry, None, kind="raw_message", keep_days=60, valid_from=day, source="Order 8/2026"
        ),
        "law_change": penalty_rules.propose(
            ministry, None, who="carrier", act="sends no list", most=Decimal(100), currency="JMD", valid_from=day,
            status="verified", source="Act 9/2026",
        ),
        "bookings_change": booking_rules.propose(
            ministry, None, elements=["documents"], keep_days=180, valid_from=day, source="Act 11/2026"
        ),
        "hold": holds.place(
            cast[seats["acting"]], None, journey=journey, ground="court", reference="HC 1/2026", reason="Evidence",
            until=day,
        ),
    }  # fmt: skip


def _a_schedule(cast: Any, seats: Mapping[str, str]) -> dict[str, Any]:
    """A carrier's daily flight from Kingston to Bridgetown, and its departure of tomorrow."""
    day = timezone.now().date() + datetime.timedelta(days=1)
    row = jrcc.add(
        cast[seats["carrier"]], None, mode="air", number="77", days=[str(n) for n in range(1, 8)], origin="KIN",
        destination="BGI", departs=datetime.time(14), arrives=datetime.time(17, 30), valid_from=day, valid_until=day,
    )  # fmt: skip
    outbox.drain()
    return {"schedule": row, "expected": ExpectedJourney.objects.get(schedule=row)}


def _a_change(cast: Any, seats: Mapping[str, str]) -> dict[str, Any]:
    """A deadline that Jamaica's ministry proposes; only another of its people can confirm it."""
    day = timezone.now().date() + datetime.timedelta(days=30)
    row = regimes.propose(
        cast[seats["ministry"]], None, mode="air", direction="arrival", craft="commercial", space="any", minutes=-60,
        event="departure", valid_from=day, status="verified", source="Order 7/2026",
    )  # fmt: skip
    return {"change": row}


def _a_case(cast: Any, seats: Mapping[str, str]) -> dict[str, Any]:
    """The Cayman Islands' case against 7T for a flight whose list is missing, and a contact of 7T's."""
    day = timezone.now().date() + datetime.timedelta(days=1)
    jrcc.add(
        cast[seats["carrier"]], None, mode="air", number="88", days=[str(n) for n in range(1, 8)], origin="KIN",
        destination="GCM", departs=datetime.time(14), arrives=datetime.time(15), valid_from=day, valid_until=day,
    )  # fmt: skip
    outbox.drain()
    expecting.tick(ExpectedJourney.objects.get(number="88").deadline_at)
    case = cases.open_case(cast[seats["associate"]], None, carrier="7T", first=day, last=day, facts="No list came")
    contact = carriers.add_contact(
        cast[seats["carrier"]], None, carrier="7T", kind="phone", role="Operations", value="+1 246 555 0100"
    )
    return {"case": case, "contact": contact}


def some_searches(cast: Any, seats: Mapping[str, str], hit: Hit) -> dict[str, Any]:
    """The watch's search for somebody, two travellers whom it holds for one person, and a question of the owner's."""
    watch = cast[seats["watch"]]
    pair = Traveller.objects.filter(journey=hit.journey_id).order_by("seq")[:2]
    return {
        "lookup": lookups.make(watch, None, surname="VANTONGEREN", purpose="counter"),
        "one_person": persons.join(watch, None, travellers=[str(one.pk) for one in pair], known_by="seen"),
        "hit_question": questions.ask(cast[seats["owner"]], None, hit=hit.pk, of="BRB", text="Has he a scar?"),
    }
