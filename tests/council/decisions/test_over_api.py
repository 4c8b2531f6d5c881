"""Decisions by page and by program."""

import pytest

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.council.actions import declarations, votes
from apps.council.models import Ballot, Clause
from tests.council.decisions.test_sealing import a_sealed
from tests.council.decisions.test_voting import OTHERS, WITH_PEOPLE, an_open_vote, decider
from tests.council.people import SECRETARIAT, a_proposal, a_session


def test_twelve_of_fifteen_carry_a_council_decision(cast, api):
    decision = an_open_vote(cast)
    for party in WITH_PEOPLE:
        decision = votes.cast_vote(decider(cast, party), decision, vote="for")
    for party in OTHERS[:4]:
        answer = api(f"{party}.ministry").post(
            f"/api/v1/council/decisions/{decision.pk}/actions/cast_vote/", {"vote": "for"}, format="json"
        )
        assert answer.status_code == 200, answer.content
    decision = votes.close_vote(cast[SECRETARIAT], decision)
    assert decision.state == "adopted"
    assert decision.result["votes_for"] == decision.result["required"] == 12
    assert decision.result["sentence"] == "Adopted: 12 for, 12 of 15 needed."


def test_eleven_for_are_one_short_however_few_are_in_the_room(cast, api):
    decision = an_open_vote(cast, present=[*WITH_PEOPLE, *OTHERS[:3]])
    for party in WITH_PEOPLE:
        votes.cast_vote(decider(cast, party), decision, vote="for")
    for party in OTHERS[:3]:
        api(f"{party}.ministry").post(
            f"/api/v1/council/decisions/{decision.pk}/actions/cast_vote/", {"vote": "for"}, format="json"
        )
    decision = votes.close_vote(cast[SECRETARIAT], decision)
    assert (decision.state, decision.result["votes_for"]) == ("rejected", 11)


def test_an_associate_is_refused_with_the_article_and_the_count_is_unchanged(cast, api):
    decision = an_open_vote(cast)
    answer = api("CYM.ministry").post(
        f"/api/v1/council/decisions/{decision.pk}/actions/cast_vote/", {"vote": "for"}, format="json"
    )
    assert answer.status_code == 403
    assert "Article 27(1)" in answer.json()["detail"]
    assert not Ballot.objects.exists()
    assert AuditRecord.objects.filter(verb="decision.cast_vote", outcome="refused", party="CYM").exists()


def test_other_states_ballots_of_an_electronic_vote_are_secret_until_it_is_closed(cast, api):
    decision = an_open_vote(cast)
    votes.cast_vote(decider(cast, "BRB"), decision, vote="against", explanation="Costs.")
    address = f"/api/v1/council/decisions/{decision.pk}/"
    assert api("JAM.ministry").get(address).json()["votes"] == []
    assert api("IMPACS.secretariat").get(address).json()["votes"] == []
    assert [vote["vote"] for vote in api("BRB.ministry").get(address).json()["votes"]] == ["against"]
    votes.close_vote(cast[SECRETARIAT], decision)
    assert [vote["party"] for vote in api("JAM.ministry").get(address).json()["votes"]] == ["BRB"]


def test_a_proposal_after_the_vote_opened_takes_no_amendment_and_the_typed_text_is_kept(cast, client_for):
    meeting = a_session()
    decision = votes.open_vote(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk))
    page = client_for("brb.ministry.decider").post(
        f"/council/decisions/{decision.pk}/propose_amendment/",
        {"clause": "1", "text": "Each Member State names two contacts.", "reason": "One may be ill."},
    )
    assert page.status_code == 409
    assert b"No more amendments are possible" in page.content
    assert b"Each Member State names two contacts." in page.content


def test_a_reservation_names_clauses_and_is_for_member_states(cast, api):
    decision = a_sealed(cast)
    clause = Clause.objects.get(decision=decision, number="1")
    decision = declarations.enter_reservation(
        cast["brb.ministry.decider"], decision, clauses=[str(clause.pk)], text="Only in office hours."
    )
    shown = api("JAM.ministry").get(f"/api/v1/council/decisions/{decision.pk}/").json()["statements"]
    assert shown[0] | {"at": ""} == {
        "party": "BRB",
        "kind": "reservation",
        "clauses": ["1"],
        "text": "Only in office hours.",
        "state": "entered",
        "until": None,
        "at": "",
    }
    with pytest.raises(Refused, match="members-only"):
        declarations.enter_reservation(cast["cym.ministry.decider"], decision, text="We too.")


def test_no_verb_is_offered_that_the_decision_itself_rules_out(cast, api):
    """What the list of actions allows goes through; what it does not allow says why, and is refused the same way."""
    kinds = {kind: a_sealed(cast, kind=kind) for kind in ("decision", "recommendation", "procedural")}
    wanted = {
        "decision": {"enter_reservation": True, "ask_opt_out": True, "give_reasons": False, "accede": False},
        "recommendation": {"enter_reservation": True, "ask_opt_out": False, "give_reasons": True, "accede": True},
        "procedural": {"enter_reservation": False, "ask_opt_out": False, "give_reasons": False, "accede": True},
    }
    client = api("BRB.ministry")
    for kind, decision in kinds.items():
        place = f"/api/v1/council/decisions/{decision.pk}/actions/"
        offered = {one["verb"]: one for one in client.get(place).json()}
        for verb, allowed in wanted[kind].items():
            assert offered[verb]["allowed"] is allowed, (kind, verb)
            assert bool(offered[verb]["why_not"]) is not allowed
            answer = client.post(f"{place}{verb}/", {"text": "We say so."}, format="json")
            assert answer.status_code == (200 if allowed else 403), (kind, verb, answer.content)
            if not allowed:
                assert answer.json()["detail"] == offered[verb]["why_not"]


def test_a_state_that_the_conference_released_may_join_again_and_an_associate_may_join(cast, api):
    decision = a_sealed(cast)
    assert "BRB" in decision.bound
    decision = declarations.ask_opt_out(cast["brb.ministry.decider"], decision, text="Our law says otherwise.")
    decision = declarations.settle_opt_out(
        cast[SECRETARIAT], decision, party="BRB", answer="granted", basis="CONFERENCE/2026/50/DEC/01"
    )
    assert "BRB" not in decision.bound
    decision = declarations.accede_to_decision(cast["brb.ministry.decider"], decision, text="We join again.")
    decision = declarations.accede_to_decision(cast["cym.ministry.decider"], decision, text="We join.")
    assert {"BRB", "CYM"} <= set(decision.bound)
    with pytest.raises(Refused) as refused:
        declarations.accede_to_decision(cast["jam.ministry.decider"], decision, text="We too.")
    assert refused.value.code == "bound-already"
