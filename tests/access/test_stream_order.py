"""Events are told whatever other transactions are open: none is skipped, none told twice, each record's in order."""

import asyncio
import json
import os
import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from asgiref.sync import sync_to_async
from django.db import connection, transaction

from apps.access import stream_log
from tests.access.listening import SOON_S, Listening, Open, an_event, story

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EVENTS, RECORDS = 8, 10_000, 40
write = sync_to_async(an_event)


@contextmanager
def a_stranger(database: str) -> Iterator[psycopg.Connection[Any]]:
    """A transaction of somebody else that has written, and stays open."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], dbname=database) as other:
        other.execute("SELECT pg_current_xact_id()")
        yield other


async def ids_of(stream: Listening, count: int) -> list[str]:
    """What the next events are about."""
    return [json.loads((await stream.block())["data"])["id"] for _ in range(count)]


@pytest.mark.parametrize("where", ["another database", "the portal's own"])
def test_an_event_is_told_while_a_strangers_transaction_is_open(where: str, listen: Open, cast: Any) -> None:
    own = connection.settings_dict["NAME"]

    async def tell() -> None:
        stream = await listen("brb.border.officer")
        with a_stranger(own if where == "the portal's own" else "postgres"):
            await write("BRB.border", object_id="told")
            assert await ids_of(stream, 1) == ["told"]

    story(tell)


def test_an_act_that_commits_late_is_told_late_and_holds_nobody_up(listen: Open, cast: Any) -> None:
    began, commit = threading.Event(), threading.Event()

    def slow_writer() -> None:
        try:
            with transaction.atomic():
                an_event("BRB.border", object_id="began early")
                began.set()
                commit.wait(SOON_S)
        finally:
            connection.close()

    async def tell() -> None:
        stream = await listen("brb.border.officer")
        writer = threading.Thread(target=slow_writer)
        writer.start()
        await asyncio.to_thread(began.wait, SOON_S)
        await write("BRB.border", object_id="began late")
        assert await ids_of(stream, 1) == ["began late"]
        commit.set()
        assert await ids_of(stream, 1) == ["began early"]
        assert await stream.silent()
        writer.join()

    story(tell)


def test_what_a_killed_relay_had_numbered_is_told_once_and_in_order(listen: Open, cast: Any, as_owner: Any) -> None:
    async def tell() -> None:
        stream = await listen("brb.border.officer")
        relay = psycopg.connect(os.environ["DATABASE_OWNER_URL"], dbname=connection.settings_dict["NAME"])
        relay.execute(stream_log.LOCK)
        for name in ("first", "second", "third"):
            await write("BRB.border", object_id=name)
        begun = relay.execute(
            "UPDATE access_streamevent SET number = nextval('stream_position') WHERE object_id = 'first'"
        )
        assert begun.rowcount == 1
        assert await stream.silent()
        as_owner(f"SELECT pg_terminate_backend({relay.info.backend_pid})")
        assert await ids_of(stream, 3) == ["first", "second", "third"]
        assert await stream.silent()

    story(tell)


def acts(seed: int, versions: list[int], locks: list[threading.Lock]) -> int:
    """Acts of one writer, each of up to nine events on a record that it has locked; how many events."""
    chosen, left = random.Random(seed), EVENTS // WRITERS
    try:
        while left:
            record = chosen.randrange(RECORDS)
            with locks[record]:
                count = min(left, chosen.randint(1, 9))
                told = range(versions[record] + 1, versions[record] + count + 1)
                with transaction.atomic():
                    stream_log._write([["jrcc.hit.refer", "jrcc.hit", str(record), n, 1, [1]] for n in told])
                versions[record] += count
                left -= count
    finally:
        connection.close()
    return EVENTS // WRITERS


def followed(start: stream_log.Position, ended: Callable[[], bool]) -> list[stream_log.Event]:
    """What a listener reads who also gives numbers, until nobody writes and all is read."""
    found: list[stream_log.Event] = []
    try:
        while True:
            last_look = ended()
            busy = stream_log.give_numbers()
            events, start = stream_log.read(start)
            found += events
            if last_look and not busy and not events:
                return found
    finally:
        connection.close()


def test_two_relays_tell_ten_thousand_events_of_eight_writers_once_and_each_records_in_order(cast: Any) -> None:
    start, versions = stream_log.here(), [0] * RECORDS
    locks = [threading.Lock() for _ in range(RECORDS)]
    with ThreadPoolExecutor(WRITERS) as writing, ThreadPoolExecutor(2) as following:
        writers = [writing.submit(acts, seed, versions, locks) for seed in range(WRITERS)]
        listeners = [following.submit(followed, start, lambda: all(w.done() for w in writers)) for _ in range(2)]
        assert sum(writer.result() for writer in writers) == EVENTS
        heard = [listener.result() for listener in listeners]
    for events in heard:
        by_record = {
            record: [event.version for event in events if event.object_id == str(record)] for record in range(RECORDS)
        }
        assert by_record == {record: list(range(1, versions[record] + 1)) for record in range(RECORDS)}
    assert heard[0] == heard[1]
