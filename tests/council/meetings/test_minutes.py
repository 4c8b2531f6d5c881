"""The minutes: generated, corrected by States, agreed and sealed."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.access.refusal import Refused
from apps.council.actions import agenda, delegations, minutes
from apps.council.models import AgendaItem, Decision, Meeting, MinutesCorrection, PresenceEvent, Sitting
from tests.council.meetings.people import MANAGER, a_meeting, an_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(cast: Any) -> Meeting:
    """A meeting that took place, with one open and one restricted item and a decision."""
    keeper, meeting = cast[MANAGER], a_meeting(cast)
    item, hidden = an_item(cast, meeting), an_item(cast, meeting, title="Witness protection", restricted=True)
    delegations.name_delegation(cast["brb.ministry.decider"], meeting, head="The Minister")
    meeting = agenda.close_agenda(keeper, Meeting.objects.get(pk=meeting.pk), missing=True)
    now = timezone.now()
    Sitting.objects.create(
        meeting=meeting, number=1, opened_at=now, closed_at=now, quorum_required=8, present=["BRB", "JAM"]
    )
    for party in ("BRB", "JAM", "CYM"):
        PresenceEvent.objects.create(meeting=meeting, party_id=party, event="arrive", at=now, seat_id=keeper.seat_id)
    AgendaItem.objects.filter(pk__in=[item.pk, hidden.pk]).update(state="decided", outcome="Agreed as tabled.")
    for number, of in ((1, item), (2, hidden)):
        Decision.objects.create(
            working_no=f"W/{number}",
            organ_id="CONSLE",
            meeting=meeting,
            item=of,
            proposer_id="BRB",
            owner_id=keeper.desk_id,
            originator_id="IMPACS",
            kind="decision",
            question="DECISION",
            title=f"Decision on {of.title}",
            text_hash="0" * 64,
            state="adopted",
            result={"sentence": "13 for, 0 against; 12 of 15 needed."},
        )
    Meeting.objects.filter(pk=meeting.pk).update(state="closed")
    meeting.refresh_from_db()
    return meeting


def paragraph(meeting: Meeting, words: str) -> str:
    line = next(line for line in meeting.minutes.splitlines() if words in line)
    return line.partition(".")[0]


def over(meeting: Meeting) -> Meeting:
    """The same meeting when the time for corrections has gone by."""
    Meeting.objects.filter(pk=meeting.pk).update(corrections_until=timezone.now() - datetime.timedelta(minutes=1))
    return Meeting.objects.get(pk=meeting.pk)


def test_minutes_are_made_from_sittings_presence_items_and_decisions(cast: Any, held: Meeting) -> None:
    text = minutes.draft_minutes(cast[MANAGER], held).minutes
    assert "Barbados (The Minister)" in text
    assert "First sitting" in text
    assert "quorum 8" in text
    assert "Item 1, Joining APIS: decided. Agreed as tabled." in text
    assert "W/1, Decision on Joining APIS: adopted. 13 for, 0 against; 12 of 15 needed." in text
    assert "Associate Members present: Cayman Islands." in text
    assert "Member States present: Barbados (The Minister), Jamaica." in text


def test_minutes_read_by_associates_say_nothing_of_restricted_items(cast: Any, held: Meeting) -> None:
    text = minutes.draft_minutes(cast[MANAGER], held).minutes
    assert "Witness protection" not in text
    assert "W/2" not in text


def test_a_state_corrects_a_paragraph_and_the_hash_changes_with_the_text(cast: Any, held: Meeting) -> None:
    keeper = cast[MANAGER]
    drafted = minutes.draft_minutes(keeper, held)
    before, number = drafted.minutes_hash, paragraph(drafted, "Joining APIS")
    words = "Item 1, Joining APIS: decided after a second reading."
    minutes.correct_minutes(cast["jam.ministry.decider"], drafted, paragraph=number, text=words)
    row = MinutesCorrection.objects.get(meeting=held)
    assert row.party_id == "JAM"
    settled = minutes.settle_correction(keeper, drafted, correction=str(row.pk), disposition="accepted")
    assert f"{number}. {words}" in settled.minutes
    assert settled.minutes_hash != before
    agreed = minutes.agree_minutes(cast["tto.ministry.decider"], over(settled))
    assert (agreed.state, agreed.minutes_hash) == ("minutes_agreed", settled.minutes_hash)


def test_a_correction_that_is_not_taken_over_is_annexed_under_the_name_of_the_state(cast: Any, held: Meeting) -> None:
    keeper = cast[MANAGER]
    drafted = minutes.draft_minutes(keeper, held)
    minutes.correct_minutes(cast["jam.ministry.decider"], drafted, paragraph="1", text="We were there")
    row = MinutesCorrection.objects.get(meeting=held)
    minutes.settle_correction(keeper, drafted, correction=str(row.pk), disposition="annexed")
    before = Meeting.objects.get(pk=held.pk).minutes_hash
    agreed = minutes.agree_minutes(keeper, over(drafted))
    assert "- Jamaica, paragraph 1: We were there" in agreed.minutes
    assert agreed.minutes_hash != before


def test_minutes_are_agreed_when_the_time_is_over_and_no_correction_waits(cast: Any, held: Meeting) -> None:
    keeper = cast[MANAGER]
    drafted = minutes.draft_minutes(keeper, held, days=3)
    with pytest.raises(Refused) as early:
        minutes.agree_minutes(keeper, drafted)
    minutes.correct_minutes(cast["brb.ministry.decider"], drafted, paragraph="1", text="Other words")
    with pytest.raises(Refused) as waiting:
        minutes.agree_minutes(keeper, over(drafted))
    with pytest.raises(Refused) as late:
        minutes.correct_minutes(cast["jam.ministry.decider"], drafted, paragraph="1", text="Too late")
    codes = [wrong.value.code for wrong in (early, waiting, late)]
    assert codes == ["corrections-running", "corrections-open", "corrections-over"]


def test_a_correction_names_a_paragraph_that_is_there(cast: Any, held: Meeting) -> None:
    drafted = minutes.draft_minutes(cast[MANAGER], held)
    with pytest.raises(ValidationError) as wrong:
        minutes.correct_minutes(cast["jam.ministry.decider"], drafted, paragraph="99", text="x")
    assert "paragraph" in wrong.value.message_dict
