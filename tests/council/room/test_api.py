"""Fifteen ministries in one room over the API: coming, leaving, asking for the floor."""

from typing import Any

import pytest
from django.urls import reverse

from apps.council.models import PresenceEvent
from apps.council.queries import room
from tests.council.room.people import FULL, a_meeting, an_item, fresh, in_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def does(api: Any) -> Any:
    """A desk's program carries out a verb of a record: the answer."""
    programs: dict[str, Any] = {}

    def act(desk: str, row: Any, verb: str, **fields: Any) -> Any:
        program = programs.setdefault(desk, api(desk))
        collection = {"Meeting": "meetings", "AgendaItem": "items"}[type(row).__name__]
        url = reverse(f"api:council-{collection}-do-{verb}", args=[row.pk])
        return program.post(url, fields, format="json")

    return act


def test_the_session_opens_with_the_eighth_of_fifteen_ministries(cast: Any, does: Any) -> None:
    meeting = a_meeting(cast, mode="remote")
    for number, party in enumerate(FULL, start=1):
        assert does(f"{party}.ministry", meeting, "join").status_code == 200, party
        if number == 7:
            refused = does("IMPACS.secretariat", meeting, "start_session")
            assert refused.status_code == 409
            assert "Article 27(1): 8 of 15 needed, 7 present." in refused.json()["detail"]
        if number == 8:
            assert does("IMPACS.secretariat", meeting, "start_session").json()["state"] == "in_session"
    assert room.presence(meeting).members_present == FULL
    for party in FULL[:8]:
        assert does(f"{party}.ministry", meeting, "leave").status_code == 200
    assert does("IMPACS.secretariat", meeting, "suspend").status_code == 200
    refused = does("IMPACS.secretariat", meeting, "resume")
    assert (refused.status_code, refused.json()["code"]) == (409, "no-quorum")
    assert does("HTI.ministry", meeting, "join").status_code == 200
    assert does("IMPACS.secretariat", meeting, "resume").json()["state"] == "in_session"


def test_a_ministry_speaks_for_its_own_presence_alone(cast: Any, does: Any) -> None:
    meeting = a_meeting(cast, mode="hybrid")
    answer = does("HTI.ministry", meeting, "note_presence", party="JAM", event="arrive")
    assert (answer.status_code, answer.json()["code"]) == (403, "not-secretariat")
    assert does("HTI.border", meeting, "join").status_code == 404
    assert not PresenceEvent.objects.exists()


def test_bad_input_is_said_at_its_field(cast: Any, does: Any) -> None:
    meeting = a_meeting(cast)
    wrong = does("IMPACS.secretariat", meeting, "call_roll", present=["JAM", "ATLANTIS"])
    assert wrong.status_code == 400
    assert "ATLANTIS has no delegation at this meeting" in str(wrong.json())
    wrong = does("IMPACS.secretariat", meeting, "note_presence", party="JAM", event="sleeps")
    assert wrong.status_code == 400
    assert "event" in str(wrong.json())


def test_a_closed_meeting_refuses_whoever_comes(cast: Any, does: Any) -> None:
    meeting = in_session(cast, mode="remote")
    assert does("IMPACS.secretariat", meeting, "close").json()["state"] == "closed"
    answer = does("HTI.ministry", meeting, "join")
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong-state")


def test_the_list_of_speakers_over_the_api(cast: Any, does: Any) -> None:
    meeting = a_meeting(cast, mode="remote")
    for party in (*FULL[:9], "CYM"):
        does(f"{party}.ministry", meeting, "join")
    does("IMPACS.secretariat", meeting, "start_session")
    item = an_item(cast, meeting)
    assert does("HTI.ministry", item, "open").status_code == 403
    assert does("IMPACS.secretariat", item, "open").json()["state"] == "under_discussion"
    assert does("CYM.ministry", item, "ask_for_floor").status_code == 200
    twice = does("CYM.ministry", item, "ask_for_floor")
    assert (twice.status_code, twice.json()["code"]) == (409, "on-the-list")
    assert does("TTO.ministry", item, "ask_for_floor").json()["code"] == "not-present"
    unasked = does("IMPACS.secretariat", item, "give_floor", party="HTI")
    assert "HTI is not on the speakers' list" in str(unasked.json())
    assert does("IMPACS.secretariat", item, "give_floor", party="CYM").status_code == 200
    assert does("CYM.ministry", item, "yield_floor").status_code == 200
    assert does("IMPACS.secretariat", item, "note").json()["outcome"] == "The meeting took note."
    assert fresh(meeting).floor_item_id is None
