"""A session opens, pauses and ends only as its quorum allows; who is there is noted by those who may."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from apps.access.refusal import Refused
from apps.council.actions import floor, sessions
from apps.council.models import AgendaItem, Delegation, PresenceEvent, Sitting
from apps.council.queries import room
from tests.council.room.people import FULL, KEEPER, a_meeting, actor_of, an_item, fresh, in_session

pytestmark = pytest.mark.django_db


def test_eight_of_fifteen_make_a_quorum_and_seven_do_not(cast: Any) -> None:
    meeting = a_meeting(cast)
    sessions.call_roll(cast[KEEPER], meeting, present=list(FULL[:7]))
    with pytest.raises(Refused) as refused:
        sessions.start_session(cast[KEEPER], meeting)
    assert "Article 27(1): 8 of 15 needed, 7 present." in refused.value.message
    sessions.note_presence(cast[KEEPER], meeting, party=FULL[7], event="arrive")
    assert sessions.start_session(cast[KEEPER], meeting).state == "in_session"
    sitting = Sitting.objects.get(meeting=meeting)
    assert (sitting.number, sitting.quorum_required, sitting.present) == (1, 8, list(FULL[:8]))


def test_associate_members_in_the_room_make_no_quorum(cast: Any) -> None:
    meeting = a_meeting(cast)
    associates = ["AIA", "BMU", "VGB", "CYM", "TCA"]
    sessions.call_roll(cast[KEEPER], meeting, present=[*FULL[:7], *associates])
    there = room.presence(meeting)
    assert (there.members_present, len(there.associates_present), there.met) == (FULL[:7], 5, False)
    with pytest.raises(Refused, match="7 present"):
        sessions.start_session(cast[KEEPER], meeting)


def test_a_meeting_without_quorum_is_put_on_record_with_those_who_came(cast: Any) -> None:
    meeting = a_meeting(cast)
    sessions.call_roll(cast[KEEPER], meeting, present=["JAM", "BRB"])
    assert sessions.note_no_quorum(cast[KEEPER], meeting).state == "adjourned"
    sitting = Sitting.objects.get(meeting=meeting)
    assert sitting.present == ["BRB", "JAM"]
    assert sitting.closed_at is not None
    assert "8 of 15 needed, 2 present" in sitting.closed_reason
    sessions.call_roll(cast[KEEPER], meeting, present=list(FULL[:8]))
    with pytest.raises(Refused, match="quorum-met: There is a quorum"):
        sessions.note_no_quorum(cast[KEEPER], meeting)
    assert sessions.start_session(cast[KEEPER], meeting).state == "in_session"


def test_when_the_quorum_is_lost_a_suspended_session_goes_on_only_when_it_is_back(cast: Any) -> None:
    meeting = in_session(cast)
    sessions.note_presence(cast[KEEPER], meeting, party=FULL[7], event="leave")
    assert not room.presence(meeting).met
    sessions.suspend_meeting(cast[KEEPER], meeting, reason="Quorum lost")
    assert Sitting.objects.get(meeting=meeting).closed_reason == "Quorum lost"
    with pytest.raises(Refused, match="7 present"):
        sessions.resume_meeting(cast[KEEPER], meeting)
    sessions.note_presence(cast[KEEPER], meeting, party=FULL[7], event="arrive")
    sessions.resume_meeting(cast[KEEPER], meeting)
    assert Sitting.objects.filter(meeting=meeting).count() == 2


def test_after_an_adjournment_the_roll_is_called_again(cast: Any) -> None:
    meeting = in_session(cast)
    sessions.adjourn_meeting(cast[KEEPER], meeting, reason="Until tomorrow, 09:00")
    assert room.presence(meeting).everybody == frozenset()
    with pytest.raises(Refused, match=r"0 present\. Call the roll first"):
        sessions.start_session(cast[KEEPER], meeting)


def test_presence_at_an_earlier_moment_is_what_it_was_then(cast: Any) -> None:
    meeting = in_session(cast)
    before = PresenceEvent.objects.filter(meeting=meeting).latest("at").at
    sessions.note_presence(cast[KEEPER], meeting, party="TTO", event="arrive")
    sessions.note_presence(cast[KEEPER], meeting, party="ATG", event="leave")
    assert len(room.presence(meeting, before).members_present) == 8
    assert "ATG" in room.present_at(meeting, before)
    assert {"TTO"} == set(room.presence(meeting).members_present) - set(FULL[:8])


def test_a_second_roll_call_notes_who_came_and_who_left_in_one_act(cast: Any) -> None:
    meeting = a_meeting(cast)
    sessions.call_roll(cast[KEEPER], meeting, present=["JAM", "BRB"])
    sessions.call_roll(cast[KEEPER], meeting, present=["BRB", "TTO"])
    events = PresenceEvent.objects.filter(meeting=meeting).values_list("party_id", "event")
    assert sorted(events) == [("BRB", "arrive"), ("JAM", "arrive"), ("JAM", "leave"), ("TTO", "arrive")]
    assert PresenceEvent.objects.filter(meeting=meeting).values("at").distinct().count() == 2


def test_what_was_noted_of_presence_is_never_edited(cast: Any) -> None:
    meeting = a_meeting(cast)
    sessions.call_roll(cast[KEEPER], meeting, present=["JAM"])
    with pytest.raises(IntegrityError, match="never changed"):
        PresenceEvent.objects.filter(meeting=meeting).update(party_id="BRB")


def test_who_is_here_does_not_arrive_again(cast: Any) -> None:
    meeting = in_session(cast)
    with pytest.raises(ValidationError, match="ATG is already present"):
        sessions.note_presence(cast[KEEPER], meeting, party="ATG", event="connect")
    with pytest.raises(ValidationError, match="TTO is not present"):
        sessions.note_presence(cast[KEEPER], meeting, party="TTO", event="leave")


def test_a_state_joins_a_hybrid_meeting_by_itself_and_leaves_it(cast: Any) -> None:
    meeting, haiti = a_meeting(cast, mode="hybrid"), actor_of("HTI.ministry")
    Delegation.objects.filter(meeting=meeting, party="CYM").update(party="IMPACS")  # nobody may delete one
    with pytest.raises(Refused, match="no-delegation"):
        sessions.join_meeting(actor_of("CYM.ministry"), meeting)
    sessions.join_meeting(haiti, meeting)
    assert room.presence(meeting).members_present == ("HTI",)
    with pytest.raises(Refused, match="here-already"):
        sessions.join_meeting(haiti, meeting)
    sessions.leave_meeting(haiti, meeting)
    assert room.presence(meeting).members_present == ()
    sessions.note_presence(cast[KEEPER], meeting, party="HTI", event="arrive")
    with pytest.raises(Refused, match=r"not-connected: .* Secretariat records departures"):
        sessions.leave_meeting(haiti, meeting)


def test_nobody_joins_a_meeting_in_person_from_afar(cast: Any) -> None:
    with pytest.raises(Refused, match="held in person"):
        sessions.join_meeting(cast["jam.ministry.decider"], a_meeting(cast))


def test_a_state_cannot_say_who_is_there_nor_open_the_session_from_the_floor(cast: Any) -> None:
    meeting, jamaica = a_meeting(cast), cast["jam.ministry.decider"]
    for attempt in (
        lambda: sessions.note_presence(jamaica, meeting, party="BRB", event="leave"),
        lambda: sessions.call_roll(jamaica, meeting, present=["JAM"]),
    ):
        with pytest.raises(Refused, match="not-secretariat"):
            attempt()
    with pytest.raises(Refused, match="not-chair"):
        sessions.start_session(jamaica, meeting)
    assert not PresenceEvent.objects.exists()


def test_the_ministry_of_the_state_in_the_chair_opens_the_session(cast: Any) -> None:
    meeting = a_meeting(cast, chair="BRB")
    sessions.call_roll(cast[KEEPER], meeting, present=list(FULL))
    assert sessions.start_session(cast["brb.ministry.decider"], meeting).state == "in_session"


def test_an_organ_sits_in_one_meeting_at_a_time(cast: Any) -> None:
    in_session(cast)
    second = a_meeting(cast)
    sessions.call_roll(cast[KEEPER], second, present=list(FULL))
    with pytest.raises(Refused, match="organ-sits"):
        sessions.start_session(cast[KEEPER], second)


def test_closing_defers_what_was_not_reached_and_ends_presence(cast: Any) -> None:
    meeting = in_session(cast)
    item, done = an_item(cast, meeting), an_item(cast, meeting)
    floor.open_agenda_item(cast[KEEPER], done)
    floor.note_agenda_item(cast[KEEPER], done)
    assert sessions.close_meeting(cast[KEEPER], meeting).state == "closed"
    assert (fresh(item).state, fresh(item).reason) == ("deferred", "Not reached at this meeting")
    assert fresh(done).state == "noted"
    assert room.presence(meeting).everybody == frozenset()
    assert AgendaItem.objects.filter(meeting=meeting, state="scheduled").count() == 0


def test_a_closed_meeting_takes_nothing_more(cast: Any) -> None:
    meeting = in_session(cast, mode="hybrid")
    sessions.close_meeting(cast[KEEPER], meeting)
    for attempt in (
        lambda: sessions.note_presence(cast[KEEPER], meeting, party="TTO", event="arrive"),
        lambda: sessions.join_meeting(cast["jam.ministry.decider"], meeting),
        lambda: sessions.resume_meeting(cast[KEEPER], meeting),
    ):
        with pytest.raises(Refused, match="wrong-state"):
            attempt()
