"""Why a vote cannot be held, cast, recorded, closed or confirmed: each in the words of the rule that says so."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from apps.access.refusal import Refused
from apps.council.actions import confirmations, drafts, seals, votes
from apps.council.models import Decision, Vote
from tests.council.decisions.test_sealing import a_sealed, an_adopted
from tests.council.decisions.test_voting import WITH_PEOPLE, an_open_vote, decider
from tests.council.people import SECRETARIAT, a_proposal, a_session
from tests.council.room.people import actor_of


def code_of(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def test_a_state_without_a_vote_is_told_which_rule_takes_it(cast: Any) -> None:
    decision = an_open_vote(cast, present=[*WITH_PEOPLE, "DMA"])
    for who, code in (
        (decider(cast, "CYM"), "vote-associate"),
        (replace(decider(cast, "JAM"), party_code="XXK"), "vote-not-member"),
        (actor_of("VCT.ministry"), "vote-not-present"),
    ):
        assert code_of(lambda who=who: votes.cast_vote(who, decision, vote="for")) == code
    assert code_of(lambda: votes.change_vote(decider(cast, "JAM"), decision, vote="for")) == "not-voted-yet"
    assert votes.cast_vote(decider(cast, "JAM"), decision, vote="for").state == "voting"


def test_a_party_to_the_dispute_has_no_vote_where_the_rules_bar_it(cast: Any) -> None:
    """Those of the Conference do: Revised Treaty, Article 28(4)."""
    decision = an_open_vote(cast)
    running = Vote.objects.get(decision=decision)
    poll = running.poll | {"dispute_parties": ["BRB"]}
    Vote.objects.filter(pk=running.pk).update(rule_set="RS-CONF-RTC-2001", poll=poll)
    assert code_of(lambda: votes.cast_vote(decider(cast, "BRB"), decision, vote="for")) == "vote-dispute"
    assert votes.cast_vote(decider(cast, "JAM"), decision, vote="for").state == "voting"


def test_an_electronic_vote_is_recorded_by_nobody_but_the_states(cast: Any) -> None:
    decision = an_open_vote(cast)
    recording = code_of(lambda: votes.record_vote(cast[SECRETARIAT], decision, party="JAM", vote="for"))
    assert recording == "not-by-hand"


def test_a_text_that_changed_under_its_vote_is_neither_closed_nor_sealed(cast: Any) -> None:
    decision, keeper = an_open_vote(cast), cast[SECRETARIAT]
    Vote.objects.filter(decision=decision).update(text_hash="0" * 64)
    assert code_of(lambda: votes.close_vote(keeper, decision)) == "text-changed"
    adopted = an_adopted(cast)
    Decision.objects.filter(pk=adopted.pk).update(text_hash="0" * 64)
    assert code_of(lambda: seals.seal_decision(keeper, adopted)) == "text-changed"


def test_consensus_is_found_in_a_meeting_and_by_a_rule_that_answers_the_question(cast: Any) -> None:
    keeper = cast[SECRETARIAT]
    alone = a_proposal(cast)
    assert code_of(lambda: votes.adopt_decision_by_consensus(keeper, alone)) == "consensus-needs-meeting"
    decision = a_proposal(cast, meeting=a_session().pk)
    Decision.objects.filter(pk=decision.pk).update(question="a question of no rule set")
    decision = Decision.objects.get(pk=decision.pk)
    assert code_of(lambda: votes.open_vote(keeper, decision)) == "no-rule-for-question"


def test_only_a_state_that_was_absent_confirms_a_consensus_of_too_few_and_once(cast: Any) -> None:
    meeting = a_session(present=[*WITH_PEOPLE, "DMA"])
    waiting = votes.adopt_decision_by_consensus(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk))
    assert waiting.state == "pending_referendum"
    assert (
        code_of(lambda: confirmations.confirm_decision(decider(cast, "JAM"), waiting, confirmed=True))
        == "nothing-to-confirm"
    )
    waiting = confirmations.confirm_decision(actor_of("VCT.ministry"), waiting, confirmed=True)
    assert waiting.state == "pending_referendum"
    assert (
        code_of(lambda: confirmations.confirm_decision(actor_of("VCT.ministry"), waiting, confirmed=True))
        == "nothing-to-confirm"
    )


def test_only_a_rejected_decision_is_drafted_again(cast: Any) -> None:
    decision = a_proposal(cast)
    assert code_of(lambda: drafts.retable_decision(cast[SECRETARIAT], None, decision=decision.pk)) == "only-rejected"


def test_what_is_above_official_does_not_enter_the_public_register(cast: Any) -> None:
    decision = a_sealed(cast)
    Decision.objects.filter(pk=decision.pk).update(level=2)
    decision = Decision.objects.get(pk=decision.pk)
    assert code_of(lambda: seals.publish_decision(cast[SECRETARIAT], decision)) == "level-too-high"
