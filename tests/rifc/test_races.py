"""Acts on reports that come at the same moment: each counts once, and nothing is read after a recall."""

from typing import Any

import pytest

from apps.rifc.actions import recalls, receipts, release_requests, shares
from apps.rifc.models import ReadLog, RecallAck, Receipt, Report
from tests.adversary.test_council_races import together
from tests.rifc.people import AUTHOR, HEAD, JAMAICA, TRINIDAD, approved, fresh, receipt, shared

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_report_shared_twice_at_once_has_one_number_and_one_entry(cast: Any) -> None:
    row = approved(cast)
    author, head = cast[AUTHOR], cast[HEAD]
    told = together(
        lambda: shares.share_rifc_report(author, fresh(row), to=["JAM.contact"]).state,
        lambda: shares.share_rifc_report(head, fresh(row), to=["JAM.contact"]).state,
    )
    assert sorted(map(str, told)) == ["shared", "wrong-state"]
    assert Receipt.objects.filter(report=row).count() == 1
    assert fresh(row).register_number.endswith("/0001")


def test_two_reports_shared_at_once_have_two_numbers(cast: Any) -> None:
    rows = [approved(cast), approved(cast)]
    author = cast[AUTHOR]
    assert together(
        *(lambda row=row: shares.share_rifc_report(author, row, to=["JAM.contact"]).state for row in rows)
    ) == [
        "shared",
        "shared",
    ]
    numbers = sorted(Report.objects.values_list("register_number", flat=True))
    assert [number[-4:] for number in numbers] == ["0001", "0002"]


def test_one_receipt_given_twice_at_once_is_one(cast: Any) -> None:
    row = shared(cast, "JAM.contact")
    receipts.read_rifc_report(cast[JAMAICA], None, report=row, channel="web")
    mine, actor = receipt(row, "JAM.contact"), cast[JAMAICA]
    told = together(
        *(lambda: receipts.acknowledge_report_receipt(actor, fresh(mine), edition=1).ack_at for _twice in range(2))
    )
    assert told[0] == told[1] == receipt(row, "JAM.contact").ack_at


def test_two_first_readings_at_once_open_an_entry_once_and_are_both_in_the_log(cast: Any) -> None:
    row, actor = shared(cast, "JAM.contact"), cast[JAMAICA]
    told = together(
        *(lambda: receipts.read_rifc_report(actor, None, report=row, channel="web").state for _twice in range(2))
    )
    assert told == ["kept", "kept"]
    assert ReadLog.objects.filter(report=row).count() == 2
    assert receipt(row, "JAM.contact").state == "opened"


def test_a_recall_during_a_reading_is_before_it_or_after_it(cast: Any) -> None:
    row, jamaica, head = shared(cast, "JAM.contact"), cast[JAMAICA], cast[HEAD]
    told = together(
        lambda: receipts.read_rifc_report(jamaica, None, report=row, channel="web").state,
        lambda: recalls.recall_rifc_report(head, fresh(row), reason_code="other", text="Back.").state,
    )
    assert told[1] == "recalled"
    assert told[0] in {"kept", "not-visible"}
    assert not Report.objects.visible_to(jamaica).filter(pk=row.pk).exists()
    assert RecallAck.objects.filter(report=row).count() == 1


def test_two_recalls_and_two_decisions_at_once_are_one_each(cast: Any) -> None:
    row, head, other = shared(cast, "JAM.contact"), cast[HEAD], cast["brb.contact.head"]
    asked = release_requests.submit_release_request(cast[JAMAICA], None, of=row, to=["TTO.contact"], purpose="policy")
    told = together(
        lambda: release_requests.decide_release_request(head, fresh(asked), decision="approve").state,
        lambda: release_requests.decide_release_request(other, fresh(asked), decision="refuse").state,
    )
    assert len([one for one in told if one in {"approved", "refused"}]) == 1
    seen = Report.objects.visible_to(cast[TRINIDAD]).filter(pk=row.pk).exists()
    assert seen is (fresh(asked).state == "approved")
    told = together(
        *(
            lambda actor=actor: recalls.recall_rifc_report(actor, fresh(row), reason_code="other", text="Back.").state
            for actor in (head, other)
        )
    )
    assert sorted(map(str, told)) == ["recalled", "wrong-state"]
