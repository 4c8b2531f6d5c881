"""Evidence from the draft to the verified action: who may, what is missing, and who judges."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from apps.access.refusal import Refused
from apps.impacs import actions
from apps.impacs.models import Evidence, Secondment, StateAction, Turn
from apps.impacs.obligations.actions import fields
from apps.impacs.obligations.queries import status
from tests.impacs.people import BARBADOS, CAYMAN, JAMAICA, SECRETARIAT
from tests.impacs.working import (
    OFFICER,
    a_drafter,
    a_proof,
    an_action,
    fresh,
    in_days,
    submitted,
    verified,
    with_a_proof,
)

pytestmark = pytest.mark.django_db
READER = "brb.ministry.reader"


def colour(cast, row, day=None):
    return status.of_rows(cast[BARBADOS], [row], day or in_days(0))[row.pk][1].status


def test_a_proof_begins_the_work_and_is_the_states_own_draft(cast):
    row = an_action("letter")
    proof = with_a_proof(cast, row, requirement="letter")
    assert (fresh(row).state, proof.state) == ("in_progress", "draft")
    readers = [who for who in (BARBADOS, JAMAICA, SECRETARIAT) if Evidence.objects.visible_to(cast[who]).exists()]
    assert readers == [BARBADOS]


def test_what_the_clause_asks_for_has_to_be_there(cast):
    row = an_action("letter", "test call record")
    with_a_proof(cast, row, requirement="letter")
    with pytest.raises(ValidationError, match="test call record"):
        actions.submit_evidence(cast[BARBADOS], row)
    with_a_proof(cast, row, requirement="test call record")
    assert actions.submit_evidence(cast[BARBADOS], row).state == "submitted"


def test_a_clause_that_asks_for_no_proof_is_submitted_as_it_is(cast):
    assert actions.submit_evidence(cast[BARBADOS], an_action()).state == "submitted"


@pytest.mark.parametrize(("hour", "refused"), [(4, False), (23, False), (-1, True)])
def test_an_obligation_that_began_further_east_can_be_met_the_same_evening(cast, monkeypatch, hour, refused):
    row, jamaican = an_action(), cast[JAMAICA]
    midnight = datetime.datetime.combine(row.starts_on, datetime.time(), datetime.UTC)
    monkeypatch.setattr(fields.timezone, "now", lambda: midnight + datetime.timedelta(hours=hour))
    assert (fields.today(jamaican) < row.starts_on) is (hour != 23)
    assert (fields.today_on(jamaican, row) < row.starts_on) is refused


def test_one_act_can_bring_the_last_proof_and_submit(cast):
    row = actions.submit_evidence(cast[BARBADOS], an_action("letter"), **a_proof(requirement="letter"))
    assert (row.state, Evidence.objects.get(action=row).state) == ("submitted", "submitted")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"citation": ""}, "file"),
        ({"issued_on": in_days(1)}, "issued_on"),
        ({"valid_until": in_days(-2)}, "valid_until"),
        ({"audience": "NAMED"}, "named"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(cast, more, field):
    with pytest.raises(ValidationError) as wrong:
        actions.add_evidence(cast[BARBADOS], an_action(), **a_proof(**more))
    assert set(wrong.value.message_dict) == {field}
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("day", [in_days(1), in_days(-31)])
def test_the_day_of_completion_lies_between_the_beginning_and_today(cast, day):
    row = an_action()
    with pytest.raises(ValidationError) as wrong:
        actions.submit_evidence(cast[BARBADOS], row, completed_on=day)
    assert set(wrong.value.message_dict) == {"completed_on"}


def test_who_wrote_does_not_submit_where_there_is_a_second_person(cast):
    drafter = a_drafter()
    row = an_action("letter")
    with_a_proof(cast, row, requirement="letter")
    with pytest.raises(Refused) as refusal:
        actions.submit_evidence(cast[BARBADOS], row)
    assert refusal.value.code == "four-eyes"
    proof = Evidence.objects.get()
    actions.correct_evidence(cast[drafter], proof, **a_proof(title="Better letter"))
    assert actions.submit_evidence(cast[BARBADOS], row).state == "submitted"


def test_a_drafter_prepares_and_does_not_submit(cast):
    drafter, row = a_drafter(), an_action()
    with_a_proof(cast, row, who=drafter)
    with pytest.raises(Refused) as refusal:
        actions.submit_evidence(cast[drafter], row)
    assert refusal.value.code == "needs-decider"


@pytest.mark.parametrize(
    ("who", "code"), [(JAMAICA, "not-addressed"), (SECRETARIAT, "not-addressed"), (READER, "needs-officer")]
)
def test_nobody_else_brings_proofs_for_the_state(cast, who, code):
    with pytest.raises(Refused) as refusal:
        actions.add_evidence(cast[who], an_action(), **a_proof())
    assert refusal.value.code == code


def test_verified_is_blue_on_the_day_and_not_before(cast):
    row = verified(cast, an_action("letter"), requirement="letter")
    assert (row.state, colour(cast, row).colour) == ("verified", "BLUE")
    assert colour(cast, row, in_days(-1)).colour != "BLUE"
    assert Evidence.objects.get().state == "accepted"
    assert list(Turn.objects.filter(action=row).order_by("pk").values_list("kind", flat=True)) == [
        "submitted",
        "verified",
    ]


def test_the_agency_reads_what_was_submitted_and_other_states_do_not(cast):
    row = submitted(cast, an_action())
    seen = {who: Evidence.objects.visible_to(cast[who]).count() for who in (BARBADOS, SECRETARIAT, JAMAICA, CAYMAN)}
    assert seen == {BARBADOS: 1, SECRETARIAT: 1, JAMAICA: 0, CAYMAN: 0}
    assert row.state == "submitted"


def test_a_proof_is_shared_with_all_or_with_those_named_and_taken_away_again(cast):
    row = submitted(cast, an_action(), audience="NAMED", named=["JAM"])
    proof = Evidence.objects.get(action=row)
    readers = lambda: [  # noqa: E731
        who for who in (JAMAICA, "tto.ministry.decider", CAYMAN) if Evidence.objects.visible_to(cast[who]).exists()
    ]
    assert readers() == [JAMAICA]
    proof = actions.share_evidence(cast[BARBADOS], proof, audience="ALL_STATES")
    assert readers() == [JAMAICA, "tto.ministry.decider"]
    actions.share_evidence(cast[BARBADOS], proof, audience="STATE_AND_IMPACS")
    assert readers() == []


def test_a_returned_submission_says_why_for_each_proof_and_comes_back(cast):
    row = submitted(cast, an_action("letter"), requirement="letter")
    proof = Evidence.objects.get()
    actions.reject_evidence(cast[OFFICER], proof, code="ILLEGIBLE", text="The second page is black.")
    with pytest.raises(ValidationError, match="letter"):
        actions.verify_state_action(cast[OFFICER], row)
    row = actions.return_state_action(cast[OFFICER], row, reason="Scan it again, please.")
    assert (row.state, colour(cast, row).reasons[0]) == ("returned", "EVIDENCE_REJECTED")
    with pytest.raises(ValidationError, match="letter"):
        actions.submit_evidence(cast[BARBADOS], row)
    actions.correct_evidence(cast[BARBADOS], fresh(proof), **a_proof(requirement="letter", citation="Ref. 13/2026"))
    row = actions.submit_evidence(cast[BARBADOS], row)
    assert (row.state, fresh(proof).state) == ("submitted", "submitted")


def test_what_was_not_judged_one_by_one_is_not_accepted_with_the_return(cast):
    row = submitted(cast, an_action())
    actions.return_state_action(cast[OFFICER], row, reason="No.")
    assert (Evidence.objects.get().state, Evidence.objects.get().reject_code) == ("rejected", "INCOMPLETE")


def test_a_submission_is_taken_back_before_it_is_judged(cast):
    row = actions.take_back_state_action(cast[BARBADOS], submitted(cast, an_action()))
    assert (row.state, Evidence.objects.get().state) == ("in_progress", "draft")
    assert "AWAITING_VERIFICATION" not in colour(cast, row).reasons


@pytest.mark.parametrize("verb", ["verify", "return_", "accept", "reject"])
def test_whom_the_state_has_sent_does_not_verify_it(cast, verb):
    row = submitted(cast, an_action())
    person = cast[OFFICER]
    Secondment.objects.create(user_id=person.user_id, sending_state_id="BRB", valid_from=in_days(-9), seat_id=0)
    acts = {
        "verify": lambda: actions.verify_state_action(person, row),
        "return_": lambda: actions.return_state_action(person, row, reason="No."),
        "accept": lambda: actions.accept_evidence(person, Evidence.objects.get()),
        "reject": lambda: actions.reject_evidence(person, Evidence.objects.get(), code="ILLEGIBLE"),
    }
    with pytest.raises(Refused) as refusal:
        acts[verb]()
    assert refusal.value.code == "seconded-by-state"
    assert fresh(row).state == "submitted"


def test_a_secondment_that_is_over_or_of_another_state_hinders_nobody(cast):
    row = submitted(cast, an_action())
    person = cast[OFFICER]
    for state, until in (("BRB", in_days(0)), ("JAM", None)):
        Secondment.objects.create(
            user_id=person.user_id, sending_state_id=state, valid_from=in_days(-99), valid_to=until, seat_id=0
        )
    assert actions.verify_state_action(person, row).state == "verified"


@pytest.mark.parametrize("who", [BARBADOS, JAMAICA])
def test_only_the_agency_verifies(cast, who):
    row = submitted(cast, an_action())
    with pytest.raises(Refused) as refusal:
        actions.verify_state_action(cast[who], row)
    assert refusal.value.code == "not-verifier"


def test_the_director_reopens_after_the_state_was_heard(cast):
    row = verified(cast, an_action())
    with pytest.raises(Refused) as refusal:
        actions.reopen_state_action(cast[OFFICER], row, reason="The number is dead.", heard=True)
    assert refusal.value.code == "needs-director"
    row = actions.reopen_state_action(cast[SECRETARIAT], row, reason="The number is dead.", heard=True)
    assert (row.state, colour(cast, row).reasons[0]) == ("in_progress", "EVIDENCE_REJECTED")


def test_only_drafts_and_what_was_not_accepted_can_be_corrected_or_withdrawn(cast):
    submitted(cast, an_action())
    for act in (actions.withdraw_evidence, lambda who, row: actions.correct_evidence(who, row, **a_proof())):
        with pytest.raises(Refused, match="wrong-state"):
            act(cast[BARBADOS], Evidence.objects.get())


def test_a_proof_is_judged_while_its_action_is_submitted_and_changed_while_it_is_worked_on(cast):
    row = submitted(cast, an_action())
    Evidence.objects.update(state="draft")
    with pytest.raises(Refused, match="action-not-worked"):
        actions.correct_evidence(cast[BARBADOS], Evidence.objects.get(), **a_proof())
    Evidence.objects.update(state="submitted")
    StateAction.objects.filter(pk=row.pk).update(state="in_progress")
    with pytest.raises(Refused, match="not-submitted"):
        actions.accept_evidence(cast[OFFICER], Evidence.objects.get())


def test_two_verifiers_at_once_verify_once(cast):
    row = submitted(cast, an_action())
    stale = fresh(row)
    actions.verify_state_action(cast[SECRETARIAT], row)
    with pytest.raises(Refused, match="wrong-state"):
        actions.return_state_action(cast[OFFICER], stale, reason="No.")
    assert Turn.objects.filter(action=row).count() == 2
