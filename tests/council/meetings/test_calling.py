"""Calling a meeting: notice, rules of the day, delegations, and States that join in between."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.access.refusal import Refused
from apps.council.actions import agenda, delegations, meetings
from apps.council.models import Delegation, Meeting, OrganChair, RuleSet
from apps.council.queries.presence import credentials_missing
from apps.council.rules import schedule
from tests.council.meetings.people import MANAGER, ZONE, a_meeting, accredited, an_item, joins, local, planned
from tests.days import NEXT

pytestmark = pytest.mark.django_db


def fault(field: str, act: Any) -> str:
    with pytest.raises(ValidationError) as wrong:
        act()
    return " ".join(wrong.value.message_dict[field])


def test_the_next_number_of_its_kind_is_given_and_special_meetings_count_for_themselves(cast: Any) -> None:
    first, second = planned(cast), planned(cast, days=60)
    special = planned(cast, days=45, kind="special")
    assert [first.number, second.number, special.number] == [1, 2, 1]
    assert str(special) == "First Special Meeting, CONSLE"
    assert "already has a meeting of this kind with this number" in fault("number", lambda: planned(cast, number=2))


def test_local_times_are_read_in_the_zone_of_the_place(cast: Any) -> None:
    meeting = planned(cast, starts_at=f"{NEXT}-02-10 09:00", ends_at=f"{NEXT}-02-11 17:30", time_zone="America/Belize")
    assert meeting.starts_at.isoformat() == f"{NEXT}-02-10T15:00:00+00:00"
    assert "for example 2026-12-10 09:00" in fault("starts_at", lambda: planned(cast, starts_at=f"10 Feb {NEXT}"))
    assert "time zone" in fault("time_zone", lambda: planned(cast, time_zone="Port of Spain"))
    assert "later" in fault("ends_at", lambda: planned(cast, ends_at=local(1)))


def test_only_the_secretariat_plans_and_nobody_else_sees_the_draft(cast: Any) -> None:
    meeting = planned(cast)
    with pytest.raises(Refused) as refused:
        meetings.create_meeting(
            cast["brb.ministry.decider"], None, organ="CONSLE", starts_at=local(9), ends_at=local(10)
        )
    assert refused.value.code == "not-secretariat"
    assert not Meeting.objects.visible_to(cast["brb.ministry.decider"]).exists()
    called = meetings.convene_meeting(cast[MANAGER], meeting)
    assert Meeting.objects.visible_to(cast["brb.ministry.decider"]).get() == called
    assert Meeting.objects.visible_to(cast["cym.ministry.reader"]).get() == called
    assert not Meeting.objects.visible_to(cast["brb.border.head"]).exists()


def test_a_call_short_of_notice_is_refused_with_the_days_and_goes_through_with_the_chairs_reason(cast: Any) -> None:
    meeting = planned(cast, days=10)
    said = fault("notice_waiver", lambda: meetings.convene_meeting(cast[MANAGER], meeting))
    assert "Notice must be 21 days" in said
    assert "or later, or enter the chair" in said
    called = meetings.convene_meeting(cast[MANAGER], meeting, notice_waiver="Kidnappings at sea")
    assert called.state == "convened"
    assert called.notice_waiver == "Kidnappings at sea"


def test_the_exact_days_of_notice_are_enough_and_one_less_is_not(cast: Any) -> None:
    today = timezone.now().astimezone(schedule.zone(ZONE)).date()
    for days, enough in ((21, True), (20, False)):
        opening = f"{today + datetime.timedelta(days=days)} 09:00"
        end = f"{today + datetime.timedelta(days=days)} 17:00"
        meeting = planned(cast, starts_at=opening, ends_at=end)
        if enough:
            assert meetings.convene_meeting(cast[MANAGER], meeting).state == "convened"
        else:
            assert "there are 20" in fault(
                "notice_waiver", lambda row=meeting: meetings.convene_meeting(cast[MANAGER], row)
            )


def test_a_call_needs_a_place_a_chair_and_exactly_one_rule_set(cast: Any) -> None:
    keeper = cast[MANAGER]
    assert "no place" in fault("place", lambda: meetings.convene_meeting(keeper, planned(cast, place="")))
    OrganChair.objects.filter(organ_id="CONSLE").delete()
    assert "No chair is recorded" in fault("chair", lambda: meetings.convene_meeting(keeper, planned(cast, chair="")))
    frozen = RuleSet.objects.get(code="RS-CONSLE-2006")
    assert meetings.convene_meeting(keeper, planned(cast)).rule_set == frozen
    RuleSet.objects.create(
        code="RS-SECOND", organs=["CONSLE"], valid_from=frozen.valid_from, content=frozen.content, sha256="0" * 64
    )
    assert "Choose another day, or have the rules for that day entered" in fault(
        "rule_set", lambda: meetings.convene_meeting(keeper, planned(cast))
    )


def test_every_member_state_and_associate_of_the_day_gets_a_delegation_and_associates_do_not_vote(cast: Any) -> None:
    meeting = a_meeting(cast, state="convened")
    rows = {row.party_id: row.votes for row in Delegation.objects.filter(meeting=meeting)}
    assert rows["HTI"] is True
    assert rows["CYM"] is False
    assert sum(rows.values()) == 15
    assert (meeting.agenda_deadline, meeting.papers_deadline) == schedule.deadlines(
        meeting.convened_at.astimezone(schedule.zone(ZONE)).date(),
        meeting.starts_at.astimezone(schedule.zone(ZONE)).date(),
        21,
    )


def test_a_state_that_joined_after_the_call_is_admitted_and_counts_from_its_day_alone(cast: Any) -> None:
    earlier = a_meeting(cast, state="convened", days=30)
    later = a_meeting(cast, days=90)
    shown, hidden = an_item(cast, later), an_item(cast, later, title="A restricted matter", restricted=True)
    joins("CYM", timezone.now().date() + datetime.timedelta(days=60))
    keeper, cayman = cast[MANAGER], cast["cym.ministry.decider"]
    assert "already invited" in fault("party", lambda: delegations.admit_to_meeting(keeper, earlier, party="CYM"))
    admitted = delegations.admit_to_meeting(keeper, later, party="CYM")
    assert Delegation.objects.get(meeting=admitted, party_id="CYM").votes
    assert not Delegation.objects.get(meeting=earlier, party_id="CYM").votes
    seen = type(shown).objects.visible_to(cayman)
    assert set(seen.values_list("pk", flat=True)) == {shown.pk, hidden.pk}
    assert Delegation.objects.filter(meeting=admitted, votes=True).count() == 16


def test_a_carrier_or_body_cannot_be_admitted(cast: Any) -> None:
    meeting = a_meeting(cast, state="convened")
    assert "neither" in fault("party", lambda: delegations.admit_to_meeting(cast[MANAGER], meeting, party="IMPACS"))


def test_an_invitation_is_answered_for_ones_own_state_alone(cast: Any) -> None:
    meeting = a_meeting(cast, state="convened")
    delegations.answer_invitation(cast["brb.ministry.decider"], meeting, answer="accepted")
    delegations.name_delegation(
        cast["brb.ministry.decider"], meeting, head="The Minister", members="A. Person, Permanent Secretary\nB. Other"
    )
    own = Delegation.objects.get(meeting=meeting, party_id="BRB")
    assert (own.answer, own.head) == ("accepted", "The Minister")
    assert own.members[0] == {"name": "A. Person", "office": "Permanent Secretary"}
    assert not Delegation.objects.filter(meeting=meeting, answer="accepted").exclude(party_id="BRB").exists()
    with pytest.raises(Refused) as refused:
        delegations.answer_invitation(cast["brb.ministry.reader"], meeting, answer="declined")
    assert refused.value.code == "needs-officer"


def test_credentials_end_at_midnight_where_the_meeting_is_held(cast: Any) -> None:
    meeting = a_meeting(cast, state="convened")
    last = meeting.starts_at.astimezone(schedule.zone(ZONE)).date()
    delegations.present_credentials(cast["jam.ministry.decider"], meeting, until=last, note="Signed by the Minister")
    before = datetime.datetime.combine(last, datetime.time(23, 59), schedule.zone(ZONE))
    assert "JAM" in credentials_missing(meeting, before), "presented is not accepted"
    accredited(cast, meeting, "JAM")
    assert "JAM" not in credentials_missing(meeting, before)
    assert "JAM" in credentials_missing(meeting, before + datetime.timedelta(minutes=1))
    assert "BRB" in credentials_missing(meeting, before)


def test_credentials_that_are_refused_or_over_do_not_hold(cast: Any) -> None:
    meeting = a_meeting(cast, state="convened")
    keeper, over = cast[MANAGER], timezone.now().date() - datetime.timedelta(days=2)
    delegations.settle_credentials(keeper, meeting, party="JAM", credentials="refused")
    assert "JAM" in credentials_missing(meeting, timezone.now())
    said = fault("until", lambda: delegations.present_credentials(cast["brb.ministry.decider"], meeting, until=over))
    assert "This day is past" in said


def test_a_called_meeting_that_is_moved_keeps_its_notice_all_the_same(cast: Any) -> None:
    meeting = meetings.convene_meeting(cast[MANAGER], planned(cast, days=40))
    moved = {"starts_at": local(5), "ends_at": local(5, "17:00")}
    assert "21 days" in fault("notice_waiver", lambda: meetings.change_meeting(cast[MANAGER], meeting, **moved))
    changed = meetings.change_meeting(cast[MANAGER], meeting, **moved, notice_waiver="Hurricane")
    assert changed.notice_waiver == "Hurricane"
    assert changed.place == "Port of Spain"


def test_a_cancelled_meeting_leaves_its_items_to_the_next_agenda_of_the_organ(cast: Any) -> None:
    meeting = a_meeting(cast)
    item = an_item(cast, meeting)
    meetings.cancel_meeting(cast["tto.ministry.decider"], meeting, reason="Hurricane")
    item.refresh_from_db()
    assert item.state == "deferred"
    following = agenda.open_agenda(cast[MANAGER], meetings.convene_meeting(cast[MANAGER], planned(cast, days=60)))
    clone = type(item).objects.get(meeting=following, carried_from=item)
    assert (clone.state, clone.title, clone.originator_id) == ("accepted", item.title, "BRB")
