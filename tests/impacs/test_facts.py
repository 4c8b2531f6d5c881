"""The worked colours once more, out of the database: dated rows in, the colour of the day out."""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from apps.council.models import Decision, Statement
from apps.impacs.models import Difficulty, ExtensionRequest, StateAction, Turn
from apps.impacs.obligations.queries import status
from apps.people.models import Desk
from tests.impacs.people import a_decision, action_of, reported

pytestmark = pytest.mark.django_db
VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "governance"
FILE = json.loads((VECTORS / "rag_vectors.json").read_text())
BEGUN = [vector for vector in FILE["vectors"] if "starts_on" in vector["facts"]]
"""Every action has a day on which it begins: two vectors without one are tried as a pure function only."""

ELSEWHERE = [vector for vector in BEGUN if {"member_on_date", "upstream_colours"} & set(vector["facts"])]
"""Facts that no row of a State action holds: membership is the party's, what it waits for is the work plan's."""

K = Turn.Kind


def day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def placed(facts: dict[str, Any]) -> StateAction:
    """An action with the facts of a vector as rows, each written as the acts write them."""
    begins = day(facts.get("decision_in_force_on")) or datetime.date(2008, 1, 1)
    decision = a_decision(("Barbados acts.", ["BRB"], day(facts.get("due_on"))), day=begins)
    row = action_of(decision, "BRB")
    StateAction.objects.filter(pk=row.pk).update(
        starts_on=day(facts.get("starts_on")) or begins, progress=facts.get("progress_pct", 0)
    )
    if facts.get("superseded_on"):
        Decision.objects.filter(pk=decision.pk).update(ended_on=day(facts["superseded_on"]))
    if facts.get("last_report_on"):
        reported(row, day(facts["last_report_on"]), facts.get("progress_pct", 0))
    turned(row, facts)
    for number, each in enumerate(facts.get("extensions", []), start=1):
        asked(row, number, each["new_due_on"], granted=each["granted_on"])
    if facts.get("extension_pending"):
        asked(row, 9, "2099-01-01", granted=None)
    for each in facts.get("blockers", []):
        Difficulty.objects.create(
            action=row, severity=each["severity"], kind="LEGAL", text="x", seat_id=0,
            since=each["since"], cleared_on=each.get("cleared_on"),
        )  # fmt: skip
    if facts.get("opt_out"):
        released(row, facts["opt_out"])
    return row


def turned(row: StateAction, facts: dict[str, Any]) -> None:
    submitted = facts.get("evidence_submitted_on") or facts.get("completed_on")
    turns = [
        (submitted, K.SUBMITTED),
        (facts.get("evidence_rejected_on"), K.RETURNED),
        (facts.get("verified_on"), K.VERIFIED),
        (facts["as_of"] if facts.get("applicability") == "NOT_APPLICABLE" else None, K.NOT_APPLICABLE),
    ]
    for when, kind in sorted((each for each in turns if each[0]), key=lambda each: each[0]):
        done = day(facts.get("completed_on") or submitted) if kind == K.SUBMITTED else None
        Turn.objects.create(action=row, kind=kind, day=when, completed_on=done, seat_id=0)


def asked(row: StateAction, number: int, until: str, *, granted: str | None) -> None:
    ExtensionRequest.objects.create(
        action=row, party_id="BRB", number=number, from_due="2000-01-01", new_due_on=until, cause="x",
        requested_on=granted or "2000-01-01", power="director", answer_by="2099-01-01", decided_on=granted,
        state="granted" if granted else "requested", owner=Desk.objects.get(code="BRB.ministry"), originator_id="BRB",
    )  # fmt: skip


def released(row: StateAction, opt_out: dict[str, Any]) -> None:
    granted = opt_out.get("granted_on")
    ended = day(opt_out.get("ended_on"))
    Statement.objects.create(
        decision=row.decision, party_id="BRB", kind="opt_out", text="x", seat_id=0, granted_on=granted,
        until=ended - datetime.timedelta(days=1) if ended else None, state="granted" if granted else "asked",
    )  # fmt: skip


def test_all_but_four_of_the_vectors_can_be_told_in_rows():
    assert (len(FILE["vectors"]) - len(BEGUN), len(ELSEWHERE)) == (2, 2)


@pytest.mark.parametrize("vector", [each for each in BEGUN if each not in ELSEWHERE], ids=lambda vector: vector["id"])
def test_a_worked_colour_comes_out_of_the_rows(cast, vector: dict[str, Any]):
    facts = vector["facts"]
    row = placed(facts)
    on = datetime.date.fromisoformat(facts["as_of"])
    _row, at = status.of_rows(cast["brb.ministry.decider"], [row], on)[row.pk]
    assert at.status.as_data() == vector["expected"]
