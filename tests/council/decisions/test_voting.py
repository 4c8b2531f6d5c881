"""Votes on decisions: who may, what counts, and what it comes to."""

import datetime

import pytest

from apps.access.refusal import Refused
from apps.council.actions import contributions, drafts, votes
from apps.council.models import Ballot, Decision, Delegation
from tests.council.people import SECRETARIAT, a_proposal, a_session, leaves
from tests.worlds import world

WITH_PEOPLE = ["JAM", "BRB", "TTO", "GUY", "LCA", "ATG", "KNA", "SUR"]
OTHERS = ["BHS", "BLZ", "DMA", "GRD", "HTI", "MSR", "VCT"]


def decider(cast, party):
    return cast[f"{party.lower()}.ministry.decider"]


@world
def an_open_vote(cast, **more):
    meeting = a_session(**more)
    decision = a_proposal(cast, meeting=meeting.pk)
    return votes.open_vote(cast[SECRETARIAT], decision)


def test_a_state_more_than_two_years_in_arrears_is_refused_and_a_leave_of_the_conference_lets_it_vote(cast):
    keeper = cast[SECRETARIAT]
    contributions.record_contribution(
        keeper, None, party="BRB", year=2023, due_on=datetime.date(2023, 1, 31), amount_minor=100, currency="USD"
    )
    decision = an_open_vote(cast)
    with pytest.raises(Refused, match=r"27\(2\)") as refused:
        votes.cast_vote(decider(cast, "BRB"), decision, vote="for")
    assert refused.value.code == "vote-arrears"

    votes.void_vote(keeper, decision, reason="A leave of the Conference came in.")
    contributions.grant_arrears_waiver(
        keeper, None, party="BRB", valid_from=datetime.date(2009, 1, 1), basis="CONFERENCE/2026/50/DEC/01"
    )
    again = votes.open_vote(keeper, decision)
    assert votes.cast_vote(decider(cast, "BRB"), again, vote="for").state == "voting"


def test_a_second_vote_is_refused_but_a_change_before_the_close_counts_and_both_stay_in_the_log(cast):
    decision = an_open_vote(cast)
    votes.cast_vote(decider(cast, "BRB"), decision, vote="for")
    with pytest.raises(Refused) as refused:
        votes.cast_vote(decider(cast, "BRB"), decision, vote="against")
    assert (refused.value.reason, refused.value.code) == ("wrong-state", "voted-already")
    votes.change_vote(decider(cast, "BRB"), decision, vote="against")
    decision = votes.close_vote(cast[SECRETARIAT], decision)
    assert (decision.result["votes_for"], decision.result["against"]) == (0, 1)
    assert Ballot.objects.count() == 2


def test_after_the_close_nobody_votes_and_nothing_is_reopened(cast):
    decision = votes.close_vote(cast[SECRETARIAT], an_open_vote(cast))
    with pytest.raises(Refused) as refused:
        votes.cast_vote(decider(cast, "BRB"), decision, vote="for")
    assert refused.value.code == "vote-closed"
    with pytest.raises(Refused):
        votes.open_vote(cast[SECRETARIAT], decision)


def test_credentials_that_ended_at_midnight_take_the_vote(cast):
    decision = an_open_vote(cast)
    Delegation.objects.filter(party_id="BRB").update(credentials_until=datetime.date(2009, 1, 31))
    with pytest.raises(Refused) as refused:
        votes.cast_vote(decider(cast, "BRB"), decision, vote="for")
    assert refused.value.code == "vote-credentials"


def test_a_quorum_lost_during_the_vote_puts_the_text_back_on_the_table(cast):
    decision = an_open_vote(cast, present=WITH_PEOPLE)
    votes.cast_vote(decider(cast, "JAM"), decision, vote="for")
    leaves(decision.meeting, "KNA")
    decision = votes.close_vote(cast[SECRETARIAT], decision)
    assert (decision.state, decision.result["outcome"]) == ("proposed", "NO_QUORUM")
    assert "8 of 15 needed" in decision.result["sentence"]


def test_no_vote_opens_on_a_decision_without_its_financial_statement(cast):
    meeting = a_session()
    decision = drafts.draft_decision(
        cast[SECRETARIAT],
        None,
        title="A laboratory",
        kind="decision",
        meeting=meeting.pk,
        clauses=[{"text": "It is built.", "addressees": ["IMPACS"], "due": None}],
    )
    decision = drafts.propose_decision(cast[SECRETARIAT], decision)
    with pytest.raises(Refused, match=r"no-financial-statement: .*27\(5\)"):
        votes.open_vote(cast[SECRETARIAT], decision)


def test_a_show_of_hands_keeps_the_hand_that_does_not_count_with_its_reason(cast):
    meeting = a_session()
    decision = votes.open_vote(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk), method="show")
    votes.record_vote(cast[SECRETARIAT], decision, party="CYM", vote="for")
    decision = votes.record_vote(cast[SECRETARIAT], decision, party="JAM", vote="for")
    decision = votes.close_vote(cast[SECRETARIAT], decision)
    assert decision.result["rejected_ballots"] == [["CYM", "ASSOCIATE_MEMBER"]]
    assert decision.result["votes_for"] == 1


def test_consensus_with_nine_present_waits_for_confirmation_and_an_objection_breaks_it(cast):
    meeting = a_session(present=[*WITH_PEOPLE, "DMA"])
    waiting = votes.adopt_decision_by_consensus(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk))
    assert waiting.state == "pending_referendum"
    broken = votes.adopt_decision_by_consensus(
        cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk), objections=["BRB"]
    )
    assert (broken.state, broken.result["outcome"]) == ("proposed", "CONSENSUS_BROKEN")


def test_a_reader_of_the_ministry_does_not_bind_his_state(cast):
    decision = an_open_vote(cast)
    with pytest.raises(Refused) as refused:
        votes.cast_vote(cast["brb.ministry.reader"], decision, vote="for")
    assert refused.value.code == "needs-decider"


def test_the_chair_state_opens_and_closes_votes_and_no_other_state(cast):
    meeting = a_session()
    decision = a_proposal(cast, meeting=meeting.pk)
    assert Decision.objects.get(pk=decision.pk).chair_id == "TTO"
    with pytest.raises(Refused) as refused:
        votes.open_vote(decider(cast, "BRB"), decision)
    assert refused.value.code == "not-chair"
    assert votes.open_vote(decider(cast, "TTO"), decision).state == "voting"
