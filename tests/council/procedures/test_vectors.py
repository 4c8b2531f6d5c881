"""The 23 published cases of the silence procedure, through the acts and the database."""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from apps.council.actions import clock as council_clock
from apps.council.models import Decision, Vote
from apps.council.procedures import actions
from apps.council.procedures.queries import procedures as queries
from apps.council.procedures.rules import silence
from tests.council.procedures.people import ISO3, SECRETARY, Clock, a_minister, behind, sent

pytestmark = pytest.mark.django_db
VECTORS = json.loads(Path("tests/vectors/governance/silence_vectors.json").read_text())["vectors"]
ENDED = {"CONCLUDED": "concluded", "CONCLUDED_EARLY": "concluded", "LAPSED": "lapsed", "OBJECTED": "objected"}
VERBS = {
    "SUPPORT": actions.support_procedure,
    "OBJECT": actions.object_to_procedure,
    "EXTENSION": actions.ask_procedure_extension,
    "WITHDRAW_OBJECTION": actions.withdraw_objection,
}


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def played(cast: Any, clock: Clock, given: dict[str, Any]) -> Any:
    """Every act of a case in the order of time, the clock after each, and once more at the end."""
    clock.set(given["dispatched_at"])
    row = sent(cast, override="the case wants it")
    events = [(moment(at), "receipt", ISO3[code], {}) for code, at in given["receipts"].items()]
    events += [(moment(r["at"]), r["kind"], ISO3[r["state"]], r) for r in given["replies"]]
    if "forced_start_at" in given:
        events.append((moment(given["forced_start_at"]), "forced", "", {}))
    for at, kind, code, reply in sorted(events, key=lambda event: event[0]):
        clock.at = at
        row.refresh_from_db()
        if kind == "receipt":
            actions.acknowledge_procedure_receipt(a_minister(code), row)
            council_clock.step(row.pk, at)
        elif kind == "forced":
            actions.force_procedure_start(cast[SECRETARY], row, reason="note verbale 12 to the mission")
        else:
            text = "0" * 64 if reply.get("text_hash") else row.text_hash
            VERBS[kind](a_minister(code), row, text_hash=text)
    clock.at = moment(given["now"])
    row.refresh_from_db()
    if given.get("delivery_void"):
        actions.void_procedure_delivery(cast[SECRETARY], row, reason="the fax was another State's")
    council_clock.step(row.pk, clock.at)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("case", VECTORS, ids=[f"{case['id']} {case['title']}" for case in VECTORS])
def test_a_published_case_comes_out_as_published(case, cast, monkeypatch):
    given, wanted = case["input"], case["expected"]
    holidays = {datetime.date.fromisoformat(day): {"HTI"} for day in given.get("holidays", [])}
    monkeypatch.setattr(queries, "holidays_between", lambda first, last: holidays)
    clock = Clock(monkeypatch)
    behind(*(ISO3[code] for code in given.get("arrears", {})))
    row = played(cast, clock, given)
    data = silence.state(queries.facts(row), clock.at).as_data()
    assert {**data, **_expected(wanted)} == data
    assert row.state == ENDED.get(wanted["status"], row.state)
    if wanted["status"] in ENDED and wanted["status"] != "OBJECTED":
        decision = Decision.objects.get(pk=row.decision_id)
        assert decision.state == ("adopted" if row.state == "concluded" else "proposed")
        assert Vote.objects.filter(decision=decision).count() == (row.state == "concluded")
        assert row.result["entitled"] == wanted["entitled"]


def _expected(wanted: dict[str, Any]) -> dict[str, Any]:
    """The expected record with the portal's codes of States."""
    named = {
        name: sorted(ISO3[c] for c in wanted[name]) for name in ("support", "silent", "objections") if name in wanted
    }
    if "missing_receipts" in wanted:
        named["missing_receipts"] = [ISO3[c] for c in wanted["missing_receipts"]]
    if "ignored" in wanted:
        named["ignored"] = [[ISO3[c], kind, code] for c, kind, code in wanted["ignored"]]
    return {**wanted, **named}
