"""Recalls, and what the clock does to receipts and answers that do not come."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from apps.access.refusal import Refused
from apps.notices.models import Notice
from apps.rifc.actions import approvals, drafts, recalls, receipts, shares
from apps.rifc.models import RecallAck, Receipt, Report
from apps.rifc.queries import reports as queries
from apps.rifc.queries import texts
from apps.rifc.tasks import run_rifc_clock
from tests.rifc.people import (
    AUTHOR,
    GIVEN,
    HEAD,
    JAMAICA,
    SECRET_NAME,
    TRINIDAD,
    fresh,
    paragraph,
    receipt,
    sees,
    shared,
)

pytestmark = pytest.mark.django_db
CUSTOMS = "tto.customs.officer"


def recalled(cast: Any, row: Report, **more: Any) -> Report:
    return recalls.recall_rifc_report(cast[HEAD], row, **{"reason_code": "inaccurate", "text": "Wrong place."} | more)


def test_a_recall_takes_back_all_versions_and_asks_each_recipient_once(cast):
    first = shared(cast, "JAM.contact", "TTO.customs")
    again = drafts.supersede_rifc_report(cast[AUTHOR], None, of=first, **GIVEN, paragraphs=[paragraph("Corrected.")])
    again = approvals.approve_rifc_report(cast[HEAD], approvals.submit_rifc_report(cast[AUTHOR], again))
    again = shares.share_rifc_report(cast[AUTHOR], again, to=["JAM.contact"], leave_out=["TTO.customs"])
    assert sees(cast, CUSTOMS, first)
    assert fresh(first).state == "superseded"
    recalled(cast, again)
    assert {row.state for row in Report.objects.filter(thread=first.thread)} == {"recalled"}
    assert not sees(cast, CUSTOMS, first)
    assert not sees(cast, JAMAICA, again)
    asked = RecallAck.objects.values_list("desk__code", flat=True)
    assert sorted(asked) == ["JAM.contact", "TTO.customs"]


def test_a_source_at_risk_leaves_half_an_hour(cast):
    for code, minutes in (("inaccurate", 240), ("source_at_risk", 30)):
        row = shared(cast, "JAM.contact")
        recalled(cast, row, reason_code=code)
        ack = RecallAck.objects.get(report=row)
        assert ack.recall.ack_due - ack.recall.at == datetime.timedelta(minutes=minutes)


def test_a_recall_is_undone_within_a_day_as_the_next_version(cast):
    row = recalled(cast, shared(cast, "JAM.contact", paragraphs=[paragraph(source_ref=SECRET_NAME)]))
    recalls.undo_recall(cast[HEAD], row, text="It was right after all.")
    now = queries.meant(cast[JAMAICA], row.thread)
    assert (now.edition, now.state, now.number) == (2, "shared", row.number)
    assert receipt(now, "JAM.contact").state == "sent"
    assert RecallAck.objects.get(report=row).state == "void"
    assert [ref for _name, ref in texts.source_references(cast[HEAD], now).values()] == [SECRET_NAME]


def test_a_recall_is_not_undone_after_a_day_or_behind_a_new_version(cast):
    late = recalled(cast, shared(cast, "JAM.contact"))
    Report.objects.filter(pk=late.pk).update(recalled_at=timezone.now() - datetime.timedelta(days=1, minutes=1))
    with pytest.raises(Refused) as refused:
        recalls.undo_recall(cast[HEAD], fresh(late), text="Too late.")
    assert refused.value.code == "too-late-to-undo"
    row = recalled(cast, shared(cast, "JAM.contact"))
    drafts.supersede_rifc_report(cast[AUTHOR], None, of=row, **GIVEN, paragraphs=[paragraph("Corrected.")])
    with pytest.raises(Refused, match="version-open"):
        drafts.supersede_rifc_report(cast[AUTHOR], None, of=row, **GIVEN, paragraphs=[paragraph("Corrected twice.")])
    with pytest.raises(Refused) as refused:
        recalls.undo_recall(cast[HEAD], fresh(row), text="No.")
    assert refused.value.code == "replaced-already"


def test_an_answer_is_closed_when_those_behind_it_have_answered(cast):
    row = recalled(cast, shared(cast, "JAM.contact"))
    ack = RecallAck.objects.get(report=row)
    ack = recalls.answer_recall(cast[JAMAICA], ack, result="passed_on", to=["TTO.contact", "Interpol"])
    with pytest.raises(Refused) as refused:
        recalls.close_recall_answer(cast[AUTHOR], ack)
    assert refused.value.code == "children-open"
    behind = RecallAck.objects.get(parent=ack)
    assert behind.desk.code == "TTO.contact"
    behind = recalls.answer_recall(cast[TRINIDAD], behind, result="confirmed_removed")
    recalls.close_recall_answer(cast[AUTHOR], behind)
    assert recalls.close_recall_answer(cast[AUTHOR], fresh(ack)).state == "closed"
    with pytest.raises(Refused):
        recalls.answer_recall(cast[JAMAICA], fresh(ack), result="confirmed_removed")


# --- the clock ----------------------------------------------------------------------------------------------------


def test_a_late_receipt_is_told_at_once_and_then_each_day_three_times(cast, drain):
    row = shared(cast, "JAM.contact")
    due = receipt(row, "JAM.contact").ack_due
    assert due is not None
    day = datetime.timedelta(days=1)
    assert run_rifc_clock(due - datetime.timedelta(seconds=1))["receipts"] == 0
    told = [run_rifc_clock(due + day * n)["receipts"] for n in (0, 0, 1, 2, 3, 4)]
    assert told == [1, 0, 1, 1, 0, 0]
    drain()
    assert Notice.objects.filter(code="rifc.receipt_late", owner__code="JAM.contact").count() == 3
    assert Notice.objects.filter(code="rifc.receipt_late", owner__code="RIFC.watch").count() == 0  # it has no report
    receipts.read_rifc_report(cast[JAMAICA], None, report=row, channel="web")
    mine = receipt(row, "JAM.contact")
    assert mine.state == "overdue"
    Receipt.objects.filter(pk=mine.pk).update(ack_due=timezone.now() - day)
    done = receipts.acknowledge_report_receipt(cast[JAMAICA], fresh(mine), edition=1)
    assert (done.state, done.late) == ("acknowledged", True)


def test_a_recall_without_an_answer_is_told_at_once_twice_and_four_times_its_period(cast):
    row = recalled(cast, shared(cast, "JAM.contact"))
    ack = RecallAck.objects.get(report=row)
    at, period = ack.recall.at, ack.recall.period
    told = [run_rifc_clock(at + period * n)["answers"] for n in (0.9, 1, 1.5, 2, 3, 4, 9)]
    assert told == [0, 1, 0, 1, 0, 1, 0]
    assert fresh(ack).state == "overdue"
