"""The vote engine: the worked vectors, what the chair sees while voting, and the words of a result."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from apps.council.rules import result_words, votes
from apps.council.rules.result_words import explain, sentence
from apps.council.rules.rule_sets import RuleError, resolve
from apps.council.rules.votes import confirmed, evaluate, live

from .facts import RULE_SETS, council_poll, members_on, poll, read

VOTE_VECTORS = read("vote_vectors")["vectors"]
DEMO = [d for d in read("demo_decisions_2008")["decisions"] if "vote_input" in d]


def test_there_are_sixty_seven_worked_votes():
    assert len(VOTE_VECTORS) == 67


@pytest.mark.parametrize("vector", VOTE_VECTORS, ids=lambda vector: f"{vector['id']} {vector['title']}")
def test_a_worked_vote_comes_out_key_by_key(vector: dict[str, Any]):
    facts = vector["input"]
    assert evaluate(poll(RULE_SETS[facts["ruleset"]], facts)).as_data() == vector["expected"]


@pytest.mark.parametrize("decision", DEMO, ids=lambda decision: decision["working_no"])
def test_the_decisions_of_the_demonstration_come_out_as_told(decision: dict[str, Any]):
    facts = decision["vote_input"]
    assert evaluate(poll(RULE_SETS[facts["ruleset"]], facts)).as_data() == decision["vote_result"]


@pytest.mark.parametrize("vector", VOTE_VECTORS, ids=lambda vector: vector["id"])
def test_every_worked_vote_can_be_told_in_words(vector: dict[str, Any]):
    facts = vector["input"]
    asked = poll(RULE_SETS[facts["ruleset"]], facts)
    result = evaluate(asked)
    said = {"ADOPTED": "Adopted", "REJECTED": "Rejected", "NO_QUORUM": "No quorum", "CONSENSUS_BROKEN": "Consensus"}
    assert sentence(result).startswith(said.get(result.outcome, ("Pending", "Not decided")))
    assert explain(asked, result)[0] == ("members", result.members_total)
    assert all(code in result_words.REJECTED_BALLOTS for _, code in result.rejected_ballots)


def test_the_rule_set_of_each_worked_vote_is_the_one_in_force_that_day():
    for vector in VOTE_VECTORS:
        facts = vector["input"]
        day = date.fromisoformat(facts["date"])
        if RULE_SETS[facts["ruleset"]].active and day.year >= 2006:
            assert resolve(RULE_SETS.values(), facts["organ"], day).id == facts["ruleset"]


def test_the_arithmetic_is_shown_line_by_line():
    asked = council_poll("FFFFFFFFFFFFFX", present=members_on(date(2008, 2, 20))[:14])
    assert explain(asked, evaluate(asked)) == [
        ("members", 15),
        ("entitled", 15),
        ("present", 14),
        ("quorum_required", 8),
        ("quorum", "met"),
        ("rule", "3/4 of 15 = 11.25, rounded up 12"),
        ("for", 13),
        ("against", 0),
        ("abstain", 1),
        ("ad_referendum", 0),
        ("not_voting", 1),
        ("comparison", "13 ≥ 12"),
        ("by_analogy", "Rules applied by analogy (RS-CONSLE-2006)."),
    ]


def test_states_without_vote_refused_ballots_and_the_veto_stand_in_the_arithmetic():
    asked = council_poll("FFFFFFFFFFFFFFA", question="DECISION_CRITICAL", arrears={"AG": "2005-01-01"})
    asked = replace(asked, wellbeing_determined=True)
    lines = explain(asked, evaluate(asked))
    assert ("without_vote", "AG ARREARS") in lines
    assert ("rejected", "AG ARREARS") in lines
    assert ("veto", 1) in lines


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (council_poll("FFFFFFFFFFFFF"), "Adopted: 13 for, 12 of 15 needed."),
        (council_poll("FFFFFFFFFFFAAXX"), "Rejected: 11 for, 12 of 15 needed."),
        (council_poll("FFFFFFFFFFRR"), "Pending: 10 for and 2 subject to Cabinet, 12 of 15 needed."),
        (
            council_poll("FFFFFFFFFFFFFFA", rules="RS-CONF-RTC-2001"),
            "Rejected: 14 for, 12 of 15 needed, but 1 against, and one is enough to defeat it.",
        ),
        (
            council_poll(method="CONSENSUS"),
            "Adopted by consensus: no objection, 15 entitled States present, 12 of 15 needed.",
        ),
        (council_poll(method="CONSENSUS", objections=["JM"]), "Consensus broken: 1 objection."),
        (
            council_poll("FFFFFFF", present=["AG", "BS"]),
            "No quorum: 2 present, 8 of 15 needed (Revised Treaty Art. 27(1)).",
        ),
    ],
)
def test_a_result_is_one_sentence(asked: votes.Poll, words: str):
    assert sentence(evaluate(asked)) == words


@pytest.mark.parametrize(
    ("question", "base", "words"),
    [
        ("PROCEDURAL", 15, "more than 1/2 of 15 = 7.5, so 8"),
        ("PROCEDURAL", 14, "more than 1/2 of 14 = 7, so 8"),
        ("RECOMMENDATION", 15, "2/3 of 15 = 10"),
        ("RECOMMENDATION", 14, "2/3 of 14 = 9.33…, rounded up 10"),
        ("DECISION", 14, "3/4 of 14 = 10.5, rounded up 11"),
    ],
)
def test_the_number_needed_is_derived_in_whole_numbers(question: str, base: int, words: str):
    found = RULE_SETS["RS-CONSLE-2006"].question(question)
    assert found is not None
    assert result_words.rule(found, base) == words


def test_while_voting_the_chair_sees_who_may_still_vote_and_whether_it_can_pass():
    standing = live(council_poll("FFFFFFFFF--AAXX"))
    assert (standing.votes_for, standing.needed, standing.outstanding) == (9, 12, ("MS", "KN"))
    assert standing.chance == votes.CANNOT_PASS


@pytest.mark.parametrize(
    ("cast", "chance"),
    [
        ("", votes.CAN_STILL_PASS),
        ("FFFFFFFFFFF", votes.CAN_STILL_PASS),
        ("FFFFFFFFFFFF", votes.HAS_PASSED),
        ("AAAF", votes.CAN_STILL_PASS),
        ("AAAAF", votes.CANNOT_PASS),
        ("FFFFFFFFFFRRAAA", votes.CAN_STILL_PASS),
    ],
)
def test_a_vote_stands_as_still_possible_lost_or_won(cast: str, chance: str):
    assert live(council_poll(cast)).chance == chance


def test_a_question_that_one_vote_defeats_has_not_passed_while_somebody_may_vote_against():
    assert live(council_poll("FFFFFFFFFFFFFF", rules="RS-CONF-RTC-2001")).chance == votes.CAN_STILL_PASS
    assert live(council_poll("FFFFFFFFFFFFFFX", rules="RS-CONF-RTC-2001")).chance == votes.HAS_PASSED
    assert live(council_poll("AFFFFFFFFFFFFF", rules="RS-CONF-RTC-2001")).chance == votes.CANNOT_PASS


def test_before_opening_the_chair_sees_that_eight_present_cannot_decide():
    standing = live(council_poll(present=members_on(date(2008, 2, 20))[:8]))
    assert (standing.chance, len(standing.outstanding), standing.needed) == (votes.CANNOT_PASS, 8, 12)


def test_a_shut_gate_is_named_while_voting():
    assert live(council_poll("F", financial_statement=False)).gate == votes.NO_STATEMENT
    assert live(council_poll("F", present=["AG"])).gate == votes.NO_QUORUM
    assert live(council_poll("F", question="AMENDMENT")).gate == votes.NO_QUESTION


def test_a_vote_subject_to_cabinet_counts_once_the_cabinet_has_agreed():
    pending = council_poll("FFFFFFFFFFRR")
    both = {"KN": True, "LC": True}
    assert evaluate(confirmed(pending, both)).outcome == votes.ADOPTED
    assert evaluate(confirmed(pending, {"KN": True})).outcome == votes.PENDING
    assert evaluate(confirmed(pending, both | {"LC": False})).outcome == votes.REJECTED


def test_a_refusal_of_the_cabinet_does_not_bring_an_earlier_ballot_back():
    twice = replace(council_poll(), ballots=(("AG", "FOR"), ("AG", "FOR_AD_REF")))
    assert evaluate(confirmed(twice, {"AG": False})).not_voting == 15


def test_an_earlier_vote_subject_to_cabinet_is_not_confirmed_after_it_was_changed():
    changed = replace(council_poll(), ballots=(("AG", "FOR_AD_REF"), ("AG", "AGAINST")))
    assert evaluate(confirmed(changed, {"AG": True})).against == 1


def test_a_vote_that_is_none_is_refused_by_name():
    with pytest.raises(RuleError, match="'MAYBE' of AG is not a vote"):
        replace(council_poll(), ballots=(("AG", "MAYBE"),))


def test_the_result_names_the_rules_it_was_counted_by():
    result = evaluate(council_poll("F"))
    assert (result.rule_set, len(result.rule_set_hash)) == ("RS-CONSLE-2006", 64)
    assert result.applied_by_analogy
