"""The machines of the notes beside the declared acts: one table says which act is which transition."""

import json
from pathlib import Path

import pytest

from apps.access.declared_actions import REGISTRY
from apps.exchange import actions  # noqa: F401  (declares them)
from apps.exchange.models import Addressee, Request

FILE = Path(__file__).resolve().parents[1] / "vectors" / "rifc" / "state_machines.json"
NOTES = json.loads(FILE.read_text())
MODELS = {"rfi": Request, "rfi_addressee": Addressee}
VERBS: dict[str, dict[str, tuple[str, ...]]] = {
    "rfi": {
        "send": ("rfi.send",),
        # these two follow inside the act of a desk that is asked, in its transaction
        "first_accept": ("rfi_addressee.accept", "rfi_addressee.answer"),
        "all_done": ("rfi_addressee.answer", "rfi_addressee.refuse", "rfi.withdraw"),
        "expire": ("rfi.expire",),
        "close": ("rfi.close",),
        "follow_up": ("rfi.follow_up",),
        "cancel": ("rfi.cancel",),
    },
    "rfi_addressee": {
        "accept": ("rfi_addressee.accept",),
        "refuse": ("rfi_addressee.refuse",),
        # one act: the part is answered when every question has a final answer
        "answer_part": ("rfi_addressee.answer",),
        "answer": ("rfi_addressee.answer",),
        "transfer": ("rfi_addressee.transfer",),
        "extend": ("rfi_addressee.extend",),
        "expire": ("rfi_addressee.expire",),
        "follow_up": ("rfi_addressee.follow_up",),
        "withdraw": ("rfi_addressee.withdraw",),
    },
}


@pytest.mark.parametrize("name", sorted(VERBS))
def test_states_and_transitions_are_those_of_the_notes(name: str) -> None:
    assert set(MODELS[name].State.values) == set(NOTES[name]["states"])
    assert {each["name"] for each in NOTES[name]["transitions"]} == set(VERBS[name])
    assert {verb for verbs in VERBS[name].values() for verb in verbs} - set(REGISTRY) == set()


@pytest.mark.parametrize("name", sorted(VERBS))
def test_an_act_begins_where_the_notes_say_and_ends_there(name: str) -> None:
    for each in NOTES[name]["transitions"]:
        specs = [REGISTRY[verb] for verb in VERBS[name][each["name"]] if REGISTRY[verb].model is MODELS[name]]
        begins = {each["from"]} if isinstance(each["from"], str) else set(each["from"])
        if specs:
            assert begins <= set().union(*(spec.starts for spec in specs)), each["name"]
            assert each["to"] in set().union(*(spec.ends for spec in specs)), each["name"]


@pytest.mark.parametrize("name", sorted(VERBS))
def test_final_states_have_no_way_out(name: str) -> None:
    final = set(NOTES[name]["final"])
    assert not [spec.verb for spec in REGISTRY.values() if spec.model is MODELS[name] and spec.starts & final]
