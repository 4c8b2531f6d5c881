"""Meetings as programs of the Secretariat and of States drive them."""

from typing import Any

import pytest

from apps.access import outbox
from apps.access.models import Dispatch
from apps.council.actions import agenda
from apps.council.models import AgendaItem, Delegation, Meeting
from tests.council.meetings.people import MANAGER, a_meeting, an_item, local

pytestmark = pytest.mark.django_db
HOME = "/api/v1/council/meetings/"
PLAN = {"organ": "CONSLE", "place": "Paramaribo", "time_zone": "America/Paramaribo", "chair": "SUR"}


def do(program: Any, url: str, verb: str, **fields: Any) -> Any:
    return program.post(f"{url}actions/{verb}/", fields, format="json")


def test_a_meeting_goes_from_the_plan_to_the_closed_agenda_over_the_api(api: Any) -> None:
    keeper, haiti = api("IMPACS.secretariat"), api("HTI.ministry")
    made = keeper.post(HOME, {**PLAN, "starts_at": local(40), "ends_at": local(41)}, format="json")
    assert made.status_code == 201, made.json()
    row, url = made.json(), made.json()["url"]
    assert (row["state"], row["number"], row["chair"], row["rule_set"]) == ("draft", 1, "SUR", None)
    assert haiti.get(url).status_code == 404
    assert do(haiti, url, "convene").status_code == 404
    called = do(keeper, url, "convene").json()
    assert called["rule_set"] == "RS-CONSLE-2006"
    assert do(haiti, url, "answer_invitation", answer="accepted").status_code == 200
    assert do(haiti, url, "present_credentials", until=local(41)[:10]).status_code == 200
    settled = do(keeper, url, "settle_credentials", party="HTI", credentials="accepted").json()
    own = next(line for line in settled["delegations"] if line["party"] == "HTI")
    assert own == {
        **{"party": "HTI", "votes": True, "answer": "accepted", "credentials": "accepted", "head": ""},
        "credentials_until": local(41)[:10],
    }
    assert do(keeper, url, "open_agenda").json()["state"] == "agenda_open"
    proposal = {"meeting": row["id"], "title": "Coast guards", "kind": "for_information"}
    item = haiti.post("/api/v1/council/items/", proposal, format="json").json()
    assert do(haiti, item["url"], "accept").status_code == 403
    assert do(keeper, item["url"], "accept").json()["position"] == 1
    closed = do(keeper, url, "close_agenda").json()
    assert (closed["state"], closed["agenda_version"]) == ("agenda_closed", 1)
    (line,) = closed["agenda"]
    assert (line["title"], line["state"], line["restricted"]) == ("Coast guards", "scheduled", False)
    assert line["starts_at"] is not None


def test_a_call_short_of_notice_is_a_located_fault(api: Any) -> None:
    keeper = api("IMPACS.secretariat")
    made = keeper.post(HOME, {**PLAN, "starts_at": local(5), "ends_at": local(6)}, format="json").json()
    answer = do(keeper, made["url"], "convene")
    assert answer.status_code == 400
    (fault,) = answer.json()["errors"]
    assert fault["pointer"] == "/notice_waiver"
    assert "21 days" in fault["message"]
    assert Meeting.objects.get().state == "draft"


def test_bad_input_is_told_field_by_field(api: Any) -> None:
    answer = api("IMPACS.secretariat").post(HOME, {"organ": "NOBODY", "starts_at": "soon", "extra": 1}, format="json")
    assert answer.status_code == 400
    assert {fault["pointer"] for fault in answer.json()["errors"]} == {"/organ", "/starts_at", "/ends_at", "/extra"}


def test_a_state_that_was_not_called_does_not_answer(cast: Any, api: Any) -> None:
    meeting = a_meeting(cast, state="convened")
    answer = do(api("CCS.ministry"), f"{HOME}{meeting.pk}/", "answer_invitation", answer="accepted")
    assert (answer.status_code, answer.json()["code"]) == (403, "not-invited")
    assert not Delegation.objects.filter(meeting=meeting).exclude(answer="none").exists()


def test_a_program_of_another_function_finds_no_meeting(cast: Any, api: Any) -> None:
    meeting = a_meeting(cast)
    program = api("BRB.border")
    assert program.get(HOME).json()["results"] == []
    assert program.get(f"{HOME}{meeting.pk}/").status_code == 404


def test_the_closing_warns_of_votes_for_which_too_few_announced_themselves(cast: Any, monkeypatch: Any) -> None:
    listener = [("tests.listener", lambda dispatch: None)]
    monkeypatch.setitem(outbox._LISTENERS, "agenda.majority_unreachable", listener)
    meeting = a_meeting(cast)
    short = an_item(cast, meeting)
    an_item(cast, meeting, title="To note", kind="for_information")
    agenda.close_agenda(cast[MANAGER], meeting, missing=True)
    warned = Dispatch.objects.filter(topic="agenda.majority_unreachable").values_list("object_id", flat=True)
    assert list(warned) == [str(short.pk)]
    reopened = agenda.reopen_agenda(cast[MANAGER], Meeting.objects.get(pk=meeting.pk))
    Delegation.objects.filter(meeting=meeting).update(answer="accepted")
    agenda.close_agenda(cast[MANAGER], reopened, missing=True)
    assert Dispatch.objects.filter(topic="agenda.majority_unreachable").count() == 1
    assert AgendaItem.objects.get(pk=short.pk).state == "scheduled"
