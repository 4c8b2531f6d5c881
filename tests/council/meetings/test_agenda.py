"""The agenda: proposals, the chair's rulings, restricted items, closing with a time plan."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from apps.access.refusal import Refused
from apps.council.actions import agenda, agenda_items, meetings
from apps.council.models import AgendaItem, Meeting, Paper
from apps.council.queries import audience
from apps.council.rules import schedule
from tests.council.meetings.people import MANAGER, ZONE, a_meeting, an_item, planned

pytestmark = pytest.mark.django_db


def refusal(act: Any) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def a_paper(item: AgendaItem, state: str = "issued") -> Paper:
    return Paper.objects.create(
        item=item,
        meeting=item.meeting,
        organ_id=item.meeting.organ_id,
        title="A paper",
        state=state,
        owner_id=item.owner_id,
        originator_id=item.originator_id,
    )


def titles(meeting: Meeting) -> list[str]:
    rows = AgendaItem.objects.filter(meeting=meeting).exclude(position=None).order_by("position")
    return [row.title for row in rows]


def test_a_proposal_is_accepted_by_the_chair_at_the_end_of_the_agenda(cast: Any) -> None:
    meeting = a_meeting(cast)
    first = an_item(cast, meeting, title="First")
    second = an_item(cast, meeting, title="Second", accept=False)
    assert refusal(lambda: agenda_items.accept_agenda_item(cast["jam.ministry.decider"], second)) == "not-chair"
    second = agenda_items.accept_agenda_item(cast["tto.ministry.decider"], second)
    assert (first.position, second.position, second.chair_id) == (1, 2, "TTO")


def test_items_are_proposed_while_the_agenda_is_open_and_later_only_by_the_chair(cast: Any) -> None:
    meeting = a_meeting(cast, state="convened")
    with pytest.raises(ValidationError) as wrong:
        an_item(cast, meeting, accept=False)
    assert "not open" in str(wrong.value)
    meeting = agenda.close_agenda(cast[MANAGER], agenda.open_agenda(cast[MANAGER], meeting))
    assert refusal(lambda: an_item(cast, meeting, accept=False)) == "late-item"
    late = an_item(cast, meeting, by="tto.ministry.decider", accept=False)
    assert late.state == "proposed"


def test_associate_members_do_not_propose(cast: Any) -> None:
    meeting = a_meeting(cast)
    assert refusal(lambda: an_item(cast, meeting, by="cym.ministry.decider")) == "associate-proposes"


def test_an_item_is_moved_and_the_others_make_room_until_the_agenda_is_closed(cast: Any) -> None:
    meeting = a_meeting(cast)
    for title in ("A", "B", "C"):
        item = an_item(cast, meeting, title=title, kind="for_information")
    agenda_items.move_agenda_item(cast[MANAGER], item, position=1)
    assert titles(meeting) == ["C", "A", "B"]
    agenda.close_agenda(cast[MANAGER], meeting)
    item.refresh_from_db()
    with pytest.raises(ValidationError) as wrong:
        agenda_items.move_agenda_item(cast[MANAGER], item, position=3)
    assert "reopen" in str(wrong.value)


def test_an_item_for_decision_is_scheduled_with_a_paper_or_when_papers_are_waived(cast: Any) -> None:
    meeting = a_meeting(cast)
    bare, with_paper = an_item(cast, meeting), an_item(cast, meeting, title="With a paper")
    a_paper(with_paper)
    with pytest.raises(ValidationError) as wrong:
        agenda_items.schedule_agenda_item(cast[MANAGER], bare, slot_minutes=60)
    assert "papers_waived" in wrong.value.message_dict
    assert agenda_items.schedule_agenda_item(cast[MANAGER], with_paper, slot_minutes=60).slot_minutes == 60
    assert agenda_items.schedule_agenda_item(cast[MANAGER], bare, papers_waived=True).state == "scheduled"


def test_the_agenda_closes_when_papers_are_in_waived_or_marked_missing(cast: Any) -> None:
    meeting, keeper = a_meeting(cast), cast[MANAGER]
    item = an_item(cast, meeting, title="A regional register")
    an_item(cast, meeting, title="To note", kind="for_information")
    a_paper(item, state="draft")
    with pytest.raises(ValidationError) as wrong:
        agenda.close_agenda(keeper, meeting)
    assert "1. A regional register" in wrong.value.message_dict["missing"][0]
    assert "To note" not in wrong.value.message_dict["missing"][0]
    closed = agenda.close_agenda(keeper, meeting, missing=True)
    assert (closed.state, closed.agenda_version) == ("agenda_closed", 1)
    again = agenda.reopen_agenda(cast["tto.ministry.decider"], closed)
    a_paper(item)
    assert agenda.close_agenda(keeper, again).agenda_version == 2
    assert set(AgendaItem.objects.filter(meeting=meeting).values_list("state", flat=True)) == {"scheduled"}


def test_the_closing_times_the_items_by_the_sittings_of_the_place(cast: Any) -> None:
    meeting = a_meeting(cast)
    for title, minutes in (("A", 90), ("B", 90), ("C", 60), ("D", 210), ("E", 200)):
        an_item(cast, meeting, title=title, kind="for_information", slot_minutes=minutes)
    agenda.close_agenda(cast[MANAGER], meeting, hours="09:00-12:30, 14:00-17:30")
    opening = meeting.starts_at.astimezone(schedule.zone(ZONE)).date()
    found = {}
    for row in AgendaItem.objects.filter(meeting=meeting):
        at = row.starts_at.astimezone(schedule.zone(ZONE))
        found[row.title] = ((at.date() - opening).days, at.strftime("%H:%M"))
    assert found == {"A": (0, "09:00"), "B": (0, "10:30"), "C": (0, "14:00"), "D": (1, "09:00"), "E": (1, "14:00")}
    reopened = agenda.reopen_agenda(cast[MANAGER], Meeting.objects.get(pk=meeting.pk))
    with pytest.raises(ValidationError) as wrong:
        agenda.close_agenda(cast[MANAGER], reopened, hours="nine to five")
    assert "09:00-12:30" in wrong.value.message_dict["hours"][0]


def test_what_does_not_fit_before_the_end_has_no_time() -> None:
    zone = schedule.zone(ZONE)
    begin, end = (datetime.datetime(2010, 2, 10, hour, tzinfo=zone) for hour in (9, 12))
    slots = schedule.plan(begin, end, ZONE, schedule.hours("09:00-12:30"), [120, 60, 30])
    assert [slot and slot.astimezone(zone).hour for slot in slots] == [9, 11, None]
    longer = schedule.plan(begin, end, ZONE, schedule.hours("09:00-12:30"), [60, 600, 10])
    assert [slot and slot.astimezone(zone).hour for slot in longer] == [9, 10, None]


def test_the_minutes_of_the_last_meeting_and_what_was_deferred_stand_on_the_new_agenda(cast: Any) -> None:
    old = a_meeting(cast, days=30)
    deferred = agenda_items.defer_agenda_item(cast[MANAGER], an_item(cast, old, title="Left over"), reason="No time")
    agenda.close_agenda(cast[MANAGER], old)
    Meeting.objects.filter(pk=old.pk).update(state="closed")
    new = agenda.open_agenda(cast[MANAGER], meetings.convene_meeting(cast[MANAGER], planned(cast, days=60)))
    assert titles(new) == ["Minutes of the First Meeting", "Left over"]
    minutes = AgendaItem.objects.get(meeting=new, position=1)
    assert f"/council/meetings/{old.pk}/" in minutes.summary
    assert AgendaItem.objects.get(meeting=new, position=2).carried_from == deferred
    third = agenda.open_agenda(cast[MANAGER], meetings.convene_meeting(cast[MANAGER], planned(cast, days=90)))
    assert "Left over" not in titles(third), "it is carried once"


def test_an_item_is_deferred_to_a_named_meeting_that_opens_later(cast: Any) -> None:
    here, later = a_meeting(cast, days=40), a_meeting(cast, days=70)
    item = an_item(cast, later)
    with pytest.raises(ValidationError):
        agenda_items.defer_agenda_item(cast[MANAGER], item, to=str(here.pk))
    item = an_item(cast, here, title="Put off", restricted=True)
    agenda_items.defer_agenda_item(cast[MANAGER], item, to=str(later.pk))
    clone = AgendaItem.objects.get(meeting=later, title="Put off")
    assert (clone.state, clone.carried_from_id, clone.restricted) == ("accepted", item.pk, True)
    assert not AgendaItem.objects.visible_to(cast["cym.ministry.reader"]).filter(pk=clone.pk).exists()


def test_a_restricted_item_is_for_member_states_alone_with_its_papers(cast: Any) -> None:
    meeting = a_meeting(cast)
    item = an_item(cast, meeting)
    paper = a_paper(item)
    from apps.access.grants import share

    share(cast[MANAGER], paper, audience.everybody(meeting.starts_at.date()))
    cayman, jamaica = cast["cym.ministry.reader"], cast["jam.ministry.reader"]
    assert AgendaItem.objects.visible_to(cayman).filter(pk=item.pk).exists()
    agenda_items.restrict_agenda_item(cast["tto.ministry.decider"], item)
    for model, pk in ((AgendaItem, item.pk), (Paper, paper.pk)):
        assert not model.objects.visible_to(cayman).filter(pk=pk).exists()
        assert model.objects.visible_to(jamaica).filter(pk=pk).exists()


def test_only_the_desk_that_proposed_an_item_or_the_secretariat_withdraws_it(cast: Any) -> None:
    item = an_item(cast, a_meeting(cast))
    assert refusal(lambda: agenda_items.withdraw_agenda_item(cast["jam.ministry.decider"], item)) == "not-your-desk"
    assert agenda_items.withdraw_agenda_item(cast["brb.ministry.decider"], item, reason="Settled").state == "withdrawn"


def test_a_rejected_proposal_keeps_its_reason_and_gets_no_place(cast: Any) -> None:
    item = an_item(cast, a_meeting(cast), accept=False)
    rejected = agenda_items.reject_agenda_item(cast["tto.ministry.decider"], item, reason="Belongs to the Conference")
    assert (rejected.state, rejected.position, rejected.reason) == ("rejected", None, "Belongs to the Conference")


def test_a_matter_on_the_floor_is_referred_to_another_body_with_a_day(cast: Any) -> None:
    item = an_item(cast, a_meeting(cast))
    AgendaItem.objects.filter(pk=item.pk).update(state="under_discussion")
    tomorrow = datetime.date.today() + datetime.timedelta(days=30)
    with pytest.raises(ValidationError):
        agenda_items.refer_agenda_item(cast[MANAGER], item, organ="SEPAC", due=datetime.date(2020, 1, 1))
    referred = agenda_items.refer_agenda_item(cast["tto.ministry.decider"], item, organ="SEPAC", due=tomorrow)
    assert referred.state == "referred"
    assert "SEPAC" in referred.outcome
