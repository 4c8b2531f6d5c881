"""From the adopted text to the seal, and what can and cannot happen to it afterwards."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from apps.access.refusal import Refused
from apps.council.actions import amendments, drafts, seals, votes
from apps.council.models import Clause, Decision, SealedEntry
from apps.council.queries.seals import first_broken
from tests.council.people import SECRETARIAT, a_draft, a_proposal, a_session


def an_adopted(cast, **fields):
    meeting = a_session()
    decision = a_proposal(cast, meeting=meeting.pk, **fields)
    return votes.adopt_decision_by_consensus(cast[SECRETARIAT], decision)


def a_sealed(cast, **fields):
    return seals.seal_decision(cast[SECRETARIAT], an_adopted(cast, **fields))


def test_a_sealed_decision_has_number_hash_votes_and_rule_set_and_comes_into_force_by_itself(cast, drain):
    decision = a_sealed(cast)
    assert decision.number == f"CONSLE/{decision.adopted_on.year}/{decision.meeting.number}/DEC/01"
    entry = SealedEntry.objects.get()
    assert (entry.seal, entry.content["rule_set"][0]) == (decision.seal, "RS-CONSLE-2006")
    drain()
    decision.refresh_from_db()
    assert (decision.state, decision.in_force_on) == ("in_force", decision.adopted_on)
    assert len(Clause.objects.get(decision=decision, number="1").addressees) == 15
    assert Clause.objects.get(decision=decision, number="2").addressees == ["IMPACS"]


def test_a_decision_for_a_later_day_waits_for_it(cast, drain):
    decision = seals.seal_decision(cast[SECRETARIAT], an_adopted(cast), effective_on=datetime.date(2100, 1, 1))
    drain()
    decision.refresh_from_db()
    assert decision.state == "sealed"


def test_the_database_refuses_to_change_a_sealed_text(cast):
    decision = a_sealed(cast)
    for change in (
        lambda: Decision.objects.filter(pk=decision.pk).update(title="Another title"),
        lambda: Clause.objects.filter(decision=decision).update(text="Something else."),
        lambda: Clause.objects.filter(decision=decision).delete(),
        lambda: SealedEntry.objects.update(seal="0" * 64),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_numbers_run_through_a_meeting_over_all_kinds(cast):
    meeting = a_session()
    for kind in ("procedural", "decision", "recommendation"):
        decision = a_proposal(cast, meeting=meeting.pk, kind=kind)
        decision = votes.adopt_decision_by_consensus(cast[SECRETARIAT], decision)
        seals.seal_decision(cast[SECRETARIAT], decision)
    numbers = Decision.objects.order_by("pk").values_list("number", flat=True)
    assert [number.split("/")[3:] for number in numbers] == [["PRO", "01"], ["DEC", "02"], ["REC", "03"]]


def test_a_correction_is_an_act_of_its_own_and_leaves_the_sealed_text(cast):
    decision = a_sealed(cast)
    before = decision.text_hash
    with pytest.raises(Exception, match="These words are not in the sealed text"):
        seals.correct_decision(
            cast[SECRETARIAT], decision, clause="1", wrong="a contct", right="a contact", reason="Slip"
        )
    decision = seals.correct_decision(
        cast[SECRETARIAT], decision, clause="1", wrong="a contact", right="one contact", reason="Slip of the pen."
    )
    assert decision.text_hash == before
    assert [entry.kind for entry in SealedEntry.objects.order_by("position")] == ["decision", "correction"]
    assert first_broken() is None


@pytest.mark.django_db(transaction=True)
def test_a_sealed_title_that_somebody_changes_in_the_database_is_found(cast, as_owner):
    first = a_sealed(cast)
    a_sealed(cast)
    assert first_broken() is None
    as_owner(
        "ALTER TABLE council_decision DISABLE TRIGGER sealed",
        f"UPDATE council_decision SET title = 'Another title' WHERE id = '{first.pk}'",
        "ALTER TABLE council_decision ENABLE TRIGGER sealed",
    )
    assert first_broken() == first.number


def test_an_accepted_amendment_is_a_new_version_with_a_new_hash(cast):
    decision = a_proposal(cast)
    before = decision.text_hash
    decision = amendments.propose_amendment(
        cast["brb.ministry.decider"],
        decision,
        clause="1",
        text="Each Member State names two contacts.",
    )
    assert decision.state == "amending"
    with pytest.raises(Refused, match=r"vote-needs-text: .*Settle the amendments"):
        votes.open_vote(cast[SECRETARIAT], decision)
    decision = amendments.accept_amendment(cast[SECRETARIAT], decision, number=1)
    assert (decision.state, decision.text_version) == ("proposed", 2)
    assert decision.text_hash != before


def test_a_draft_is_seen_by_its_desk_and_the_secretariat_alone(cast, api):
    decision = a_draft(cast, by="jam.ministry.decider")
    address = f"/api/v1/council/decisions/{decision.pk}/"
    assert api("JAM.ministry").get(address).status_code == 200
    assert api("IMPACS.secretariat").get(address).status_code == 200
    assert api("BRB.ministry").get(address).status_code == 404


def test_a_rejected_decision_stays_and_is_drafted_again_as_a_new_one(cast):
    meeting = a_session()
    old = votes.open_vote(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk))
    old = votes.close_vote(cast[SECRETARIAT], old)
    new = drafts.retable_decision(cast["jam.ministry.decider"], None, decision=old.pk)
    assert (new.retabled_from_id, new.state, new.text_hash) == (old.pk, "draft", old.text_hash)


def test_a_later_decision_supersedes_an_earlier_one(cast, drain):
    old, new = a_sealed(cast), a_sealed(cast)
    drain()
    old.refresh_from_db()
    old = seals.supersede_decision(cast[SECRETARIAT], old, by=new.number)
    assert (old.state, old.superseded_by_id) == ("superseded", new.pk)


@pytest.mark.parametrize(
    ("clauses", "says"),
    [
        ([], "This field is required"),
        ([{"text": "", "addressees": "ALL_MEMBER_STATES"}], "Clause 1: write its text"),
        ([{"text": "Do it.", "addressees": "EVERYBODY"}], "EVERYBODY"),
        ([{"text": "Do it.", "addressees": ["CYM"]}], "not a Member State"),
        ([{"text": "Do it.", "addressees": "STATES_LIVE:APIS"}], "The register records how many States use"),
        ([{"text": "Do it.", "addressees": "ALL_MEMBER_STATES", "due": "soon"}], "as 2026-12-31"),
        ([{"text": "Do it.", "addressees": "ALL_MEMBER_STATES", "colour": "red"}], "no field colour"),
        ({"text": "Do it."}, "Write at least one clause"),
    ],
)
def test_a_bad_clause_is_named_with_what_to_write(api, clauses, says):
    answer = api("IMPACS.secretariat").post(
        "/api/v1/council/decisions/", {"title": "T", "kind": "decision", "clauses": clauses}, format="json"
    )
    assert answer.status_code == 400
    errors = answer.json()["errors"]
    assert errors[0]["pointer"] == "/clauses"
    assert says in errors[0]["message"]
