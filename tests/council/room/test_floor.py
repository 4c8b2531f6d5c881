"""The item on the floor, and the order in which delegations speak to it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from apps.access.refusal import Refused
from apps.council.actions import drafts, floor, sessions, votes
from apps.council.models import Speaker
from apps.council.queries.floor import floor as look
from tests.council.room.people import FULL, KEEPER, a_decision, a_vote, actor_of, an_item, fresh, in_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(cast: Any) -> Any:
    """A session with all States but Trinidad and Tobago, and the Cayman Islands."""
    return in_session(cast, (*FULL[:14], "CYM"))


def test_an_item_comes_on_the_floor_only_in_session(cast: Any, meeting: Any) -> None:
    item = an_item(cast, meeting)
    sessions.suspend_meeting(cast[KEEPER], meeting)
    with pytest.raises(Refused, match="not-in-session"):
        floor.open_agenda_item(cast[KEEPER], item)
    sessions.resume_meeting(cast[KEEPER], meeting)
    assert floor.open_agenda_item(cast[KEEPER], item).state == "under_discussion"
    assert fresh(meeting).floor_item_id == item.pk


def test_the_floor_passes_to_another_item_and_back(cast: Any, meeting: Any) -> None:
    first, second = an_item(cast, meeting), an_item(cast, meeting)
    floor.open_agenda_item(cast[KEEPER], first)
    floor.ask_for_floor(cast["jam.ministry.decider"], first)
    floor.open_agenda_item(cast[KEEPER], second)
    assert fresh(meeting).floor_item_id == second.pk
    assert Speaker.objects.get().state == "withdrawn"
    with pytest.raises(Refused, match="not-on-the-floor"):
        floor.ask_for_floor(cast["jam.ministry.decider"], first)
    floor.open_agenda_item(cast[KEEPER], first)
    with pytest.raises(Refused, match=r"^on-the-floor"):
        floor.open_agenda_item(cast[KEEPER], first)


def test_a_state_does_not_move_the_floor(cast: Any, meeting: Any) -> None:
    with pytest.raises(Refused, match="not-chair"):
        floor.open_agenda_item(cast["jam.ministry.decider"], an_item(cast, meeting))


def test_member_states_speak_before_associates_and_each_by_the_time_of_asking(cast: Any, meeting: Any) -> None:
    item = floor.open_agenda_item(cast[KEEPER], an_item(cast, meeting))
    for who in ("cym.ministry.decider", "jam.ministry.decider", "brb.ministry.decider"):
        floor.ask_for_floor(cast[who], item)
    shown = look(cast[KEEPER], fresh(meeting), FULL)
    assert [turn.party for turn in shown.waiting] == ["JAM", "BRB", "CYM"]
    floor.give_floor(cast[KEEPER], item, party="CYM")
    assert look(cast[KEEPER], fresh(meeting), FULL).speaking.party == "CYM"
    floor.give_floor(cast[KEEPER], item, party="JAM")
    shown = look(cast[KEEPER], fresh(meeting), FULL)
    assert (shown.speaking.party, [turn.party for turn in shown.spoken]) == ("JAM", ["CYM"])
    assert shown.spoken[0].minutes == 1


def test_nobody_stands_on_the_list_twice(cast: Any, meeting: Any) -> None:
    item, jamaica = floor.open_agenda_item(cast[KEEPER], an_item(cast, meeting)), cast["jam.ministry.decider"]
    floor.ask_for_floor(jamaica, item)
    with pytest.raises(Refused, match="on-the-list"):
        floor.ask_for_floor(jamaica, item)
    floor.leave_speakers_list(jamaica, item)
    with pytest.raises(Refused, match="not-on-the-list"):
        floor.leave_speakers_list(jamaica, item)
    floor.ask_for_floor(jamaica, item)


def test_only_a_delegation_in_the_room_asks_for_the_floor(cast: Any, meeting: Any) -> None:
    item = floor.open_agenda_item(cast[KEEPER], an_item(cast, meeting))
    with pytest.raises(Refused, match="not-present"):
        floor.ask_for_floor(actor_of("TTO.ministry"), item)
    haiti = actor_of("HTI.ministry")
    floor.ask_for_floor(haiti, item)
    sessions.note_presence(cast[KEEPER], meeting, party="HTI", event="leave")
    with pytest.raises(ValidationError, match="HTI is not in the room"):
        floor.give_floor(cast[KEEPER], item, party="HTI")


def test_a_speech_is_ended_by_the_speaker_or_the_chair_and_by_nobody_else(cast: Any, meeting: Any) -> None:
    item = floor.open_agenda_item(cast[KEEPER], an_item(cast, meeting))
    floor.ask_for_floor(cast["jam.ministry.decider"], item)
    floor.give_floor(cast[KEEPER], item, party="JAM")
    with pytest.raises(Refused, match="not-chair"):
        floor.yield_floor(actor_of("HTI.ministry"), item)
    floor.yield_floor(cast["jam.ministry.decider"], item)
    with pytest.raises(Refused, match="nobody-speaks"):
        floor.yield_floor(cast["brb.ministry.decider"], item)


def test_taking_note_clears_the_floor_and_the_list(cast: Any, meeting: Any) -> None:
    item = floor.open_agenda_item(cast[KEEPER], an_item(cast, meeting))
    floor.ask_for_floor(cast["jam.ministry.decider"], item)
    done = floor.note_agenda_item(cast[KEEPER], item)
    assert (done.state, done.outcome) == ("noted", "The meeting took note.")
    assert fresh(meeting).floor_item_id is None
    assert Speaker.objects.get().state == "withdrawn"


def test_an_item_is_decided_when_its_proposals_are(cast: Any, meeting: Any) -> None:
    item = floor.open_agenda_item(cast[KEEPER], an_item(cast, meeting, kind="for_decision"))
    with pytest.raises(ValidationError, match="No decision on this item has been adopted or rejected"):
        floor.decide_agenda_item(cast[KEEPER], item)
    adopted, still = a_decision(cast, item), a_decision(cast, item)
    votes.close_vote(cast[KEEPER], a_vote(cast, adopted, *FULL[:12]))
    with pytest.raises(ValidationError, match=f"Still open: {still}"):
        floor.decide_agenda_item(cast[KEEPER], item)
    drafts.withdraw_decision(cast[KEEPER], still, reason="Withdrawn")
    assert floor.decide_agenda_item(cast[KEEPER], item).outcome == f"{adopted}: adopted"


def test_during_a_vote_neither_the_floor_moves_nor_the_session_ends(cast: Any, meeting: Any) -> None:
    item, other = floor.open_agenda_item(cast[KEEPER], an_item(cast, meeting)), an_item(cast, meeting)
    decision = a_vote(cast, a_decision(cast, item))
    for attempt in (
        lambda: floor.open_agenda_item(cast[KEEPER], other),
        lambda: floor.note_agenda_item(cast[KEEPER], item),
        lambda: sessions.suspend_meeting(cast[KEEPER], meeting),
        lambda: sessions.adjourn_meeting(cast[KEEPER], meeting, reason="Rain"),
        lambda: sessions.close_meeting(cast[KEEPER], meeting),
    ):
        with pytest.raises(Refused, match=f"vote-open: The vote on {decision} is open"):
            attempt()


def test_a_restricted_item_on_the_floor_is_nothing_to_an_associate(cast: Any, meeting: Any) -> None:
    floor.open_agenda_item(cast[KEEPER], an_item(cast, meeting, restricted=True))
    assert look(cast["jam.ministry.decider"], fresh(meeting), FULL).item is not None
    seen = look(cast["cym.ministry.decider"], fresh(meeting), FULL)
    assert (seen.item, seen.agenda) == (None, [])
