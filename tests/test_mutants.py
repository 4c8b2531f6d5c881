"""The faults that tests/mutants.py puts in, and that the truth tables (tests/policies.py) see them."""

import ast
from types import ModuleType

import pytest

from tests import policies
from tests.mutants import MODULES, faults, sampled
from tests.policies import PROJECT, Row, Table, codes_of, load, rows_of, wrong_rows
from tests.seats import DESKS, each_seat, record, seat

RULE = "def may(actor, row):\n    return ALLOW if actor.rank >= WORKS and row.at == 'x' else Deny(Refusals.NOT_YOURS)\n"


def test_each_condition_code_and_number_of_a_rule_is_made_wrong_once() -> None:
    assert {(fault.was, fault.now) for fault in faults(ast.parse(RULE)) if len(fault.was) < 50} == {
        ("actor.rank >= WORKS", "actor.rank > WORKS"),
        ("actor.rank >= WORKS", "actor.rank < WORKS"),
        ("actor.rank >= WORKS and row.at == 'x'", "actor.rank >= WORKS or row.at == 'x'"),
        ("actor.rank >= WORKS and row.at == 'x'", "actor.rank >= WORKS"),
        ("actor.rank >= WORKS and row.at == 'x'", "row.at == 'x'"),
        ("actor.rank >= WORKS and row.at == 'x'", "not (actor.rank >= WORKS and row.at == 'x')"),
        ("actor.rank >= WORKS and row.at == 'x'", "True"),
        ("actor.rank >= WORKS and row.at == 'x'", "False"),
        ("row.at == 'x'", "row.at != 'x'"),
        ("WORKS", "1"),
        ("WORKS", "3"),
        ("'x'", "'x-x'"),
        ("ALLOW", "False"),
        ("Deny(Refusals.NOT_YOURS)", "True"),
        ("Refusals.NOT_YOURS", "'another-code'"),
    }


def test_a_module_is_as_it_was_when_its_faults_have_been_tried() -> None:
    tree = ast.parse(RULE)
    assert len({ast.unparse(tree) for _fault in faults(tree)}) > 10
    assert ast.unparse(tree) == ast.unparse(ast.parse(RULE))


@pytest.mark.parametrize("left_out", [0, 1, 2], ids=["yes", "own-hold", "hold-needs-decider"])
def test_a_table_with_one_row_less_lets_a_fault_pass(monkeypatch: pytest.MonkeyPatch, left_out: int) -> None:
    module: ModuleType = load("apps.journeys.policy")
    table = policies.tables()["journeys.policy.may_release_hold"]
    assert list(policies.unnoticed(module)) == []
    short = Table(table.module, table.name, tuple(row for n, row in enumerate(table.rows) if n != left_out))
    others = dict(policies.tables())
    monkeypatch.setattr(policies, "tables", lambda: {**others, table.place: short})
    assert {fault.where for fault in policies.unnoticed(module)} == {"may_release_hold"}


def test_codes_are_those_that_a_policy_gives_or_hands_on() -> None:
    room, meetings = load("apps.council.policy.room"), load("apps.council.policy.meetings")
    assert codes_of(room.may_end_speech) == {"not-ministry", "needs-officer"}  # of the chair's verdict nothing is left
    assert codes_of(meetings.may_add_late) == {"late-item"}
    assert codes_of(load("apps.watch.policy").may_issue) == {
        *("not-your-desk", "needs-releasing-officer", "second-officer")  # not what `_own` says unless it is told
    }


def test_a_row_says_what_differs_from_the_row_above_with_an_asterisk() -> None:
    assert list(
        rows_of("seat|record|answer\n* | a=1 b=x |\nJAM.border head | b=y | yes\nJAM.border head | none | no")
    ) == [
        Row("JAM.border head", "a=1 b=y", "yes"),
        Row("JAM.border head", "none", "no"),
    ]


def test_seats_and_records_are_what_their_words_say() -> None:
    key = seat("JAM.ministry reader key from=BRB clearance=0")
    assert (key.seat_kind, key.via, key.rank, key.seconded_from, key.clearance) == ("service", "api", 1, "BRB", 0)
    assert len({key.user_id, key.seat_id, key.desk_id}) == 3
    row = record("state=held desk_id=JAM.border to=[JAM,BRB] of.user_id=me is_old()=no at=none")
    assert (row.state, row.desk_id, row.to, row.of.user_id) == (
        "held",
        DESKS["JAM.border"],
        ["JAM", "BRB"],
        key.user_id,
    )
    assert (row.is_old(), row.at) == (False, None)
    assert record("= [[JAM],[]]") == [["JAM"], []]
    for wrong in ("JAM.kitchen head", "JAM.border chief", "XXX.border head"):
        with pytest.raises(ValueError, match=r"no desk|knows no"):
            seat(wrong)


def test_others_are_the_desks_that_a_party_has_and_no_row_names() -> None:
    named = frozenset({"JAM.border", "JAM.customs"})
    assert list(each_seat("JAM.others head", named)) == [
        f"JAM.{name} head" for name in ("ministry", "intelligence", "contact", "administration", "oversight")
    ]
    assert len(list(each_seat("any.oversight reader/head"))) == 2 * 8
    assert not [one for one in each_seat("others head", named) if one in {"JAM.border head", "7T.border head"}]


def test_what_a_policy_reads_and_the_row_does_not_give_is_wrong() -> None:
    wrong = list(wrong_rows(load("apps.journeys.policy").may_hold, [Row("JAM.border head", "", "yes")]))
    assert len(wrong) == 1
    assert "no attribute 'owner_id'" in wrong[0]


def test_a_sample_is_the_same_for_the_same_seed_and_every_pattern_names_modules() -> None:
    patterns = ("apps/travellers/managers.py", "apps/access/marking.py")
    assert sampled(patterns, 9, 3) == sampled(patterns, 9, 3) != sampled(patterns, 9, 4)
    assert len(set(sampled(patterns, 9, 3))) == 9
    assert [pattern for pattern in MODULES if not list(PROJECT.glob(pattern))] == []
