"""Schedules, changes of rules, cases, holds and carriers, for tests/matrix.py; hit and list are of tests/world.py."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from apps.access import outbox
from apps.carriers.actions import booking_laws, carriers, cases, expected_rounds, penalties, regimes
from apps.carriers.actions import schedules as jrcc
from apps.carriers.models import ExpectedJourney
from apps.carriers.queries import scores
from apps.journeys.actions import holds
from apps.journeys.models import Carrier, Traveller
from apps.jrcc.actions import questions
from apps.jrcc.models import Hit
from apps.travellers.actions import lookups, persons, retention_rules
from tests.matrix import SEATS

RECORDS = {
    "api:jrcc-booking-law-changes": "bookings_change", "api:jrcc-carriers": "carrier", "api:jrcc-cases": "case",
    "api:jrcc-corrections": "amendment", "api:jrcc-expected": "expected", "api:jrcc-hit-questions": "hit_question",
    "api:jrcc-hits": "hit", "api:jrcc-holds": "hold", "api:jrcc-journeys": "journey", "api:jrcc-lookups": "lookup",
    "api:jrcc-penalty-changes": "law_change", "api:jrcc-persons": "one_person", "api:jrcc-regime-changes": "change",
    "api:jrcc-retention-changes": "keeping_change", "api:jrcc-scorecards": "carrier",
    "api:jrcc-submissions": "submission", "api:jrcc-travellers": "traveller",
    "jrcc:amendment": "amendment", "jrcc:amendment_new": "traveller", "jrcc:bookinglawchange": "bookings_change",
    "jrcc:bookings_rule_do": "bookings_change", "jrcc:border_hit": "hit", "jrcc:case": "case",
    "jrcc:compliancecase": "case", "jrcc:contact_end": "contact", "jrcc:entry_hits": "entry",
    "jrcc:expected": "expected", "jrcc:floor_hit": "hit", "jrcc:hit": "hit", "jrcc:hitquestion": "hit_question",
    "jrcc:hold_do": "hold", "jrcc:journey": "journey", "jrcc:lookup": "lookup",
    "jrcc:penal": "law_change", "jrcc:person": "one_person", "jrcc:regime": "change",
    "jrcc:retention_rule_do": "keeping_change", "jrcc:retentionchange": "keeping_change", "jrcc:retentionhold": "hold",
    "jrcc:schedule": "schedule", "jrcc:submission": "submission", "jrcc:traveller": "traveller",
}  # fmt: skip
VERBS = {
    "jrcc:bookings_rule_do": "confirm", "jrcc:carrier_do": "confirm", "jrcc:case_do": "notify",
    "jrcc:expected_do": "note_call", "jrcc:hit_do": "claim", "jrcc:hitquestion_do": "answer",
    "jrcc:hold_do": "prolong", "jrcc:lookup_do": "review", "jrcc:penalties_rule_do": "confirm",
    "jrcc:person_do": "undo", "jrcc:regime_do": "confirm", "jrcc:retention_rule_do": "confirm",
    "jrcc:schedule_do": "end",
}  # fmt: skip
VALUES = {
    ("jrcc:carrier", "code"): "7T", ("jrcc:carrier_do", "code"): "QQ", ("jrcc:contact_new", "code"): "7T",
    ("jrcc:list_template", "kind"): "air", ("jrcc:list_template", "fmt"): "csv",
}  # fmt: skip

LISTS_WITHIN = {"ScoredJourneys": lambda actor: scores.carriers(actor).filter(code="7T").first()}


def records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """One of each that the watch, carriers and ministries make; the journey is one that the acting State sees."""
    return {**some_carriers(cast, SEATS, world["journey"].pk), **some_searches(cast, SEATS, world["hit"])}


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
        "keeping_change": retention_rules.propose_retention_change(
            ministry, None, kind="raw_message", keep_days=60, valid_from=day, source="Order 8/2026"
        ),
        "law_change": penalties.propose_penalty_change(
            ministry, None, who="carrier", act="sends no list", most=Decimal(100), currency="JMD", valid_from=day,
            status="verified", source="Act 9/2026",
        ),
        "bookings_change": booking_laws.propose_booking_law_change(
            ministry, None, elements=["documents"], keep_days=180, valid_from=day, source="Act 11/2026"
        ),
        "hold": holds.place_hold(
            cast[seats["acting"]], None, journey=journey, ground="court", reference="HC 1/2026", reason="Evidence",
            until=day,
        ),
    }  # fmt: skip


def _a_schedule(cast: Any, seats: Mapping[str, str]) -> dict[str, Any]:
    """A carrier's daily flight from Kingston to Bridgetown, and its departure of tomorrow."""
    day = timezone.now().date() + datetime.timedelta(days=1)
    row = jrcc.add_schedule(
        cast[seats["carrier"]], None, mode="air", number="77", days=[str(n) for n in range(1, 8)], origin="KIN",
        destination="BGI", departs=datetime.time(14), arrives=datetime.time(17, 30), valid_from=day, valid_until=day,
    )  # fmt: skip
    outbox.drain()
    return {"schedule": row, "expected": ExpectedJourney.objects.get(schedule=row)}


def _a_change(cast: Any, seats: Mapping[str, str]) -> dict[str, Any]:
    """A deadline that Jamaica's ministry proposes; only another of its people can confirm it."""
    day = timezone.now().date() + datetime.timedelta(days=30)
    row = regimes.propose_regime_change(
        cast[seats["ministry"]], None, mode="air", direction="arrival", craft="commercial", space="any", minutes=-60,
        event="departure", valid_from=day, status="verified", source="Order 7/2026",
    )  # fmt: skip
    return {"change": row}


def _a_case(cast: Any, seats: Mapping[str, str]) -> dict[str, Any]:
    """The Cayman Islands' case against 7T for a flight whose list is missing, and a contact of 7T's."""
    day = timezone.now().date() + datetime.timedelta(days=1)
    jrcc.add_schedule(
        cast[seats["carrier"]], None, mode="air", number="88", days=[str(n) for n in range(1, 8)], origin="KIN",
        destination="GCM", departs=datetime.time(14), arrives=datetime.time(15), valid_from=day, valid_until=day,
    )  # fmt: skip
    outbox.drain()
    expected_rounds.check_expected_journeys(ExpectedJourney.objects.get(number="88").deadline_at)
    case = cases.open_carrier_case(
        cast[seats["associate"]], None, carrier="7T", first=day, last=day, facts="No list came"
    )
    contact = carriers.add_carrier_contact(
        cast[seats["carrier"]], None, carrier="7T", kind="phone", role="Operations", value="+1 246 555 0100"
    )
    return {"case": case, "contact": contact}


def some_searches(cast: Any, seats: Mapping[str, str], hit: Hit) -> dict[str, Any]:
    """The watch's search for somebody, two travellers whom it holds for one person, and a question of the owner's."""
    watch = cast[seats["watch"]]
    pair = Traveller.objects.filter(journey=hit.journey_id).order_by("seq")[:2]
    return {
        "lookup": lookups.search_people(watch, None, surname="VANTONGEREN", purpose="counter"),
        "one_person": persons.join_travellers(watch, None, travellers=[str(one.pk) for one in pair], known_by="seen"),
        "hit_question": questions.ask_hit_question(
            cast[seats["owner"]], None, hit=hit.pk, of="BRB", text="Has he a scar?"
        ),
    }
