"""Rule sets: read once, resolved by day, recognised by their hash."""

import copy
from dataclasses import FrozenInstanceError
from datetime import date
from typing import Any

import pytest

from apps.council.rules.rule_sets import RuleError, RuleSet, resolve

from .facts import RULE_SETS, members_on, read

RULES = read("rulesets")
COUNCIL: dict[str, Any] = next(data for data in RULES["rulesets"] if data["id"] == "RS-CONSLE-2006")


def council(**changes: Any) -> dict[str, Any]:
    """The data of the Council's rules, with changes; a name with two underscores goes one level down."""
    data = copy.deepcopy(COUNCIL)
    for name, value in changes.items():
        outer, _, inner = name.partition("__")
        if inner:
            data[outer][inner] = value
        else:
            data[outer] = value
    return data


@pytest.mark.parametrize(("members", "table"), [(15, "_table_for_15"), (14, "_table_for_14")])
def test_the_numbers_needed_are_those_of_the_table(members: int, table: str):
    rules = RULE_SETS["RS-CONSLE-2006"]
    needed = {
        name.lower(): rules.question(name).required(members) for name in ("PROCEDURAL", "RECOMMENDATION", "DECISION")
    }  # type: ignore[union-attr]
    assert {"quorum": rules.quorum.required(members), **needed}.items() <= RULES[table].items()


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("1973-08-01", 4),
        ("1974-05-01", 10),
        ("1974-07-04", 11),
        ("1974-07-26", 12),
        ("1983-07-04", 13),
        ("1995-07-04", 14),
        ("2002-07-01", 14),
        ("2002-07-02", 15),
        ("2008-01-21", 15),
    ],
)
def test_the_membership_the_votes_are_tried_with_is_that_of_the_day(day: str, count: int):
    assert len(members_on(date.fromisoformat(day))) == count


def test_a_rule_set_governs_the_organs_it_is_applied_to():
    assert resolve(RULE_SETS.values(), "COFCOR", date(2008, 2, 20)).id == "RS-COUNCIL-RTC-2001"


def test_no_rule_set_is_an_error_that_names_organ_and_day():
    with pytest.raises(RuleError, match="No rule set is in force for CONSLE on 2005-12-31"):
        resolve(RULE_SETS.values(), "CONSLE", date(2005, 12, 31))


def test_two_rule_sets_are_an_error_that_names_both():
    second = RuleSet.from_data(council(id="SECOND"))
    with pytest.raises(RuleError, match=r"2 rule sets are in force .*: RS-CONSLE-2006 and SECOND"):
        resolve([*RULE_SETS.values(), second], "CONSLE", date(2008, 2, 20))


def test_a_variant_kept_for_counsel_is_never_in_force():
    assert not RULE_SETS["RS-CONSLE-ENTITLED-VARIANT"].governs("CONSLE", date(2008, 2, 20))


def test_the_last_day_of_a_period_still_counts():
    ended = RuleSet.from_data(council(valid_to="2008-02-20"))
    assert ended.governs("CONSLE", date(2008, 2, 20))
    assert not ended.governs("CONSLE", date(2008, 2, 21))


def test_the_hash_follows_the_content_and_not_the_order_of_its_keys():
    backwards = dict(reversed(list(COUNCIL.items())))
    assert RuleSet.from_data(backwards).content_hash == RuleSet.from_data(COUNCIL).content_hash
    changed = RuleSet.from_data(council(quorum__fraction=[2, 3]))
    assert changed.content_hash != RuleSet.from_data(COUNCIL).content_hash


def test_a_rule_set_cannot_be_changed_once_read():
    with pytest.raises(FrozenInstanceError):
        RULE_SETS["RS-CONSLE-2006"].quorum.strictly_more = False  # type: ignore[misc]


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({k: v for k, v in COUNCIL.items() if k != "quorum"}, "RS-CONSLE-2006: quorum is missing"),
        (council(associates__may_vote=True), "Associate Members cannot vote"),
        (council(quorum__fraction=[3, 2]), "3/2"),
        (council(quorum__fraction=[1, 1]), "more than 1/1"),
        (council(proxy_voting=True), "proxies are not known"),
        (council(consensus__min_present="HALF"), "consensus.min_present cannot be 'HALF'"),
        (council(opt_out={"consent_of": "CONFERENCE"}), "RS-CONSLE-2006: .*missing"),
    ],
)
def test_rules_that_cannot_be_applied_are_refused_when_read(data: dict[str, Any], complaint: str):
    with pytest.raises(RuleError, match=complaint):
        RuleSet.from_data(data)
