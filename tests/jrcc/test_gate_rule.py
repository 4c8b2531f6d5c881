"""The rule of the gate alone, over all that can be known of a flight or a person."""

import itertools

from apps.jrcc.rules import gate as gate_rules

STATES = ["raised", "claimed", "referred", "acknowledged", "dismissed", "closed", "withdrawn"]


def every_fact() -> list[gate_rules.Facts]:
    """All that can be known of a flight or person."""
    columns = {
        "off": (False, True), "hits": (0, 1, 3), "hold": (False, True), "undecided": (False, True),
        "compared": (False, True), "fault": ("", "correct", "partial"),
        "interpol": ("", "unavailable", "waiting", "lists_only"),
    }  # fmt: skip
    return [gate_rules.Facts(**dict(zip(columns, one, strict=True))) for one in itertools.product(*columns.values())]


ALL_GOOD = gate_rules.Facts(compared=True)


def test_only_where_nothing_speaks_against_it_is_it_settled() -> None:
    settled = [facts for facts in every_fact() if gate_rules.gate_of(facts) == gate_rules.SETTLED]
    assert settled == [ALL_GOOD]
    assert gate_rules.gate_of(gate_rules.Facts()) != gate_rules.SETTLED  # of what nothing is known


def test_the_gravest_reason_is_the_one_that_is_told() -> None:
    order = [
        ("off", True, "off"), ("hits", 1, "hits"), ("hold", True, "hold"), ("undecided", True, "deciding"),
        ("fault", "correct", "correct"), ("compared", False, "screening"), ("interpol", "waiting", "waiting"),
    ]  # fmt: skip
    for facts in every_fact():
        reasons = [code for name, _value, code in order if _speaks(facts, name)]
        told = gate_rules.gate_of(facts)
        if not reasons:
            assert told == gate_rules.SETTLED
        elif reasons[0] == "correct":
            assert told == facts.fault
        elif reasons[0] == "waiting":
            assert told == facts.interpol
        else:
            assert told == reasons[0], facts


def _speaks(facts: gate_rules.Facts, name: str) -> bool:
    value = getattr(facts, name)
    return not value if name == "compared" else bool(value)


def test_a_person_is_singled_out_only_to_a_state_that_may_be_told() -> None:
    yes_or_no, states = (False, True), ((), ("BRB",))
    for state, look, owner_only, open_to, cleared_for, owner in itertools.product(
        STATES, ("", "due", "agreed"), yes_or_no, states, states, ("JAM", "BRB")
    ):
        hit = gate_rules.Known(state, look, owner, owner_only, open_to, cleared_for)
        answers = state in {"raised", "claimed"} or look == "due"
        told = answers and (owner == "BRB" or (not owner_only and open_to == ("BRB",) and not cleared_for))
        assert gate_rules.may_be_named(hit, "BRB") is told, hit


def test_what_comes_from_hits_is_at_work_and_nothing_else() -> None:
    assert {"hits", "hold", "deciding"} == gate_rules.AT_WORK
    assert len(set(gate_rules.CODES)) == len(gate_rules.CODES) == 11
