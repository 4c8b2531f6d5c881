"""The hand-over: frozen, signed by two, or broken off; the next watch goes on with what is open."""

from typing import Any

import pytest

from apps.access import outbox
from apps.access.refusal import Refused
from apps.exchange.models import Addressee
from apps.notices.models import Notice
from apps.people.queries.work import waiting_for
from apps.rifc.models import Receipt
from apps.rifc.rules.content import digest
from apps.watch.actions import handovers
from apps.watch.models import Handover, Watch, WatchEntry
from apps.watch.queries import log as queries
from tests.exchange.people import part, sent
from tests.rifc.people import shared
from tests.watch.people import JRCC, LEAD, OFFICER, a_watch, entry, handed_over, in_days, issued

pytestmark = pytest.mark.django_db


def test_a_watch_is_handed_over_with_what_is_open_and_the_chain_goes_on(cast: Any) -> None:
    watch = a_watch(cast)
    entry(cast, watch, "Call Barbados back", to_do=True)
    entry(cast, watch, "Quiet night")
    handovers.start_watch_handover(cast[OFFICER], watch, signed=True, remarks="Boats expected at dawn.")
    handed = Handover.objects.get()
    assert [one["text"] for one in handed.items] == ["Call Barbados back"]
    said = {"watch": str(watch.pk), "items": handed.items, "brief": handed.brief, "remarks": handed.remarks}
    assert handed.sha256 == digest(said)
    handovers.take_over_watch(cast[LEAD], watch, signed=True)
    watch.refresh_from_db()
    handed.refresh_from_db()
    following = Watch.objects.get(previous=watch)
    assert (watch.state, following.state, following.officer_id) == ("closed", "open", cast[LEAD].user_id)
    assert (handed.outgoing_id, handed.incoming_id) == (cast[OFFICER].user_id, cast[LEAD].user_id)
    assert following.start_sha256 == watch.head_sha256
    assert [one.text for one in queries.open_items(cast[LEAD], following.owner_id)] == ["Call Barbados back"]
    for one in (watch, following):
        assert queries.check_watch_entries(one, WatchEntry.objects.filter(watch=one)).fault == ""
    assert queries.walk_logs()[2] == ""


def test_what_is_late_stands_in_the_brief(cast: Any) -> None:
    watch = a_watch(cast)
    report = shared(cast, "RIFC.watch")
    Receipt.objects.filter(report=report).update(ack_due=in_days(-1))
    soon = issued(cast, valid_to=in_days(0.5))
    asked = sent(cast, variants=[{"to": ["RIFC.watch"], "text": "Which boats?"}])
    elsewhere = sent(cast)
    Addressee.objects.filter(request__in=[asked, elsewhere]).update(due_at=in_days(-1))
    handovers.start_watch_handover(cast[OFFICER], watch, signed=True)
    brief = Handover.objects.get().brief
    assert [one["title"] for one in brief["receipts"]] == [report.number]
    assert [one["title"] for one in brief["ending"]] == [soon.number]
    assert [one["title"] for one in brief["requests"]] == [part(asked, "RIFC.watch").number]
    assert brief["recalls"] == []


def test_nobody_takes_over_from_himself(cast: Any) -> None:
    watch = a_watch(cast)
    handovers.start_watch_handover(cast[LEAD], watch, signed=True)  # the lead, because the officer fell ill
    for who in (OFFICER, LEAD):
        with pytest.raises(Refused) as refusal:
            handovers.take_over_watch(cast[who], watch, signed=True)
        assert refusal.value.code == "incoming-is-outgoing"
    assert Watch.objects.get().state == "handover"


def test_only_who_is_in_charge_or_leads_hands_over(cast: Any) -> None:
    watch = a_watch(cast, LEAD)
    with pytest.raises(Refused) as refusal:
        handovers.start_watch_handover(cast[OFFICER], watch, signed=True)
    assert refusal.value.code == "not-in-charge"
    with pytest.raises(Refused, match="not-visible"):
        handovers.start_watch_handover(cast[JRCC], watch, signed=True)


def test_a_hand_over_is_broken_off_with_a_reason_and_kept(cast: Any) -> None:
    watch = a_watch(cast)
    handovers.start_watch_handover(cast[OFFICER], watch, signed=True)
    handovers.abort_watch_handover(cast[OFFICER], watch, reason="Incident under way")
    assert Watch.objects.get().state == "open"
    assert Handover.objects.get().broken_off == "Incident under way"
    with pytest.raises(Refused, match="wrong-state"):
        handovers.take_over_watch(cast[LEAD], watch, signed=True)
    following = handed_over(cast, Watch.objects.get())
    assert following.last_serial == 1
    assert Handover.objects.count() == 2


def test_the_log_goes_on_while_the_next_officer_reads(cast: Any) -> None:
    watch = a_watch(cast)
    handovers.start_watch_handover(cast[OFFICER], watch, signed=True)
    shown = Watch.objects.get().version
    entry(cast, watch, "Mayday", to_do=True)
    with pytest.raises(Refused, match="stale"):
        handovers.take_over_watch(cast[LEAD], watch, version=shown, signed=True)
    handovers.take_over_watch(cast[LEAD], watch, signed=True)
    assert [one.text for one in queries.open_items(cast[LEAD], watch.owner_id)] == ["Mayday"]


def test_the_next_officer_finds_it_on_his_desk(cast: Any) -> None:
    watch = a_watch(cast)
    handovers.start_watch_handover(cast[OFFICER], watch, signed=True)
    outbox.drain()
    waiting = [row.code for row in waiting_for(cast[LEAD]) if row.title.startswith("Take over: Watch of")]
    assert waiting == [watch.number]
    assert not [row for row in waiting_for(cast[OFFICER]) if row.of == "watch"]
    assert Notice.objects.get(code="watch.handover").owner_id == watch.owner_id
