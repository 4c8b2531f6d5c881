"""What must hold for every vote, whatever the ballots: tried with generated ones."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from apps.council.rules import votes
from apps.council.rules.rule_sets import RuleSet, need, resolve
from apps.council.rules.votes import Poll, evaluate, live

from .facts import RULE_SETS, associates_on, members_on, read

DAY = date(2008, 2, 20)
MEMBERS = members_on(DAY)
COUNCIL, CONFERENCE = RULE_SETS["RS-CONSLE-2006"], RULE_SETS["RS-CONF-RTC-2001"]

parties = st.sampled_from(MEMBERS)
ballots = st.lists(st.tuples(parties, st.sampled_from(votes.VOTES)), max_size=25).map(tuple)


@st.composite
def polls(draw: st.DrawFn, rule_sets: tuple[RuleSet, ...] = (COUNCIL, CONFERENCE)) -> Poll:
    """Any vote of one of the organs on a decision, a recommendation or a procedural motion."""
    return Poll(
        rule_set=draw(st.sampled_from(rule_sets)),
        day=DAY,
        question=draw(st.sampled_from(["DECISION", "RECOMMENDATION", "PROCEDURAL"])),
        members=MEMBERS,
        associates=frozenset(associates_on(DAY)),
        present=frozenset(draw(st.sets(parties, min_size=5))),
        ballots=draw(ballots),
        arrears={party: date(2005, 1, 1) for party in draw(st.sets(parties, max_size=4))},
        credentials_missing=frozenset(draw(st.sets(parties, max_size=2))),
        financial_statement=draw(st.booleans()),
    )


@given(polls(), parties)
def test_a_ballot_changed_to_for_never_turns_adopted_into_rejected(poll: Poll, party: str):
    changed = replace(poll, ballots=(*poll.ballots, (party, votes.FOR)))
    if evaluate(poll).outcome == votes.ADOPTED:
        assert evaluate(changed).outcome == votes.ADOPTED
    assert evaluate(changed).votes_for >= evaluate(poll).votes_for


@given(polls(), st.sampled_from(associates_on(DAY)), st.sampled_from(votes.VOTES), st.integers(0, 25))
def test_a_ballot_of_an_associate_changes_nothing_but_the_list_of_refused_ones(
    poll: Poll, associate: str, vote: str, place: int
):
    cast = (*poll.ballots[:place], (associate, vote), *poll.ballots[place:])
    with_it, without = evaluate(replace(poll, ballots=cast)), evaluate(poll)
    assert (associate, votes.ASSOCIATE_MEMBER) in with_it.rejected_ballots
    assert replace(with_it, rejected_ballots=without.rejected_ballots) == without


@given(polls(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_of_different_states_does_not_matter(poll: Poll, chance: Any):
    once = dict(poll.ballots)
    first, shuffled = list(once.items()), list(once.items())
    chance.shuffle(shuffled)
    one, other = (evaluate(replace(poll, ballots=tuple(cast))) for cast in (first, shuffled))
    assert replace(one, rejected_ballots=()) == replace(other, rejected_ballots=())


@given(st.integers(1, 60), st.integers(1, 20), st.integers(1, 20), st.booleans())
def test_never_more_votes_are_needed_than_there_are_states(base: int, numerator: int, more: int, strictly: bool):
    fraction = (numerator, numerator + more)
    needed = need(base, fraction, strictly)
    assert 1 <= needed <= base
    reached, short = needed * fraction[1], (needed - 1) * fraction[1]
    assert (reached > fraction[0] * base) if strictly else (reached >= fraction[0] * base)
    assert (short <= fraction[0] * base) if strictly else (short < fraction[0] * base)


@given(polls())
def test_a_newer_rule_set_does_not_touch_a_vote_of_the_day_before_it(poll: Poll):
    newer = dict(read_rules(poll.rule_set.id), id="NEWER", valid_from="2009-01-01")
    older = dict(read_rules(poll.rule_set.id), valid_to="2008-12-31")
    both = [RuleSet.from_data(older), RuleSet.from_data(newer)]
    again = replace(poll, rule_set=resolve(both, poll.rule_set.organ, poll.day))
    assert evaluate(again).as_data() == evaluate(poll).as_data()


@given(polls(rule_sets=(COUNCIL,)), parties)
def test_arrears_only_ever_lower_the_votes_for_in_a_council(poll: Poll, party: str):
    clear, behind = evaluate(replace(poll, arrears={})), evaluate(replace(poll, arrears={party: date(2005, 1, 1)}))
    assert behind.votes_for <= clear.votes_for
    assert not (behind.outcome == votes.ADOPTED and clear.outcome != votes.ADOPTED)


def test_arrears_of_the_only_opponent_remove_a_veto_in_the_conference():
    cast = tuple((party, votes.AGAINST if party == "TT" else votes.FOR) for party in MEMBERS)
    poll = Poll(CONFERENCE, DAY, "DECISION", MEMBERS, present=frozenset(MEMBERS), ballots=cast)
    assert evaluate(poll).outcome == votes.REJECTED
    assert evaluate(replace(poll, arrears={"TT": date(2005, 1, 1)})).outcome == votes.ADOPTED


@given(polls())
def test_the_counts_add_up_to_the_membership(poll: Poll):
    result = evaluate(poll)
    counted = result.votes_for + result.against + result.abstain + result.ad_referendum + result.not_voting
    assert counted == result.members_total == len(MEMBERS)


@given(polls(), st.lists(st.sampled_from(votes.VOTES), min_size=15, max_size=15))
def test_what_cannot_pass_does_not_pass_however_the_others_vote(poll: Poll, rest: list[str]):
    standing = live(poll)
    closed = replace(poll, ballots=poll.ballots + tuple(zip(standing.outstanding, rest, strict=False)))
    if standing.chance == votes.CANNOT_PASS:
        assert evaluate(closed).outcome not in {votes.ADOPTED, votes.PENDING}
    if standing.chance == votes.HAS_PASSED:
        assert evaluate(closed).outcome == votes.ADOPTED


@given(polls())
def test_what_can_still_pass_passes_if_the_others_vote_for_and_the_cabinets_agree(poll: Poll):
    standing = live(poll)
    last = {party: votes.FOR for party in standing.outstanding}
    closed = replace(poll, ballots=(*poll.ballots, *last.items()))
    agreed = votes.confirmed(closed, dict.fromkeys(MEMBERS, True))
    assert (evaluate(agreed).outcome == votes.ADOPTED) == (standing.chance != votes.CANNOT_PASS)


def read_rules(name: str) -> dict[str, Any]:
    """The data of one rule set."""
    return next(data for data in read("rulesets")["rulesets"] if data["id"] == name)
