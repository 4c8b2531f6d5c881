"""A hundred streams of different desks, while lists and hits come: each hears what its seat may see, and no more."""

import asyncio
import json
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.test import AsyncClient

from apps.journeys.models import Journey
from apps.jrcc.actions import hits as jrcc
from apps.jrcc.models import Hit
from bench import hearing
from bench.hearing import Heard
from bench.streams import one_of_each_desk, session_of
from tests.access.listening import Listening, an_event
from tests.world import a_message, a_submission, a_watchlist, an_entry

pytestmark = pytest.mark.django_db(transaction=True)
STREAMS = 100


async def opened(session: str) -> Listening:
    """The live stream of a session."""
    client = AsyncClient()
    client.cookies["sessionid"] = session
    return Listening(await client.get("/api/stream/"))


async def heard_by(stream: Listening) -> list[Heard]:
    """Everything that a stream tells until it is silent for a while."""
    found = []
    try:
        while True:
            block = await stream.block(2)
            told = json.loads(block["data"])
            found.append(Heard(block["event"], told["type"], told["id"], told["version"]))
    except TimeoutError:
        return found


@sync_to_async
def a_night(cast: Any) -> None:
    """Flights between States; a hit that goes to Barbados, a discreet one that stays with its owner, an outcome."""
    home, other = a_watchlist(cast), a_watchlist(cast, "BRB-WATCH", "brb.intelligence.officer")
    an_entry(cast, home)
    an_entry(cast, other, "brb.intelligence.officer", reference="B-1", instruction="discreet")
    a_submission(cast, a_message(1))
    a_submission(cast, a_message(2, wanted=False, origin="POS", destination="GEO"))
    watch, officer = cast["jrcc.watch.officer"], cast["brb.border.officer"]
    for hit in Hit.objects.visible_to(watch).filter(state="raised"):
        hit = jrcc.claim_hit(watch, hit)
        hit = jrcc.refer_hit(watch, hit, to=["BRB"], note="Compare the photo page.")
        if hit.instruction != "discreet":
            hit = jrcc.acknowledge_hit(officer, hit)
            jrcc.record_hit_outcome(officer, hit, outcome="questioned", note="At passport control.")


def test_a_hundred_streams_of_different_desks_hear_what_their_seats_may_see_and_no_more(cast: Any) -> None:
    actors = one_of_each_desk()[:STREAMS]
    sessions = [session_of(one) for one in actors]
    since = hearing.last_event()

    async def tell() -> list[list[Heard]]:
        streams = [await opened(session) for session in sessions]
        await a_night(cast)
        return await asyncio.gather(*(heard_by(one) for one in streams))

    heard = async_to_sync(tell)()
    events = hearing.told_since(since)
    found = {
        who.person: verdict
        for who, told in zip(actors, heard, strict=True)
        if any(verdict := hearing.judged(who, told, events))
    }
    assert found == {}
    by_desk = {who.desk_code: {one.event for one in told} for who, told in zip(actors, heard, strict=True)}
    assert len(by_desk) > 50
    assert {"jrcc.hit.raise", "jrcc.hit.claim", "jrcc.hit.record_outcome"} <= by_desk["JRCC.watch"]
    assert "jrcc.hit.refer" in by_desk["BRB.border"]
    assert not any("hit" in event for event in by_desk["JAM.border"] | by_desk["7T.carrier"])
    assert by_desk["CYM.border"] == set()


def test_the_yardstick_finds_an_event_too_many_one_that_is_missing_and_one_told_twice(cast: Any) -> None:
    a_submission(cast, a_message(2, wanted=False))
    journey = Journey.objects.get()
    since = hearing.last_event()
    event = an_event("TTO.border", object_type="jrcc.journey", object_id=str(journey.pk))
    told = Heard(event.verb, event.object_type, event.object_id, event.version)
    events = hearing.told_since(since)
    assert hearing.judged(cast["tto.border.officer"], [told], events) == ([told], [])
    assert hearing.judged(cast["brb.border.officer"], [], events) == ([], [told])
    assert hearing.judged(cast["brb.border.officer"], [told, told], events) == ([told], [])
    assert hearing.judged(cast["brb.border.officer"], [told], events) == ([], [])
