"""The API of a desk's addresses, test alarms and quiet hours: the verbs of the pages, and no further."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.access.models import IdempotencyKey
from apps.notices import queries
from apps.notices.actions import alarms
from apps.notices.actions import webhooks as actions
from apps.notices.models import Notice, Subscription, Webhook, WebhookCall
from tests.notices.telling import told

DECIDER, READER, OTHER = "brb.ministry.decider", "brb.ministry.reader", "jam.ministry.decider"
HOOKS, ALARMS, WAYS, CALLS = (f"/api/v1/notices/{name}/" for name in ("webhooks", "alarms", "ways", "webhook-calls"))
PUBLIC = "https://hooks.example.org/portal"


def post(client: Any, place: str, body: Any = None, **headers: str) -> Any:
    return client.post(place, json.dumps(body or {}), content_type="application/json", headers=headers)


# --- addresses --------------------------------------------------------------------------------------------------------


def test_an_address_is_given_tried_renewed_and_ended_and_its_secret_is_told_twice_in_all(client_for: Any) -> None:
    decider = client_for(DECIDER)
    made = post(decider, HOOKS, {"url": PUBLIC})
    assert (made.status_code, made.json()["state"], made.json()["address"]) == (201, "live", PUBLIC)
    place, first = made.json()["url"], made.json()["secret"]
    assert len(first) > 30
    assert decider.get(place).json()["secret"] == ""
    second = post(decider, f"{place}actions/renew/").json()["secret"]
    assert second not in {"", first}
    assert post(decider, f"{place}actions/try/").status_code == 200
    [call] = decider.get(CALLS).json()["results"]
    assert (call["state"], call["notice"], call["webhook"]) == ("queued", None, place)
    again = post(decider, f"{place}actions/resend/", {"call": call["id"]})
    assert (again.status_code, len(decider.get(CALLS).json()["results"])) == (200, 2)
    ended = post(decider, f"{place}actions/end/")
    assert (ended.json()["state"], ended.json()["secret"]) == ("ended", "")
    assert post(decider, f"{place}actions/try/").status_code == 409


def test_the_answer_that_is_kept_for_a_repeat_holds_no_secret(client_for: Any) -> None:
    decider = client_for(DECIDER)
    first, second = (post(decider, HOOKS, {"url": PUBLIC}, **{"Idempotency-Key": "once"}) for _ in range(2))
    assert (first.status_code, second.status_code, Webhook.objects.count()) == (201, 201, 1)
    assert len(first.json()["secret"]) > 30
    assert second.json()["secret"] == ""
    assert first.json()["secret"] not in json.dumps(IdempotencyKey.objects.get().body)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [({}, "/url"), ({"url": "http://hooks.example.org/"}, "/url"), ({"url": PUBLIC, "secret": "mine"}, "/secret")],
)
def test_a_wrong_address_is_told_at_its_field(body: Any, pointer: str, client_for: Any) -> None:
    answer = post(client_for(DECIDER), HOOKS, body)
    assert answer.status_code == 400
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


def test_a_key_reads_the_addresses_of_its_desk_and_gives_none(cast: Any, api: Any, client_for: Any) -> None:
    row = actions.add_webhook(cast[DECIDER], None, url=PUBLIC)
    program = api("BRB.ministry")
    assert [one["id"] for one in program.get(HOOKS).json()["results"]] == [str(row.pk)]
    refused = program.post(HOOKS, {"url": "https://other.example.org/"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "program-account")
    assert program.post(f"{HOOKS}{row.pk}/actions/renew/").status_code == 403
    assert not any(one["allowed"] for one in program.get(f"{HOOKS}{row.pk}/actions/").json())
    for stranger in (client_for(READER), client_for(OTHER), api("JAM.ministry")):
        assert stranger.get(HOOKS).json()["results"] == []
        assert stranger.get(CALLS).json()["results"] == []
        assert stranger.get(f"{HOOKS}{row.pk}/").status_code == 404


def test_calls_are_filtered_by_their_address_and_name_the_notice(cast: Any, api: Any, drain: Any) -> None:
    row = actions.add_webhook(cast[DECIDER], None, url=PUBLIC)
    told()
    program = api("BRB.ministry")
    known = Notice.objects.filter(owner__code="BRB.ministry").values_list("pk", flat=True)
    calls = program.get(CALLS, {"webhook": str(row.pk)}).json()["results"]
    assert {one["notice"] for one in calls} <= {str(pk) for pk in known}
    assert program.get(CALLS, {"webhook": "nonsense"}).status_code == 400


# --- test alarms ------------------------------------------------------------------------------------------------------


def test_a_test_alarm_is_sent_answered_once_and_counts_seconds(client_for: Any, stop_clock: Any) -> None:
    stop_clock()
    decider, reader = client_for(DECIDER), client_for(READER)
    sent = post(decider, ALARMS)
    assert sent.status_code == 201
    place = sent.json()["url"]
    assert {one["seconds"] for one in sent.json()["answers"]} == {None}
    answered = post(reader, f"{place}actions/answer/")
    assert (answered.status_code, answered.json()["answers"][0]["seconds"]) == (200, 0)
    twice = post(reader, f"{place}actions/answer/")
    assert (twice.status_code, twice.json()["code"]) == (409, "answered-already")
    assert post(reader, ALARMS).status_code == 403
    assert client_for(OTHER).get(place).status_code == 404


def test_a_key_sends_no_alarm_and_answers_none(cast: Any, api: Any) -> None:
    program, row = api("BRB.ministry"), alarms.send_alarm(cast[DECIDER], None)
    assert program.post(ALARMS).json()["code"] == "program-account"
    assert program.post(f"{ALARMS}{row.pk}/actions/answer/").json()["code"] == "not-alarmed"


def test_a_page_of_alarms_asks_as_often_for_ten_as_for_one(cast: Any, client_for: Any) -> None:
    decider, asked = client_for(DECIDER), []
    decider.get(ALARMS)
    for number in (1, 9):
        for _ in range(number):
            alarms.send_alarm(cast[DECIDER], None)
        with CaptureQueriesContext(connection) as found:
            page = decider.get(ALARMS).json()
        asked.append((len(page["results"]), len(found)))
    assert [rows for rows, _queries in asked] == [1, 10]
    assert asked[0][1] == asked[1][1]


# --- how one is told --------------------------------------------------------------------------------------------------


def test_quiet_hours_are_set_read_and_taken_back(client_for: Any, cast: Any) -> None:
    reader = client_for(READER)
    [usual] = reader.get(WAYS).json()["results"]
    assert (usual["quiet_from"], usual["passes"], usual["ways"]) == (None, "high", {})
    made = post(reader, WAYS, {"quiet_from": "22:00", "quiet_until": "06:00", "passes": "low"})
    assert (made.status_code, made.json()["quiet_from"], made.json()["passes"]) == (201, "22:00:00", "low")
    assert reader.get(made.json()["url"]).json() == made.json()
    assert queries.chosen_by(cast[READER]).quiet_until.hour == 6
    assert "22:00" in reader.get(reverse("notices:settings")).content.decode()
    post(reader, WAYS, {"ways": {"decisions": "portal"}})
    kept = Subscription.objects.get()
    assert (kept.quiet_from.hour, kept.passes, kept.ways) == (22, "low", {"decisions": "portal"})
    gone = post(reader, WAYS, {"quiet_from": "", "quiet_until": ""})
    assert (gone.json()["quiet_from"], gone.json()["ways"]) == (None, {"decisions": "portal"})
    assert client_for(DECIDER).get(made.json()["url"]).status_code == 404


def test_ways_and_calls_have_a_tag_that_changes_with_them(cast: Any, api: Any, client_for: Any) -> None:
    reader = client_for(READER)
    first = post(reader, WAYS, {"quiet_from": "22:00", "quiet_until": "06:00"}).json()
    assert reader.get(first["url"], headers={"If-None-Match": first["etag"]}).status_code == 304
    second = post(reader, WAYS, {"passes": "low"}).json()
    assert second["etag"] != first["etag"]
    assert reader.get(first["url"], headers={"If-None-Match": first["etag"]}).status_code == 200
    call = WebhookCall(state="queued")
    tags = [call.etag]
    call.attempts = 1
    tags.append(call.etag)
    call.state = "sent"
    assert len({*tags, call.etag}) == 3


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"quiet_from": "22:00"}, "/quiet_until"),
        ({"quiet_from": "late", "quiet_until": "06:00"}, "/quiet_from"),
        ({"passes": "everything"}, "/passes"),
        ({"ways": {"decisions": "pigeon"}}, "/ways"),
        ({"ways": {"gossip": "portal"}}, "/ways"),
        ({"ways": ["decisions"]}, "/ways"),
    ],
)
def test_a_wrong_choice_is_told_at_its_field_and_changes_nothing(body: Any, pointer: str, client_for: Any) -> None:
    answer = post(client_for(READER), WAYS, body)
    assert answer.status_code == 400
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]
    assert not Subscription.objects.exists()


def test_a_key_has_no_hours_of_its_own(api: Any) -> None:
    answer = api("BRB.ministry").post(WAYS, {"quiet_from": "22:00", "quiet_until": "06:00"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "program-account")
