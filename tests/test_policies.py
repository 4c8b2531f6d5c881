"""Every policy has a truth table, `tests/APP/policy.toml`: all that it can answer, and what a small fault changes."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest

from apps.access.actor import Actor
from apps.access.verdict import Verdict
from tests.policies import codes_of, functions_of, load, module_name, policy_files, tables, unnoticed, wrong_rows

MODULES = [module_name(file) for file in policy_files()]
POLICIES = {
    f"{module.removeprefix('apps.')}.{name}": function
    for module in MODULES
    for name, function in functions_of(load(module)).items()
}


UNSEEN = {"exchange.policy.may_ask": "what is answered where no app has a line: tests/exchange/test_lines.py"}
"""Policies in which faults may go unseen that their own test notices."""


@dataclass(frozen=True)
class Line:
    """A line of requests, as far as a policy asks it."""

    code: str
    clock: str
    officers_send: bool
    may_ask: Callable[[Actor], Verdict]


@pytest.fixture(autouse=True)
def _lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests run over lines that the apps above answer for: here two."""
    community, ministries = load("apps.rifc.policy").may_write, load("apps.council.policy").may_speak_for_state
    lines = [
        Line("cisnet", "RIFC.automation", officers_send=False, may_ask=partial(community, _row=None)),
        Line("other", "JRCC.automation", officers_send=True, may_ask=partial(ministries, row=None)),
    ]
    monkeypatch.setattr(load("apps.exchange.rules.lines"), "_lines", lambda: {line.code: line for line in lines})


def test_each_policy_has_a_table_and_each_table_its_policy() -> None:
    assert len(POLICIES) > 280
    assert sorted(set(POLICIES) - set(tables())) == [], "without rows: tests/APP/policy.toml, see tests/policies.py"
    assert sorted(place for place in set(tables()) - set(POLICIES) if not tables()[place].is_constant) == [], (
        "of nothing"
    )


@pytest.mark.parametrize("place", sorted(tables()))
def test_a_policy_answers_as_its_table_says(place: str) -> None:
    table = tables()[place]
    asked = POLICIES.get(place) or getattr(load(table.module), table.name)
    assert list(wrong_rows(asked, table.rows)) == []


@pytest.mark.parametrize("place", sorted(POLICIES.keys() & tables().keys()))
def test_a_table_reaches_each_answer(place: str) -> None:
    """Each code that the policy can give, yes, and no where it gives no code; or says `never`, and is right."""
    function, table = POLICIES[place], tables()[place]
    answers, never = {row.answer for row in table.rows}, set(table.never)
    expected = set(codes_of(function))
    returns = inspect.get_annotations(function, eval_str=True)["return"]
    if returns is bool:
        expected |= {"yes", "no"}
    elif returns == Verdict:
        expected |= {"yes"}
    assert sorted(expected - answers - never) == []
    assert sorted(never - (expected - answers)) == [], "said never to be given"


@pytest.mark.parametrize("module", MODULES)
def test_the_tables_notice_each_small_fault(module: str) -> None:
    short = module.removeprefix("apps.")
    assert [str(fault) for fault in unnoticed(load(module)) if f"{short}.{fault.where}" not in UNSEEN] == []
