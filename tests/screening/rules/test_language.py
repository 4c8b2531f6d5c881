"""The language of rules: what can be written, what it says, whom it holds for, and what is refused where."""

import itertools
import random

import pytest

from apps.screening.rules import DEEPEST, FACTS, LARGEST, BadRule, explain, holds, read_condition, sentence, written

YOUNG = {"fact": "person.age", "at_most": 24}
FROM_CARACAS = {"fact": "route.places", "is": "CCS"}
NEW_BOOK = {"fact": "document.expires_in", "at_least": 3500}
RULE = {"all": [FROM_CARACAS, YOUNG, {"not": {"fact": "route.status", "is_one_of": ["CREW", "TRANSIT_CREW"]}}]}
TRAVELLER = {"route.places": ["CCS", "POS", "BGI"], "person.age": 22, "route.status": "PASSENGER"}


def test_a_rule_is_read_told_and_written_as_it_was():
    rule = read_condition(RULE)
    assert written(rule) == RULE
    assert read_condition(written(rule)) == rule
    assert sentence(rule) == (
        "Place of call is CCS and age is 24 or less and not (travels as is one of CREW, TRANSIT_CREW)."
    )


def test_what_holds_says_by_what():
    rule = read_condition(RULE)
    assert holds(rule, TRAVELLER)
    assert explain(rule, TRAVELLER) == [
        ("route.places", "Journey calls at: BGI, CCS, POS (rule: CCS)"),
        ("person.age", "Age: 22 (rule: 24 or less)"),
        ("route.status", "Travels as: PASSENGER (rule: not one of CREW, TRANSIT_CREW)"),
    ]
    assert not holds(rule, TRAVELLER | {"person.age": 25})


def test_of_alternatives_only_those_that_hold_are_named():
    rule = read_condition({"any": [FROM_CARACAS, {"all": [YOUNG, NEW_BOOK]}]})
    assert [fact for fact, _text in explain(rule, TRAVELLER)] == ["route.places"]
    assert explain(rule, {}) == []


@pytest.mark.parametrize("value", [None, "", [], ()])
def test_what_is_not_known_picks_nobody_out(value):
    ask = {"fact": "document.issuer", "is": "BRB"}
    subject = {"document.issuer": value, "route.mode": "AIR"}
    for rule in (ask, {"not": ask}, {"all": [ask, {"fact": "route.mode", "is": "AIR"}]}):
        assert not holds(read_condition(rule), subject)
    assert holds(read_condition({"any": [ask, {"fact": "route.mode", "is": "AIR"}]}), subject)
    assert holds(read_condition({"fact": "document.issuer", "known": False}), subject)


def test_a_number_of_nought_and_a_no_are_known():
    assert holds(read_condition({"fact": "booking.hits", "at_most": 0}), {"booking.hits": 0})
    assert holds(read_condition({"fact": "booking.seat", "is": False}), {"booking.seat": False})


def of_three(kind, truths):
    """Kleene's tables, written out another way than the engine does."""
    if kind == "all":
        return False if False in truths else None if None in truths else True
    return True if True in truths else None if None in truths else False


@pytest.mark.parametrize("kind", ["all", "any"])
def test_groups_follow_the_tables_of_three_values(kind):
    leaf = {True: "AIR", False: "SEA", None: None}
    facts = ["route.mode", "route.carrier", "route.number"]
    wanted = {"route.mode": "AIR", "route.carrier": "AIR", "route.number": "AIR"}
    rule = read_condition({kind: [{"fact": fact, "is": wanted[fact]} for fact in facts]})
    denied = read_condition({"not": {kind: [{"fact": fact, "is": wanted[fact]} for fact in facts]}})
    for truths in itertools.product([True, False, None], repeat=3):
        subject = {fact: leaf[truth] for fact, truth in zip(facts, truths, strict=True)}
        assert holds(rule, subject) is (of_three(kind, truths) is True)
        assert holds(denied, subject) is (of_three(kind, truths) is False)


@pytest.mark.parametrize(
    ("rule", "pointer"),
    [
        (None, ""),
        ([], ""),
        ({}, ""),
        ({"all": []}, "/all"),
        ({"all": {}}, "/all"),
        ({"any": [RULE, 5]}, "/any/1"),
        ({"all": [RULE], "any": [RULE]}, ""),
        ({"not": []}, "/not"),
        ({"fact": "person.religion", "is": "X"}, "/fact"),
        ({"fact": ["route.mode"], "is": "AIR"}, "/fact"),
        ({"fact": "route.mode"}, ""),
        ({"fact": "route.mode", "is": "AIR", "known": True}, ""),
        ({"fact": "route.mode", "is": "RAIL"}, "/is"),
        ({"fact": "route.mode", "at_least": 3}, ""),
        ({"fact": "route.from", "is": "pos"}, "/is"),
        ({"fact": "route.from", "is_one_of": []}, "/is_one_of"),
        ({"fact": "route.from", "is_one_of": ["POS"] * 201}, "/is_one_of"),
        ({"fact": "route.from", "is_one_of": ["POS", "?"]}, "/is_one_of"),
        ({"fact": "route.from", "begins_with": "P*"}, "/begins_with"),
        ({"fact": "booking.size", "at_least": True}, "/at_least"),
        ({"fact": "booking.size", "at_least": "3"}, "/at_least"),
        ({"fact": "booking.size", "at_least": float("nan")}, "/at_least"),
        ({"fact": "booking.size", "at_least": 10**400}, "/at_least"),
        ({"fact": "booking.seat", "is": "yes"}, "/is"),
        ({"fact": "booking.seat", "known": 1}, "/known"),
    ],
)
def test_a_fault_is_named_at_its_place(rule, pointer):
    with pytest.raises(BadRule) as refused:
        read_condition(rule)
    assert [place for place, _message in refused.value.faults] == [pointer]


def test_every_fault_is_named_at_once():
    with pytest.raises(BadRule) as refused:
        read_condition({"all": [{"fact": "route.mode", "is": "RAIL"}, {"fact": "x"}, {"any": []}]})
    assert [place for place, _message in refused.value.faults] == ["/all/0/is", "/all/1/fact", "/all/2/any"]


PERSONAL = {"fact": "person.nationality", "is": "HTI"}


@pytest.mark.parametrize(
    "rule",
    [PERSONAL, {"not": PERSONAL}, {"all": [PERSONAL, YOUNG]}, {"any": [FROM_CARACAS, {"all": [PERSONAL, YOUNG]}]}],
)
def test_nobody_is_picked_out_for_what_he_is_alone(rule):
    with pytest.raises(BadRule, match="never enough"):
        read_condition(rule)


def test_who_he_is_may_narrow_what_he_does():
    assert read_condition({"all": [FROM_CARACAS, {"any": [PERSONAL, YOUNG]}]})


def test_nothing_is_asked_of_race_religion_health_or_politics():
    assert {name.split(".")[0] for name in FACTS} == {"person", "document", "route", "booking", "history", "list"}
    assert {name for name, fact in FACTS.items() if fact.person} == {"person.age", "person.sex", "person.nationality"}
    assert {name for name in FACTS if name.startswith("person.")} == {n for n, fact in FACTS.items() if fact.person}


def test_depth_and_size_are_bounded():
    deep = FROM_CARACAS
    for _ in range(DEEPEST - 1):
        deep = {"all": [deep]}
    assert read_condition(deep)
    with pytest.raises(BadRule, match="deep"):
        read_condition({"all": [deep]})
    for _ in range(2000):
        deep = {"not": deep}
    with pytest.raises(BadRule, match="deep"):
        read_condition(deep)
    assert read_condition({"all": [FROM_CARACAS] * LARGEST})
    with pytest.raises(BadRule, match="at most"):
        read_condition({"all": [{"any": [FROM_CARACAS] * LARGEST}] * 2})
    with pytest.raises(BadRule, match="at most"):
        read_condition({"all": [FROM_CARACAS] * 100_000})


def test_whatever_is_read_is_written_and_told():
    """Random trees, half of them broken: read or refused, never anything else."""
    dice = random.Random(7)
    values = ["AIR", "POS", 3, -1, True, None, ["POS"], {"a": 1}, "", "é", 2.5]

    def tree(depth):
        if depth == 0 or dice.random() < 0.4:
            how = dice.choice(["is", "is_one_of", "begins_with", "at_least", "at_most", "known"])
            return {"fact": dice.choice(list(FACTS)), how: dice.choice(values)}
        kind = dice.choice(["all", "any", "not", "none"])
        return {kind: tree(depth - 1) if kind == "not" else [tree(depth - 1) for _ in range(dice.randint(0, 3))]}

    good = 0
    for _ in range(3000):
        raw = tree(3)
        try:
            rule = read_condition(raw)
        except BadRule:
            continue
        good += 1
        assert written(rule) == raw
        assert sentence(rule).endswith(".")
        assert holds(rule, {}) in {True, False}
    assert good > 100
