"""The states of tasks and mandates are those of the field's own machines; what differs is named with its reason."""

import json
from pathlib import Path

import pytest

from apps.access.declared_actions import REGISTRY, state_table
from apps.impacs.models import Mandate, Task

VECTORS = Path(__file__).parents[2] / "vectors" / "governance"
MACHINES = json.loads((VECTORS / "task_machines.json").read_text())["machines"]
TASK, MANDATE = MACHINES["task"], MACHINES["mandate"]
# verbs of ours that the machine has under another name, or that it does not have
RENAMED = {"mandate.end": "supersede"}
BESIDE = {
    "task.create", "task.repeat", "task.change", "task.assign", "task.unassign", "task.add_item", "task.tick",
    "task.remove_item", "task.add_deliverable", "task.attach", "task.comment", "task.watch", "task.log_effort",
    "task.answer", "task.add_dependency", "task.add_successor", "task.remove_dependency", "task.carry_over",
    "task.stop",       # cancelling by the clock: the cascade of a mandate that was revoked or superseded
    "mandate.open",    # the row itself, by the decision's entry into force
    "mandate.place",   # the machine's effect of `report`: proposed for the next agenda
    "mandate.extend",  # governance notes 7.1: a clause's day moves only by an extension
}  # fmt: skip
WIDER = {("mandate", "assign"): {"assigned", "in_progress"}}
"""The officer in charge can be replaced while the mandate runs."""


def ours(model, noun):
    found = {}
    for verb, spec in REGISTRY.items():
        if spec.model is model and verb not in BESIDE:
            found[RENAMED.get(verb, verb.removeprefix(f"{noun}."))] = (set(spec.starts), set(spec.ends))
    return found


def theirs(machine):
    open_states = {state["id"] for state in machine["states"] if not state["terminal"]}
    return {
        one["id"]: (open_states if one["from"] == ["*"] else set(one["from"]), {one["to"]})
        for one in machine["transitions"]
    }


@pytest.mark.parametrize(("model", "noun", "machine"), [(Task, "task", TASK), (Mandate, "mandate", MANDATE)])
def test_states_and_moves_are_those_of_the_field(model, noun, machine):
    assert set(model.State.values) == {state["id"] for state in machine["states"]}
    wanted = theirs(machine)
    for (name, verb), more in WIDER.items():
        if name == noun:
            wanted[verb] = (wanted[verb][0] | more, wanted[verb][1] | more - {"open"})
    assert ours(model, noun) == wanted


@pytest.mark.parametrize(("model", "initial"), [(Task, TASK["initial"]), (Mandate, MANDATE["initial"])])
def test_a_new_record_is_in_the_first_state(model, initial):
    assert {end for start, _verb, end in state_table(model) if not start} == {initial}


def test_verbs_beside_the_machine_leave_the_state_alone_or_are_the_clocks():
    for verb in sorted(BESIDE):
        spec = REGISTRY[verb]
        assert spec.creates or spec.automatic or spec.starts >= spec.ends, verb
