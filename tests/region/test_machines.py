"""The machines of the register are those of the notes: states, verbs, from where to where."""

import pytest

from apps.access.declared_actions import REGISTRY
from apps.region.models import Instrument, InstrumentParty, Participation, Track
from apps.region.rules.entry_into_force import Course, status_on

from . import people

MACHINES = people.read("region_machines")["machines"]
NOUN = {"participation": "participation", "instrument_party": "instrument_party", "legislation_track": "measure"}
FOLLOWS = {
    "instrument": {"first_signature", "apply_provisionally", "enter_into_force", "amend", "consolidate"},
    "instrument_party": {"become_bound", "withdraw"},
}
"""Transitions that nobody carries out: they follow from dates."""


def states(name: str) -> set[str]:
    return {each["id"] for each in MACHINES[name]["states"]}


@pytest.mark.parametrize(("name", "noun"), NOUN.items())
def test_every_transition_is_a_verb_that_leads_where_the_machine_says(name: str, noun: str):
    for each in MACHINES[name]["transitions"]:
        if each["id"] in FOLLOWS.get(name, ()):
            continue
        spec = REGISTRY[f"{noun}.{each['id']}"]
        begun = set(each["from"]) - {"*", "in_force"} if name == "instrument_party" else set(each["from"]) - {"*"}
        assert begun <= set(spec.starts), each["id"]
        wanted = {"=": spec.starts, "in_force": spec.ends, "withdrawn_notice": {"withdrawn_notice"}}
        if name == "instrument_party" and each["to"] in wanted:
            assert set(spec.ends) == set(wanted[each["to"]]), each["id"]
        else:
            assert set(spec.ends) == {each["to"]}, each["id"]


def test_the_stages_of_participation_and_of_laws_are_those_of_the_machines():
    assert set(Participation.Stage.values) == states("participation")
    assert set(Track.Stage.values) == states("legislation_track")
    assert set(InstrumentParty.State.values) | {"in_force", "withdrawn"} == states("instrument_party")


def test_a_state_may_leave_a_system_from_every_stage_that_it_has_begun():
    assert set(REGISTRY["participation.withdraw"].starts) == states("participation") - {"none", "withdrawn"}


def test_the_states_of_an_instrument_are_kept_or_follow():
    from datetime import date

    from apps.region.rules.entry_into_force import Steps

    day = date(2020, 1, 1)
    signed = [Steps("BRB", signed_on=day)]
    follows = {
        status_on(day, Course("open_for_signature", opened_on=day), signed),
        status_on(day, Course("open_for_signature", opened_on=day), [Steps("BRB", provisional_from=day)]),
        status_on(day, Course("open_for_signature", opened_on=day, in_force_on=day), signed),
    }
    assert set(Instrument.State.values) | follows | {"amended"} == states("instrument")
    for verb, wanted in (("agree_text", "text_agreed"), ("open", "open_for_signature"), ("terminate", "terminated")):
        assert set(REGISTRY[f"instrument.{verb}"].ends) == {wanted}


def test_stages_of_a_law_may_be_skipped_forward_but_not_back():
    way = [each for each in Track.Stage.values if each not in {"sunset_expired", "repealed", "rejected"}]
    for verb in ("approve_policy", "instruct", "to_ag", "cabinet", "table", "second", "committee", "pass", "commence"):
        spec = REGISTRY[f"measure.{verb}"]
        (end,) = spec.ends
        assert set(spec.starts) == set(way[: way.index(end)])
