"""The edge cases of the silence procedure: sending, receipts, replies without effect, endings."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from apps.access.declared_actions import REGISTRY
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.council.actions import clock as council_clock
from apps.council.models import Circulation, Decision, Reply, VotingWaiver
from apps.council.procedures import actions
from apps.notices import actions as notices
from apps.notices.models import Notice
from apps.people.models import Desk, DeskToken, Seat
from tests.council.procedures.people import (
    SECRETARY,
    Clock,
    a_decision,
    a_draft,
    a_minister,
    behind,
    ministers,
    running,
    sent,
)

pytestmark = pytest.mark.django_db


def reply(who, row, verb=actions.object_to_procedure, **more):
    return verb(a_minister(who), row, text_hash=row.text_hash, **more)


def codes(row):
    return list(Reply.objects.filter(procedure=row).order_by("at", "pk").values_list("party_id", "kind", "code"))


def test_preparing_closes_the_decision_in_the_same_act(cast):
    row = a_draft(cast)
    decision = Decision.objects.get(pk=row.decision_id)
    assert decision.state == "pending_written"
    assert row.text_hash == decision.text_hash
    assert AuditRecord.objects.filter(verb="decision.to_written", object_id=str(decision.pk)).count() == 1
    with pytest.raises(ValidationError, match="Only a proposed decision can go to written procedure"):
        a_draft(cast, decision)


def test_no_act_changes_a_decision_that_is_in_writing():
    """A text touched after dispatch is impossible: there is nothing that could touch it."""
    assert [s.verb for s in REGISTRY.values() if s.model is Decision and "pending_written" in s.starts] == []


def test_only_chair_and_secretariat_put_a_decision_in_writing(cast):
    decision = a_decision(cast)
    for who in ("brb.ministry.decider", "brb.ministry.reader", "cym.ministry.decider", "jrcc.watch.officer"):
        with pytest.raises(Refused) as refusal:
            actions.prepare_procedure(cast[who], None, decision=decision)
        assert refusal.value.reason == "may-not"
    assert actions.prepare_procedure(cast["tto.ministry.decider"], None, decision=decision).chair_id == "TTO"


def test_what_a_vote_would_ask_is_asked_before_the_text_is_closed(cast):
    for columns, sentence in (
        ({"financial": None}, "statement of financial implications"),
        ({"question": "DECISION_CRITICAL"}, "critical to national well-being"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            a_draft(cast, a_decision(cast, **columns))


def test_a_period_below_the_minimum_needs_a_standing_decision(cast):
    decision = a_decision(cast)
    with pytest.raises(ValidationError, match="at least 72 hours"):
        a_draft(cast, decision, period_hours=24)
    with pytest.raises(ValidationError, match="sealed or in force"):
        a_draft(cast, decision, period_hours=24, urgent=True, urgent_basis="CONSLE/2008/1/DEC/09")
    with pytest.raises(ValidationError, match="at most 168 hours"):
        a_draft(cast, decision, period_hours=200)
    a_decision(cast, number="CONSLE/2008/1/DEC/01", state="in_force")
    row = a_draft(cast, decision, period_hours=24, urgent=True, urgent_basis="CONSLE/2008/1/DEC/01")
    assert (row.period_hours, row.rules["minimum_hours"]) == (24, 24)


def test_an_urgent_procedure_ends_within_its_own_hours(cast, monkeypatch):
    clock = Clock(monkeypatch)
    decision = a_decision(cast)
    a_decision(cast, number="CONSLE/2008/1/DEC/01", state="in_force")
    row = running(cast, clock, decision, period_hours=26, urgent=True, urgent_basis="CONSLE/2008/1/DEC/01")
    assert row.deadline.isoformat() == "2008-04-09T16:20:00+00:00"


def test_nothing_is_sent_while_a_ministry_is_empty(cast):
    ministers()
    row = a_draft(cast)
    DeskToken.objects.filter(seat__desk__code="HTI.ministry").update(state="revoked")
    Seat.objects.filter(desk__code="HTI.ministry").update(state="ended")
    with pytest.raises(ValidationError, match="ministry of HTI"):
        actions.dispatch_procedure(cast[SECRETARY], row)


def test_four_states_in_arrears_stop_the_sending_unless_a_reason_is_given(cast):
    behind("ATG", "BHS", "BRB", "BLZ")
    ministers()
    row = a_draft(cast)
    with pytest.raises(ValidationError, match="11 States have a vote and 12 are needed"):
        actions.dispatch_procedure(cast[SECRETARY], row)
    row = actions.dispatch_procedure(cast[SECRETARY], row, override_reason="payment is under way")
    assert row.poll["override"] == "payment is under way"
    assert row.poll["without_vote"]["ATG"] == "ARREARS"


def test_a_state_that_the_conference_lets_vote_counts_again(cast):
    behind("ATG", "BHS", "BRB", "BLZ")
    VotingWaiver.objects.create(
        party_id="BRB",
        valid_from=datetime.date(2008, 1, 1),
        basis="CONF/2007/28",
        owner=Desk.objects.get(code="IMPACS.secretariat"),
        originator_id="IMPACS",
    )
    assert sent(cast).poll["entitled"] == 12


def test_five_procedures_run_at_once_and_no_more(cast):
    for _ in range(5):
        sent(cast)
    with pytest.raises(ValidationError, match="already has 5 procedures running"):
        sent(cast)


def test_each_state_of_the_day_is_sent_the_text(cast, monkeypatch):
    Clock(monkeypatch)
    row = sent(cast)
    parties = set(Circulation.objects.filter(procedure=row).values_list("party_id", flat=True))
    assert set(row.poll["members"]) | set(row.poll["associates"]) == parties
    assert (len(row.poll["members"]), "BMU" in parties) == (15, True)


def test_bounced_mail_and_a_call_start_the_clock_at_the_call(cast, monkeypatch, drain):
    clock = Clock(monkeypatch)
    row = sent(cast)
    clock.set("2008-04-07T15:00:00+00:00")
    for code in row.poll["members"]:
        if code != "HTI":
            actions.acknowledge_procedure_receipt(a_minister(code), row)
    actions.record_procedure_bounce(cast[SECRETARY], row, party="HTI")
    drain()
    row.refresh_from_db()
    assert row.state == "dispatched"
    clock.set("2008-04-08T14:20:00+00:00")
    actions.record_procedure_receipt(
        cast[SECRETARY], row, party="HTI", kind="phone", note="Mr Jean, 509 22 12 34, 10.20"
    )
    drain()
    row.refresh_from_db()
    assert (row.state, row.started_at.isoformat()) == ("running", "2008-04-08T14:20:00+00:00")
    assert row.deadline.isoformat() == "2008-04-11T15:00:00+00:00"
    with pytest.raises(ValidationError, match="is already recorded"):
        actions.record_procedure_receipt(cast[SECRETARY], row, party="HTI", kind="mission", note="again")
    with pytest.raises(ValidationError, match="This State already has the text, or was not sent it"):
        actions.record_procedure_bounce(cast[SECRETARY], row, party="HTI")


def test_a_receipt_given_on_the_notice_is_the_states_receipt(cast, drain):
    row = sent(cast)
    drain()
    notice = Notice.objects.get(code="written.dispatched", owner__code="JAM.ministry", object_id=str(row.pk))
    notices.acknowledge_notice(cast["jam.ministry.decider"], notice)
    own = Notice.objects.get(code="written.dispatched", owner__code="IMPACS.secretariat", object_id=str(row.pk))
    notices.acknowledge_notice(cast[SECRETARY], own)
    drain()
    received = Circulation.objects.filter(procedure=row, receipt_at__isnull=False)
    assert list(received.values_list("party_id", "receipt_kind")) == [("JAM", "portal")]


def test_the_chair_starts_without_receipts_only_after_a_day_of_trying(cast, monkeypatch):
    clock = Clock(monkeypatch)
    row = sent(cast)
    clock.set("2008-04-08T12:00:00+00:00")
    with pytest.raises(ValidationError, match="First try for 24 hours"):
        actions.force_procedure_start(cast["tto.ministry.decider"], row, reason="hurricane")
    clock.set("2008-04-08T13:00:00+00:00")
    with pytest.raises(Refused, match="not-chair"):
        actions.force_procedure_start(cast["brb.ministry.decider"], row, reason="hurricane")
    row = actions.force_procedure_start(cast["tto.ministry.decider"], row, reason="note verbale 12 to the mission")
    assert (row.state, row.started_at) == ("running", clock.at)


def test_replies_without_effect_are_kept_with_their_code(cast, monkeypatch):
    behind("ATG")
    clock = Clock(monkeypatch)
    row = running(cast, clock)
    reply("BMU", row)
    reply("ATG", row)
    actions.object_to_procedure(a_minister("BRB"), row, text_hash="0" * 64)
    reply("JAM", row, actions.comment_on_procedure, text="agreed in principle")
    clock.set("2008-04-11T15:00:01+00:00")
    reply("JAM", row)
    row.refresh_from_db()
    assert row.state == "running"
    assert codes(row) == [
        ("BMU", "object", "NOT_A_MEMBER_STATE"),
        ("ATG", "object", "NO_VOTE"),
        ("BRB", "object", "STALE_TEXT"),
        ("JAM", "comment", ""),
        ("JAM", "object", "LATE"),
    ]


def test_an_objection_at_the_last_second_breaks_the_silence(cast, monkeypatch):
    clock = Clock(monkeypatch)
    row = running(cast, clock)
    clock.set("2008-04-11T15:00:00+00:00")
    reply("GRD", row)
    council_clock.run_due_procedures(clock.set("2008-04-11T15:01:00+00:00"))
    row.refresh_from_db()
    assert (row.state, codes(row)) == ("objected", [("GRD", "object", "")])


def test_an_objection_sent_before_the_clock_starts_breaks_the_silence_at_the_start(cast, monkeypatch):
    clock = Clock(monkeypatch)
    row = sent(cast)
    reply("GRD", row)
    for code in row.poll["members"]:
        actions.acknowledge_procedure_receipt(a_minister(code), row)
    council_clock.run_due_procedures(clock.at)
    row.refresh_from_db()
    assert row.state == "objected"


def test_the_last_objection_withdrawn_in_time_lets_the_clock_run_on(cast, monkeypatch):
    clock = Clock(monkeypatch)
    row = running(cast, clock)
    clock.set("2008-04-10T10:00:00+00:00")
    reply("GRD", row)
    reply("JAM", row)
    clock.set("2008-04-11T12:00:00+00:00")
    assert reply("GRD", row, actions.withdraw_objection).state == "objected"
    clock.set("2008-04-11T13:00:00+00:00")
    assert reply("KNA", row, actions.withdraw_objection).state == "objected"
    row = reply("JAM", row, actions.withdraw_objection)
    assert row.state == "extended"
    assert row.deadline.isoformat() == "2008-04-14T15:00:00+00:00"
    assert codes(row)[3] == ("KNA", "withdraw_objection", "NO_OBJECTION")


def test_more_time_is_for_everybody_and_once_for_each_state(cast, monkeypatch):
    clock = Clock(monkeypatch)
    row = running(cast, clock)
    row = reply("SUR", row, actions.ask_procedure_extension)
    assert (row.state, row.deadline.isoformat()) == ("extended", "2008-04-14T15:00:00+00:00")
    row = reply("SUR", row, actions.ask_procedure_extension)
    row = reply("HTI", row, actions.ask_procedure_extension)
    assert row.deadline.isoformat() == "2008-04-14T15:00:00+00:00"
    assert [code for _, _, code in codes(row)] == ["", "ALREADY_USED", "MAXIMUM_REACHED"]


def test_a_broken_silence_goes_to_a_meeting(cast, monkeypatch):
    row = running(cast, Clock(monkeypatch))
    row = reply("GRD", row)
    row = actions.move_procedure_to_meeting(cast["tto.ministry.decider"], row)
    decision = Decision.objects.get(pk=row.decision_id)
    assert (row.state, row.result["outcome"], decision.state) == ("withdrawn", "OBJECTED", "proposed")
    assert "Objections: GRD" in row.result["sentence"]
    assert a_draft(cast, decision).reference != row.reference


def test_a_ministrys_reader_and_other_desks_answer_nothing(cast, monkeypatch):
    row = running(cast, Clock(monkeypatch))
    for who in ("brb.ministry.reader", SECRETARY):
        with pytest.raises(Refused) as refusal:
            actions.object_to_procedure(cast[who], row, text_hash=row.text_hash)
        assert refusal.value.code in {"needs-decider", "not-ministry"}


def test_a_reply_is_never_edited(cast, monkeypatch):
    row = running(cast, Clock(monkeypatch))
    reply("JAM", row, actions.support_procedure)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Reply.objects.update(kind="object")


def test_a_state_sees_only_its_own_replies_and_objections_before_the_end(cast, monkeypatch):
    row = running(cast, Clock(monkeypatch))
    reply("JAM", row, actions.support_procedure)
    reply("BMU", row)
    reply("GRD", row)
    seen = {
        who: sorted(Reply.objects.visible_to(a_minister(who)).values_list("party_id", flat=True))
        for who in ("JAM", "BMU", "BRB")
    }
    assert seen == {"JAM": ["GRD", "JAM"], "BMU": ["BMU", "GRD"], "BRB": ["GRD"]}
    assert Reply.objects.visible_to(cast[SECRETARY]).count() == 3
