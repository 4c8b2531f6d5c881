"""Bulletins: written, issued to three desks, known of, renewed, cancelled, ended; and what is refused."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.access import outbox
from apps.access.models import StreamEvent
from apps.access.refusal import Refused
from apps.access.violations import BrokenRules
from apps.notices.models import Notice
from apps.people.models import Desk
from apps.people.queries.work import waiting_for
from apps.rifc.models import MouMembership
from apps.watch import tasks
from apps.watch.actions import bulletins, receipts
from apps.watch.models import Bulletin, BulletinReceipt
from tests.watch.people import (
    GUYANA,
    HEAD,
    JAMAICA,
    LEAD,
    OFFICER,
    TRINIDAD,
    a_draft,
    in_days,
    issued,
    known,
    receipt,
)

pytestmark = pytest.mark.django_db


def sees(cast: Any, who: str, row: Bulletin) -> bool:
    found: bool = Bulletin.objects.visible_to(cast[who]).filter(pk=row.pk).exists()
    return found


def told(code: str) -> set[str]:
    return set(Notice.objects.filter(code=code).values_list("owner__code", flat=True))


def test_a_bulletin_goes_to_three_desks_and_each_says_that_it_knows(cast: Any) -> None:
    row = issued(cast)
    outbox.drain()
    assert row.number.startswith("RIFC/BU/")
    assert row.number.endswith("/RIFC/0001")
    assert told("watch.bulletin") == {"JAM.contact", "TTO.contact", "GUY.customs"}
    event = StreamEvent.objects.get(verb__endswith="bulletin.issued")
    readers = {*BulletinReceipt.objects.values_list("desk_id", flat=True), row.owner_id}
    assert (event.object_type, set(event.groups)) == ("watch.bulletin", readers)
    waiting = [(item.title, item.code) for item in waiting_for(cast[JAMAICA])]
    assert (f"Read the bulletin: {row.title}", row.number) in waiting
    for who in (JAMAICA, TRINIDAD, GUYANA):
        assert sees(cast, who, row)
        assert known(cast, row, who).ack_at is not None
    assert not [item for item in waiting_for(cast[JAMAICA]) if item.of == "watch"]


def test_nobody_outside_the_audience_sees_it_nor_a_receipt(cast: Any) -> None:
    row = issued(cast)
    outside = ["brb.contact.officer", "jam.customs.officer", "jam.intelligence.head", "jrcc.watch.officer",
               "rifc.analysis.head", "portal.platform.head", "jam.ministry.decider", "cym.contact.officer"]  # fmt: skip
    assert [who for who in outside if sees(cast, who, row)] == []
    assert not BulletinReceipt.objects.visible_to(cast["brb.contact.officer"]).exists()
    assert set(BulletinReceipt.objects.visible_to(cast[JAMAICA]).values_list("desk__code", flat=True)) == {
        "JAM.contact"
    }
    assert BulletinReceipt.objects.visible_to(cast[OFFICER]).count() == 3


def test_a_draft_is_the_desks_own(cast: Any) -> None:
    row = a_draft(cast)
    assert sees(cast, LEAD, row)
    assert not any(sees(cast, who, row) for who in (JAMAICA, "rifc.analysis.head", "jrcc.watch.officer"))


def test_opening_is_not_knowing(cast: Any) -> None:
    row = issued(cast)
    mine = receipt(row, "JAM.contact")
    with pytest.raises(Refused) as refusal:
        receipts.acknowledge_bulletin(cast[JAMAICA], mine)
    assert refusal.value.code == "open-first"
    done = receipts.acknowledge_bulletin(cast[JAMAICA], receipts.open_bulletin(cast[JAMAICA], mine))
    assert receipts.acknowledge_bulletin(cast[JAMAICA], done).ack_at == done.ack_at
    with pytest.raises(Refused):
        receipts.acknowledge_bulletin(cast[TRINIDAD], mine)


def test_above_restricted_a_second_person_issues(cast: Any) -> None:
    own = a_draft(cast, LEAD, classification=2, to=["JAM.contact"])
    with pytest.raises(Refused) as refusal:
        bulletins.issue_bulletin(cast[LEAD], own)
    assert refusal.value.code == "second-officer"
    assert issued(cast, classification=2, to=["JAM.contact"]).state == "issued"
    assert bulletins.issue_bulletin(cast[LEAD], a_draft(cast, LEAD)).state == "issued"


def test_only_leads_of_rifcs_watch_and_of_points_of_contact_issue(cast: Any) -> None:
    with pytest.raises(Refused) as refusal:
        bulletins.issue_bulletin(cast[OFFICER], a_draft(cast))
    assert refusal.value.code == "needs-releasing-officer"
    assert issued(cast, "brb.contact.officer", HEAD).number.startswith("RIFC/BU/")
    for who in ("jrcc.watch.officer", "jam.customs.officer", "rifc.analysis.officer", "jam.ministry.decider"):
        with pytest.raises(Refused) as refusal:
            a_draft(cast, who)
        assert refusal.value.code == "not-issuer-of-bulletins"


def test_renewing_asks_again_only_when_the_text_changed(cast: Any) -> None:
    row = issued(cast)
    known(cast, row, JAMAICA)
    row = bulletins.renew_bulletin(cast[LEAD], row, valid_to=in_days(60), reason="Still at large")
    assert (row.state, row.edition, BulletinReceipt.objects.count()) == ("renewed", 1, 3)
    assert receipt(row, "JAM.contact").state == "acknowledged"
    row = bulletins.renew_bulletin(cast[LEAD], row, valid_to=in_days(80), reason="New paint", text="Now painted red.")
    assert (row.edition, receipt(row, "JAM.contact").state, receipt(row, "TTO.contact").state) == (2, "sent", "sent")
    waiting = BulletinReceipt.objects.filter(state__in=BulletinReceipt.WAITING)
    assert {one.round for one in waiting} == {2}
    outbox.drain()
    assert Notice.objects.filter(code="watch.bulletin_renewed").count() == 6


def test_renewing_has_its_limits(cast: Any) -> None:
    row = issued(cast)
    with pytest.raises(ValidationError, match="up to 90 days"):
        bulletins.renew_bulletin(cast[LEAD], row, valid_to=in_days(91), reason="x")
    Bulletin.objects.filter(pk=row.pk).update(valid_from=in_days(-3), valid_to=in_days(-1))
    with pytest.raises(ValidationError, match="has ended"):
        bulletins.renew_bulletin(cast[LEAD], row, valid_to=in_days(5), reason="x")
    high = issued(cast, classification=2, to=["JAM.contact"])
    with pytest.raises(ValidationError, match="second person"):
        bulletins.renew_bulletin(cast[LEAD], high, valid_to=in_days(5), reason="x", text="Other words")


def test_a_cancellation_is_told_at_once_and_known_by_each(cast: Any) -> None:
    row = issued(cast)
    known(cast, row, JAMAICA)
    row = bulletins.cancel_bulletin(cast[LEAD], row, reason="Vessel found")
    outbox.drain()
    assert told("watch.bulletin_cancelled") == {"JAM.contact", "TTO.contact", "GUY.customs"}
    assert any("is cancelled" in item.title for item in waiting_for(cast[JAMAICA]))
    assert known(cast, row, JAMAICA).of_end
    assert (sees(cast, JAMAICA, row), row.state, row.reason) == (True, "cancelled", "Vessel found")
    with pytest.raises(Refused, match="wrong-state"):
        bulletins.renew_bulletin(cast[LEAD], row, valid_to=in_days(9), reason="x")
    with pytest.raises(Refused) as refusal:
        bulletins.cancel_bulletin(cast[TRINIDAD], issued(cast), reason="x")
    assert refusal.value.code == "not-your-desk"


def test_the_clock_reminds_of_receipts_three_times_and_ends_what_is_over(cast: Any) -> None:
    row = issued(cast)
    known(cast, row, JAMAICA)
    after = in_days(0.5)
    assert tasks.run_watch_clock(timezone.now()) == {"ended": 0, "late": 0, "rebuilt": 0}
    assert tasks.run_watch_clock(after) == {"ended": 0, "late": 2, "rebuilt": 0}
    assert tasks.run_watch_clock(after)["late"] == 0
    assert [tasks.run_watch_clock(in_days(days))["late"] for days in (1, 1.5, 2, 2.5)] == [2, 2, 0, 0]
    outbox.drain()
    assert told("watch.bulletin_late") == {"TTO.contact", "GUY.customs", "RIFC.watch"}
    assert receipt(row, "TTO.contact").state == "overdue"
    assert tasks.run_watch_clock(in_days(6))["ended"] == 1
    row.refresh_from_db()
    assert (row.state, receipt(row, "TTO.contact").state) == ("expired", "void")
    assert tasks.run_watch_clock(in_days(6)) == {"ended": 0, "late": 0, "rebuilt": 0}


def test_a_late_receipt_is_still_given(cast: Any) -> None:
    row = issued(cast)
    tasks.run_watch_clock(in_days(0.5))
    done = known(cast, row, TRINIDAD)
    assert (done.state, done.late) == ("acknowledged", True)


@pytest.mark.parametrize(
    ("short", "rule", "place"),
    [
        ("Call 246-555-0142 when seen", "S-phone", "6 to 17"),
        ("Call +1 246 555 0142 when seen", "S-phone", "6 to 20"),
        ("Write to ops@example.invalid", "S-mail", "10 to 28"),
        ("Passport A1234567, stop", "S-document", "1 to 17"),
        ("Subject born 14/02/1971", "S-birth", "9 to 23"),
        ("Subject DOB 1971-02-14", "S-birth", "9 to 22"),
    ],
)
def test_personal_data_in_the_short_form_is_refused_with_its_place(
    cast: Any, short: str, rule: str, place: str
) -> None:
    with pytest.raises(BrokenRules) as wrong:
        a_draft(cast, short_text=short)
    [found] = wrong.value.findings
    assert found["rule"] == rule
    assert place in found["message"]
    assert list(wrong.value.message_dict) == ["short_text"]


@pytest.mark.parametrize(
    "short",
    [
        "Plate PB 4412, last seen 12 Nov 2016 18:00 UTC at Speightstown",
        "RIFC/BU/2026/RIFC/0001: vessel 12.5 m, 2 engines, course 270, position 13.05 N 59.61 W",
        "IMO 9074729, MV Example, 3,200 t, channel 16",
    ],
)
def test_what_a_lookout_needs_is_no_personal_data(cast: Any, short: str) -> None:
    assert a_draft(cast, short_text=short).short_text == short


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"subject": ""}, "subject"),
        ({"kind": "warning"}, "subject"),
        ({"tlp": "RED"}, "tlp"),
        ({"tlp": "CLEAR"}, "tlp"),
        ({"tlp": "GREEN", "classification": 2}, "tlp"),
        ({"to": ["XXX.contact"]}, "to"),
        ({"to": ["JAM.ministry"]}, "to"),
        ({"to": ["RIFC.watch"]}, "to"),
        ({"classification": 3}, "to"),
    ],
)
def test_what_does_not_go_together_is_said_at_its_field(cast: Any, given: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        a_draft(cast, **given)
    assert list(wrong.value.message_dict) == [field]
    assert Bulletin.objects.count() == 0


@pytest.mark.parametrize(("start", "end"), [(None, -1), (None, 90.1), (3, 2), (0, 0)])
def test_validity_has_a_beginning_and_an_end_within_ninety_days(cast: Any, start: Any, end: float) -> None:
    with pytest.raises(ValidationError) as wrong:
        a_draft(cast, valid_from=None if start is None else in_days(start), valid_to=in_days(end))
    assert list(wrong.value.message_dict) == ["valid_to"]


def test_a_party_for_which_the_mou_is_not_in_force_gets_none_and_loses_what_it_had(cast: Any) -> None:
    row = issued(cast)
    MouMembership.objects.filter(party="JAM").update(in_force_to=timezone.now().date())
    assert not sees(cast, JAMAICA, row)
    with pytest.raises(BrokenRules) as wrong:
        a_draft(cast)
    assert [one["rule"] for one in wrong.value.findings] == ["V02"]


def test_one_desk_that_may_not_have_it_and_nobody_gets_it(cast: Any) -> None:
    row = a_draft(cast)
    MouMembership.objects.filter(party="GUY").update(in_force_to=timezone.now().date())
    with pytest.raises(BrokenRules):
        bulletins.issue_bulletin(cast[LEAD], row)
    row.refresh_from_db()
    assert (row.state, BulletinReceipt.objects.count(), sees(cast, JAMAICA, row)) == ("draft", 0, False)


def test_a_group_means_its_desks_of_that_moment(cast: Any) -> None:
    row = issued(cast, to=["regional_bodies", "JAM"])
    assert set(BulletinReceipt.objects.filter(bulletin=row).values_list("desk__code", flat=True)) == {
        "JRCC.watch",
        "JAM.contact",
    }
    assert Desk.objects.get(pk=row.owner_id).code == "RIFC.watch"
