"""The machines of the field notes beside the declared acts: one table says where names differ, and why."""

import json
from pathlib import Path

import pytest

from apps.access.declared_actions import REGISTRY
from apps.watch import actions  # noqa: F401  (declares them)
from apps.watch.models import Bulletin, Watch

FILE = Path(__file__).resolve().parents[1] / "vectors" / "rifc" / "state_machines.json"
MACHINES = json.loads(FILE.read_text())
MODELS = {"bulletin": Bulletin, "watch": Watch}
OURS = {
    # writing a draft, changing it, saying of whom it speaks, giving it up: the notes begin with the draft
    "bulletin": {"draft", "revise", "discard", "link", "unlink"},
    # the first watch of a desk, and its lines
    "watch": {"open", "log"},
}


@pytest.mark.parametrize("name", sorted(MODELS))
def test_states_are_those_of_the_notes(name: str) -> None:
    assert {state.value for state in MODELS[name].State} == set(MACHINES[name]["states"])
    assert next(iter(MODELS[name].State)) == MACHINES[name]["initial"]


@pytest.mark.parametrize("name", sorted(MODELS))
def test_each_transition_of_the_notes_is_one_verb_and_no_verb_goes_elsewhere(name: str) -> None:
    told = {
        (one["name"], start, one["to"])
        for one in MACHINES[name]["transitions"]
        for start in ([one["from"]] if isinstance(one["from"], str) else one["from"])
    }
    ours = {
        (spec.name, start, end)
        for spec in REGISTRY.values()
        if spec.model is MODELS[name] and spec.name not in OURS[name]
        for start in spec.starts
        for end in spec.ends
    }
    assert ours == told


@pytest.mark.parametrize("name", sorted(MODELS))
def test_nothing_leads_out_of_a_final_state(name: str) -> None:
    final = set(MACHINES[name]["final"])
    assert [s.verb for s in REGISTRY.values() if s.model is MODELS[name] and s.starts & final] == []


def test_only_the_clock_ends_a_bulletin() -> None:
    assert REGISTRY["bulletin.expire"].automatic
