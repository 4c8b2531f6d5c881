"""A program that sends the same thing again, or something else under the same key, or on what it no longer knows."""

import pytest

from apps.council.actions import votes
from apps.council.models import Ballot, Decision, Reply, SealedEntry, Vote
from tests.council.people import SECRETARIAT, a_proposal, a_session
from tests.council.procedures.people import Clock, ministers, running

pytestmark = pytest.mark.django_db


def act(program, collection, row, verb, body, **headers):
    url = f"/api/v1/council/{collection}/{row.pk}/actions/{verb}/"
    return program.post(url, body, format="json", headers=headers)


@pytest.fixture
def vote(cast):
    meeting = a_session()
    return votes.open_vote(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk))


def test_a_ballot_sent_twice_under_one_key_is_one_ballot_and_another_under_it_is_a_conflict(api, vote):
    jamaica = api("JAM.ministry")
    first = act(jamaica, "decisions", vote, "cast_vote", {"vote": "for"}, **{"Idempotency-Key": "ballot"})
    again = act(jamaica, "decisions", vote, "cast_vote", {"vote": "for"}, **{"Idempotency-Key": "ballot"})
    assert (first.status_code, again.status_code, again["Idempotency-Replayed"]) == (200, 200, "true")
    assert again.json() == first.json()
    other = act(jamaica, "decisions", vote, "cast_vote", {"vote": "against"}, **{"Idempotency-Key": "ballot"})
    assert (other.status_code, other.json()["code"]) == (409, "idempotency-conflict")
    without = act(jamaica, "decisions", vote, "cast_vote", {"vote": "for"})
    assert (without.status_code, without.json()["code"]) == (409, "voted-already")
    assert Ballot.objects.count() == 1


def test_the_key_of_one_state_is_nothing_to_another(api, vote):
    for desk in ("JAM.ministry", "BRB.ministry"):
        done = act(api(desk), "decisions", vote, "cast_vote", {"vote": "for"}, **{"Idempotency-Key": "ballot"})
        assert "Idempotency-Replayed" not in done
    assert Ballot.objects.count() == 2


def test_a_vote_on_a_version_that_has_passed_is_refused_and_not_counted(api, vote):
    jamaica, barbados = api("JAM.ministry"), api("BRB.ministry")
    tag = jamaica.get(f"/api/v1/council/decisions/{vote.pk}/")["ETag"]
    assert act(barbados, "decisions", vote, "cast_vote", {"vote": "for"}).status_code == 200
    late = act(jamaica, "decisions", vote, "cast_vote", {"vote": "for"}, **{"If-Match": tag})
    assert (late.status_code, late["Content-Type"]) == (412, "application/problem+json")
    assert list(Ballot.objects.values_list("party_id", flat=True)) == ["BRB"]


def test_a_seal_asked_for_twice_is_one_seal(cast, api):
    meeting = a_session()
    decision = votes.adopt_decision_by_consensus(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk))
    keeper = api("IMPACS.secretariat")
    first, again = (act(keeper, "decisions", decision, "seal", {}, **{"Idempotency-Key": "seal"}) for _time in range(2))
    assert again.json() == first.json()
    other = act(keeper, "decisions", decision, "seal", {"effective_on": "2100-01-01"}, **{"Idempotency-Key": "seal"})
    assert (other.status_code, other.json()["code"]) == (409, "idempotency-conflict")
    assert act(keeper, "decisions", decision, "seal", {}).json()["code"] == "only-adopted"
    assert SealedEntry.objects.count() == 1
    assert Decision.objects.get(pk=decision.pk).number.endswith("/DEC/01")


def test_a_reply_sent_twice_under_one_key_is_one_reply(cast, api, monkeypatch):
    row = running(cast, Clock(monkeypatch))
    grenada, body = api("GRD.ministry"), {"text_hash": row.text_hash, "reason": "Too dear"}
    first, again = (act(grenada, "procedures", row, "object", body, **{"Idempotency-Key": "no"}) for _time in range(2))
    assert again.json() == first.json()
    other = act(grenada, "procedures", row, "object", {**body, "reason": "x"}, **{"Idempotency-Key": "no"})
    assert (other.status_code, other.json()["code"]) == (409, "idempotency-conflict")
    assert Reply.objects.filter(procedure=row).count() == 1


def test_a_cabinets_answer_is_taken_as_true_or_false(cast, api):
    meeting = a_session()
    decision = votes.open_vote(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk))
    states = ministers()
    for code in Vote.objects.get().poll["members"][:12]:
        votes.cast_vote(states[code], decision, vote="for_ad_referendum" if code == "BRB" else "for")
    decision = votes.close_vote(cast[SECRETARIAT], decision)
    assert decision.state == "pending_referendum"
    barbados = api("BRB.ministry")
    assert act(barbados, "decisions", decision, "confirm", {"confirmed": "perhaps"}).status_code == 400
    done = act(barbados, "decisions", decision, "confirm", {"confirmed": True})
    assert (done.status_code, done.json().get("state")) == (200, "adopted"), done.json()
