"""The life of a report is that of the governance machine."""

import json
from pathlib import Path

from apps.access.declared_actions import REGISTRY, state_table
from apps.reports import actions  # noqa: F401
from apps.reports.models import Report

FILE = Path(__file__).parents[1] / "vectors" / "governance" / "state_machines.json"
MACHINE = json.loads(FILE.read_text(encoding="utf-8"))["machines"]["report"]
KEEP = {"report.edit", "report.accept", "report.refresh"}
"""Work on a draft that leaves its state as it is: the machine has no arrows for it."""


def test_states_and_transitions_are_those_of_the_machine():
    assert {state["id"] for state in MACHINE["states"]} == set(Report.State.values)
    theirs = {
        (start, f"report.{arrow['id']}", arrow["to"]) for arrow in MACHINE["transitions"] for start in arrow["from"]
    }
    ours = {row for row in state_table(Report) if row[0] and row[1] not in KEEP}
    assert ours == theirs
    assert [row for row in state_table(Report) if not row[0]] == [("", "report.create", MACHINE["initial"])]


def test_work_on_a_draft_never_moves_it():
    for verb in KEEP:
        spec = REGISTRY[verb]
        assert spec.starts == spec.ends
