"""The live stream: who hears what, what a broken link loses, and when a stream ends."""

import asyncio
import json
import time
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import connection
from django.test import AsyncClient, Client
from django.urls import include, path
from django.utils import timezone

from apps.access import encryption, retention, stream_log
from apps.access.models import StreamEvent
from apps.access.stream import open_to, page_of, stream
from apps.access.stream_hub import PING_S, QUEUE, Admission, Hub, Subscriber, block
from apps.people import actions
from apps.people.actions import stream_rights
from apps.people.models import DeskToken, Seat, User
from apps.people.queries import service_actor
from tests.access.listening import SOON_S, Listening, Open, an_event, closes, story

pytestmark = pytest.mark.django_db(transaction=True)
urlpatterns = [
    path("api/stream/", stream),
    path("people/", include(([path("seats/<slug:pk>/", lambda request, pk: None, name="seat")], "people"))),
]


class Everybody:
    """Lets all claims stand."""

    def still_held(self, claims: Any) -> set[Any]:
        return set(claims)


@pytest.fixture(autouse=True)
def _only_the_stream(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    open_to(stream_rights)


write = sync_to_async(an_event)


def test_an_event_reaches_the_desks_that_may_see_the_record_and_nobody_else(listen: Open, cast: Any) -> None:
    async def tell() -> None:
        barbados, jamaica = await listen("brb.border.officer"), await listen("jam.border.officer")
        event = await write("BRB.border")
        heard = await barbados.block()
        assert heard["event"] == "jrcc.hit.refer"
        await event.arefresh_from_db()
        assert await sync_to_async(stream_log.resume_from)(heard["id"]) == (event.number,)
        assert json.loads(heard["data"]) == {"type": "jrcc.hit", "id": "7", "version": 3, "url": "", "marking": "R"}
        assert await jamaica.silent()

    story(tell)


def test_an_event_above_the_clearance_is_not_told(listen: Open, cast: Any) -> None:
    async def tell() -> None:
        barbados = await listen("brb.border.officer")
        await write("BRB.border", level=3)
        await write("BRB.border", object_id="8")
        assert json.loads((await barbados.block())["data"])["id"] == "8"

    story(tell)


def test_the_address_of_a_record_comes_with_its_event(listen: Open, cast: Any) -> None:
    async def tell() -> None:
        barbados = await listen("brb.border.officer")
        await write("BRB.border", object_type="people.seat")
        assert json.loads((await barbados.block())["data"])["url"] == "/people/seats/7/"

    story(tell)


def test_the_stream_may_not_be_kept_or_held_back_on_its_way(listen: Open, cast: Any) -> None:
    async def tell() -> None:
        stream = await listen("brb.border.officer")
        assert stream.headers["Content-Type"] == "text/event-stream"
        assert stream.headers["Cache-Control"] == "no-store"
        assert stream.headers["X-Accel-Buffering"] == "no"

    story(tell)


def test_what_was_missed_comes_once_when_the_link_is_back(listen: Open, client_for: Any) -> None:
    async def tell() -> None:
        browser = await sync_to_async(client_for)("brb.border.officer")
        before = await listen(browser)
        await write("BRB.border", object_id="heard")
        await before.block()
        await before.close()
        await write("BRB.border", object_id="missed 1")
        await write("JAM.border", object_id="of Jamaica")
        await write("BRB.border", object_id="missed 2")
        after = await listen(browser, last=before.last)
        await write("BRB.border", object_id="new")
        ids = [json.loads((await after.block())["data"])["id"] for _ in range(3)]
        assert ids == ["missed 1", "missed 2", "new"]
        assert await after.silent()

    story(tell)


def test_a_link_that_broke_before_any_event_resumes_from_its_first_ping(listen: Open, client_for: Any) -> None:
    async def tell() -> None:
        browser = await sync_to_async(client_for)("brb.border.officer")
        before = await listen(browser)
        place = await before.first_ping()
        await before.close()
        await write("BRB.border", object_id="missed")
        after = await listen(browser, last=place)
        assert json.loads((await after.block())["data"])["id"] == "missed"

    story(tell)


def test_a_stream_begins_after_what_happened_while_nobody_listened(listen: Open, cast: Any) -> None:
    an_event("BRB.border", object_id="of the night")
    an_event("BRB.border", object_id="of the night")

    async def tell() -> None:
        stream = await listen("brb.border.officer")
        await write("BRB.border", object_id="of the morning")
        assert json.loads((await stream.block())["data"])["id"] == "of the morning"
        assert await stream.silent()

    story(tell)


@pytest.mark.parametrize("last", ["", "7", "abc.1", "9.9.9", "999999999999999999.1", "-1.2"])
def test_only_a_place_that_is_certain_is_resumed(last: str, cast: Any) -> None:
    assert stream_log.resume_from(last) is None


def test_a_place_that_the_release_before_sealed_asks_for_everything_again(cast: Any) -> None:
    numbered("BRB.border")
    assert stream_log.resume_from(encryption.sealed("18830561.1")) is None


def numbered(desk: str) -> StreamEvent:
    """An event that has its number, as when somebody listens."""
    event = an_event(desk)
    stream_log.give_numbers()
    event.refresh_from_db()
    return event


def aged(event: StreamEvent, days: int) -> None:
    StreamEvent.objects.filter(pk=event.pk).update(at=timezone.now() - timedelta(days=days))


def test_a_place_older_than_a_day_asks_for_everything_again(listen: Open, cast: Any) -> None:
    old = [numbered("BRB.border") for _ in range(3)]
    for event, days in zip(old, (3, 2, 2), strict=True):
        aged(event, days)

    async def tell() -> None:
        stream = await listen("brb.border.officer", last=str(stream_log.Position(old[0].number)))
        assert (await stream.block())["event"] == "resync"
        await write("BRB.border", object_id="new")
        assert json.loads((await stream.block())["data"])["id"] == "new"

    story(tell)


def test_purging_keeps_the_newest_old_event_as_the_mark_of_what_is_certain(cast: Any) -> None:
    old, mark, fresh = (numbered("BRB.border") for _ in range(3))
    aged(old, 3)
    aged(mark, 2)
    assert retention.purge()["events"] == 1
    assert set(StreamEvent.objects.values_list("pk", flat=True)) == {mark.pk, fresh.pk}
    assert stream_log.resume_from(str(stream_log.Position(old.number))) is None
    assert retention.purge()["events"] == 0


def test_what_nobody_ever_listened_to_is_purged_and_its_place_is_not_certain(cast: Any) -> None:
    before = stream_log.here()
    old = [an_event("BRB.border") for _ in range(3)]
    for event in old:
        aged(event, 2)
    assert retention.purge()["events"] == 2
    assert stream_log.resume_from(str(before)) is None


def test_a_client_that_is_too_far_behind_is_told_to_load_everything_again(cast: Any) -> None:
    place_now = stream_log.here()
    slow = Subscriber(Admission(frozenset({1}), 1, "session x", None), place_now)
    for _ in range(QUEUE + 1):
        slow.put(block("jrcc.hit.refer", data="{}"))
    assert slow.frames.qsize() == 1
    place, rest = slow.frames.get_nowait().decode().split("\n", 1)
    assert stream_log.resume_from(place.removeprefix("id: ")) == place_now
    assert rest == "event: resync\ndata: {}\n\n"


@pytest.mark.parametrize(("batch", "behind_s"), [(1, 12), (stream_log.BATCH, 0)])
def test_a_ping_says_how_late_the_log_is_read(batch: int, behind_s: int, cast: Any, monkeypatch: Any) -> None:
    """More waits to be read when a look is full: here of one event."""
    monkeypatch.setattr(stream_log, "BATCH", batch)
    listener = Subscriber(Admission(frozenset({1}), 1, "session x", None), stream_log.here())
    listener.pinged = time.monotonic() - PING_S
    hub = Hub(Everybody(), page_of)
    hub._subscribers, hub._read_at = [listener], time.monotonic() - 12.5
    an_event("BRB.border")
    async_to_sync(hub.look)()
    said = listener.frames.get_nowait().decode().rstrip().rpartition("data: ")[2]
    assert json.loads(said) == {"behind_s": behind_s}


@sync_to_async
def end_seat_of(username: str, by: Any) -> None:
    actions.end_appointment(by, Seat.objects.get(user__username=username), reason="left the service")


def test_the_stream_of_an_ended_seat_closes(listen: Open, cast: Any) -> None:
    administrator = cast["brb.administration.administrator"]

    async def tell() -> None:
        ended, other = await listen("brb.border.officer"), await listen("brb.border.head")
        await end_seat_of("brb.border.officer", administrator)
        await write("BRB.border", object_id="after")
        assert await closes(ended)
        assert json.loads((await other.block())["data"])["id"] == "after"

    story(tell)


@pytest.mark.parametrize("loss", ["signed out", "other seat", "new password", "less clearance", "idle"])
def test_the_stream_of_a_session_closes_with_what_it_stands_on(
    loss: str, listen: Open, client_for: Any, settings: Any
) -> None:
    browser = client_for("kna.border.officer")
    user = User.objects.get(username="kna.border.officer")

    def lose() -> None:
        session = browser.session
        match loss:
            case "signed out":
                session.delete()
            case "other seat":
                session["seat"] = Seat.objects.get(user=user, desk__code="KNA.intelligence").pk
                session.save()
            case "idle":
                session["seen"] = 0
                session.save()
            case "new password":
                user.set_password("another long password")
                user.save()
            case "less clearance":
                User.objects.filter(pk=user.pk).update(clearance=0)

    async def tell() -> None:
        stream = await listen(browser)
        assert await stream.silent()
        await sync_to_async(lose)()
        assert await closes(stream)

    story(tell)


def test_the_stream_of_a_key_closes_when_the_key_is_revoked(api: Any, cast: Any) -> None:
    program = api("JAM.border", scope="read")
    administrator = service_actor("IMPACS.platform", request_id="test")

    async def tell() -> None:
        client = AsyncClient()
        key = {"Authorization": program._credentials["HTTP_AUTHORIZATION"]}
        stream = Listening(await client.get("/api/stream/", headers=key))
        await write("JAM.border")
        assert (await stream.block())["event"] == "jrcc.hit.refer"
        token = await DeskToken.objects.aget(seat__desk__code="JAM.border")
        await sync_to_async(actions.revoke_api_key)(administrator, token)
        assert await closes(stream)
        again = await client.get("/api/stream/", headers=key)
        assert again.status_code == 401

    story(tell)


def test_a_fourth_stream_of_a_session_closes_its_oldest(listen: Open, client_for: Any, cast: Any) -> None:
    browser = client_for("brb.border.officer")

    async def tell() -> None:
        streams = [await listen(browser) for _ in range(4)]
        for one in streams:
            await one.first_ping()
        assert await closes(streams[0])
        await write("BRB.border")
        assert [(await one.block())["event"] for one in streams[1:]] == ["jrcc.hit.refer"] * 3

    story(tell)


def test_nobody_is_told_anything_without_signing_in(cast: Any, client: Client) -> None:
    for headers in ({}, {"Authorization": "Bearer ccp_unknown"}, {"Authorization": "Basic eDp5"}):
        answer = client.get("/api/stream/", headers=headers)
        assert answer.status_code == 401
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["WWW-Authenticate"] == "Bearer"
        assert answer.json()["status"] == 401


def test_a_person_without_a_seat_is_refused(client_for: Any, cast: Any) -> None:
    browser = client_for("brb.border.officer")
    actions.end_appointment(
        cast["brb.administration.administrator"], Seat.objects.get(pk=browser.session["seat"]), reason="x"
    )
    answer = browser.get("/api/stream/")
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"


def test_a_server_that_serves_pages_in_threads_never_serves_the_stream(client_for: Any) -> None:
    assert client_for("brb.border.officer").get("/api/stream/").status_code == 503


def test_an_idle_stream_holds_no_connection_of_the_pool(listen: Open, cast: Any) -> None:
    async def tell() -> None:
        streams = [await listen(f"{state}.border.officer") for state in ("brb", "jam", "tto", "guy")]
        for one in streams:
            await one.first_ping()
        pool = connection.pool
        async with asyncio.timeout(SOON_S):
            while pool.get_stats()["pool_available"] < pool.get_stats()["pool_size"]:
                await asyncio.sleep(0.05)

    story(tell)
