"""The machines of the governance notes beside the declared acts: one table says where names differ, and why."""

import json
from pathlib import Path

import pytest

from apps.access.declared_actions import REGISTRY
from apps.impacs import actions  # noqa: F401  (declares them)
from apps.impacs.models import Evidence, ExtensionRequest, StateAction

FILE = Path(__file__).resolve().parents[1] / "vectors" / "governance" / "state_machines.json"
MACHINES = json.loads(FILE.read_text())["machines"]

VERBS: dict[str, dict[str, tuple[str, ...]]] = {
    "state_action": {
        "acknowledge": ("state_action.acknowledge",),
        # the first piece of work begins an action: there is no separate button
        "start": ("state_action.report", "state_action.add_step", "state_action.add_evidence"),
        "report": ("state_action.report",),
        "submit": ("state_action.submit_evidence",),
        "verify": ("state_action.verify",),
        "return": ("state_action.return",),
        # the State's request and the director's answer are two acts
        "claim_na": ("state_action.allow_claim",),
        "opt_out": ("state_action.opt_out",),
        "end_opt_out": ("state_action.end_opt_out",),
        # reasons for a recommendation are the Council's record: the State gives them once, to the decision
        "explain": (),
        "supersede": ("state_action.end",),
        "reopen": ("state_action.reopen",),
    },
    "evidence": {
        # drafts go out with the submission of their action; what was not accepted is corrected first
        "submit": ("state_action.submit_evidence", "evidence.correct"),
        "accept": ("evidence.accept",),
        "reject": ("evidence.reject",),
        "expire": ("evidence.expire",),
        # what was submitted is taken back with the whole submission, then withdrawn as a draft
        "withdraw": ("evidence.withdraw", "state_action.take_back"),
    },
    "extension_request": {
        # the draft is the page's form, kept by the browser until it is sent
        "request": ("state_action.request_extension",),
        "grant": ("extension.grant",),
        "refuse": ("extension.refuse",),
        "escalate": ("extension.escalate",),
        "withdraw": ("extension.withdraw",),
        "lapse": ("extension.lapse",),
    },
}
MODELS = {"state_action": StateAction, "evidence": Evidence, "extension_request": ExtensionRequest}
MERGED = {"extension_request": {"draft"}}
"""States of the notes that are no state here: a request that is not sent yet is a form."""

TWO_ACTS = {("evidence", "submit"), ("evidence", "withdraw")}
"""Done in two acts (see above), so that no single one begins and ends where the notes say."""


@pytest.mark.parametrize("name", sorted(VERBS))
def test_every_transition_of_the_notes_has_its_act(name):
    assert {each["id"] for each in MACHINES[name]["transitions"]} == set(VERBS[name])
    missing = {verb for verbs in VERBS[name].values() for verb in verbs} - set(REGISTRY)
    assert missing == set()


@pytest.mark.parametrize("name", sorted(VERBS))
def test_the_states_are_those_of_the_notes(name):
    wanted = {each["id"] for each in MACHINES[name]["states"]} - MERGED.get(name, set())
    assert set(MODELS[name].State.values) == wanted


@pytest.mark.parametrize("name", sorted(VERBS))
def test_an_act_begins_where_the_notes_say_and_ends_there(name):
    merged = MERGED.get(name, set())
    for transition in MACHINES[name]["transitions"]:
        own = [verb for verb in VERBS[name][transition["id"]] if REGISTRY[verb].model is MODELS[name]]
        specs = [REGISTRY[verb] for verb in own]
        if not specs or (name, transition["id"]) in TWO_ACTS:
            continue
        assert set(transition["from"]) - merged <= set().union(*(spec.starts for spec in specs)), transition["id"]
        ends = set(transition["from"]) - merged if transition["to"] == "=" else {transition["to"]}
        assert ends & set().union(*(spec.ends for spec in specs)), transition["id"]


def test_finished_states_have_no_way_out_by_hand():
    for name, model in MODELS.items():
        finished = {each["id"] for each in MACHINES[name]["states"] if each["terminal"]}
        leaving = {
            spec.verb
            for spec in REGISTRY.values()
            if spec.model is model and spec.starts & finished and spec.starts & finished != spec.ends & finished
        }
        assert leaving == set(), name
