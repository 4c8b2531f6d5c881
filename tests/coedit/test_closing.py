"""What closes a text beside the right to it: the rule by which a party signs in, maintenance, a room that is off."""

import asyncio
import dataclasses
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore

from apps.coedit.actions import section_texts
from apps.entrance import actions as entrance
from apps.operations import actions as operations
from apps.operations.models import FeatureSwitch, Maintenance
from tests.coedit.conftest import BARBADOS, JAMAICA, Server, ask
from tests.coedit.writers import Writer, refused
from tests.conftest import Cast

ADMIN, OPERATOR = "jam.administration.administrator", "portal.platform.head"
HERE, ELSEWHERE = ("127.0.0.7", "127.0.0.0/8"), ("192.0.2.7", "192.0.2.0/24")


def set_rule(address: str = "127.0.0.1", **more: Any) -> None:
    """Jamaica says how its people sign in, as its administrator at this address."""
    usual = {"factors": ["totp", "webauthn"], "session_minutes": 720, "idle_minutes": 30, "why": "Order 7"}
    entrance.set_sign_in_rule(dataclasses.replace(Cast()[ADMIN], address=address), None, **usual | more)


@pytest.fixture
def section(server: Server) -> Iterator[uuid.UUID]:
    """A text; afterwards Jamaica's rule is the usual one again, and nothing is closed."""
    yield server.text("Before.")
    set_rule()
    operator = Cast()[OPERATOR]
    for running in Maintenance.objects.filter(state="running"):
        operations.end_maintenance(operator, running)
    for switch in FeatureSwitch.objects.filter(valid_to=None):
        operations.switch_on_feature(operator, switch)
    server.sessions[JAMAICA] = server.sign_in(JAMAICA)


def aged(server: Server, **ago: int) -> None:
    """Jamaica's session began, or was used last, so many seconds ago."""
    session = SessionStore(server.sessions[JAMAICA])
    session.update({name: int(time.time()) - seconds for name, seconds in ago.items()})
    session.save()


async def out_soon(one: Writer, act: Callable[[], Any]) -> int:
    """Do something; with which code the socket closes."""
    await ask(act)
    return await one.driven_out()


def test_a_stolen_cookie_opens_no_text_from_outside_the_partys_networks(server: Server, section: uuid.UUID) -> None:
    async def story() -> None:
        await ask(lambda: set_rule(ELSEWHERE[0], networks=ELSEWHERE[1]))
        assert await refused(server.writer(JAMAICA, section)) == 403
        async with server.writer(BARBADOS, section) as anna:
            assert anna.text == "Before."
        await ask(lambda: set_rule(HERE[0], networks=HERE[1]))
        async with server.writer(JAMAICA, section) as brian:
            assert brian.text == "Before."

    asyncio.run(story())


LIMITS: list[tuple[dict[str, Any], dict[str, int]]] = [
    ({"idle_minutes": 5}, {"seen": 301}),
    ({"session_minutes": 15}, {"started": 901}),
    ({"factors": ["webauthn"]}, {}),
    ({"address": ELSEWHERE[0], "networks": ELSEWHERE[1]}, {}),
]


@pytest.mark.parametrize(("rule", "ago"), LIMITS, ids=["idle", "too long", "factor", "networks"])
def test_a_changed_rule_ends_the_sessions_that_it_does_not_allow_and_no_others(
    server: Server, section: uuid.UUID, rule: dict[str, Any], ago: dict[str, int]
) -> None:
    aged(server, **ago)

    async def story() -> None:
        async with server.writer(BARBADOS, section) as anna, server.writer(JAMAICA, section) as brian:
            assert await out_soon(brian, lambda: set_rule(**rule)) == 4401
            assert await refused(server.writer(JAMAICA, section)) == 403
            await anna.type("Still here.")
            await anna.acknowledged()

    asyncio.run(story())


def test_a_session_loses_its_text_when_the_partys_shorter_time_is_over(server: Server, section: uuid.UUID) -> None:
    set_rule(idle_minutes=5, session_minutes=60)
    aged(server, seen=290, started=3500)

    async def story() -> None:
        async with server.writer(JAMAICA, section) as brian:
            await brian.acknowledged()
            assert await out_soon(brian, lambda: aged(server, seen=301)) == 4401

    asyncio.run(story())


def begin() -> None:
    operations.begin_maintenance(Cast()[OPERATOR], None, notice="New disks", hours=2)


def end() -> None:
    operations.end_maintenance(Cast()[OPERATOR], Maintenance.objects.get(state="running"))


def test_nobody_writes_during_maintenance_and_what_was_acknowledged_stays(server: Server, section: uuid.UUID) -> None:
    async def story() -> None:
        brian = server.writer(JAMAICA, section)
        await brian.come()
        await brian.type("In time.")
        await brian.acknowledged()
        assert await out_soon(brian, begin) == 1013, "the browser comes again by itself"
        assert await refused(server.writer(BARBADOS, section)) == 403
        kept = await ask(lambda: section_texts.rendered(section))
        assert "In time." in kept.plain
        await brian.type("Meanwhile.")
        await asyncio.sleep(0.2)
        assert await ask(lambda: section_texts.rendered(section)) == kept
        await ask(end)
        await brian.come()
        await brian.acknowledged()
        assert "Meanwhile." in (await ask(lambda: section_texts.rendered(section))).plain, (
            "kept in the browser till then"
        )
        await brian.__aexit__()

    asyncio.run(story())


def test_a_party_whose_room_of_assessments_is_off_writes_in_none_and_others_do(
    server: Server, section: uuid.UUID
) -> None:
    def off() -> None:
        operations.switch_off_feature(Cast()[OPERATOR], None, feature="assessments", party="JAM", why="Training")

    async def story() -> None:
        async with server.writer(BARBADOS, section) as anna, server.writer(JAMAICA, section) as brian:
            assert await out_soon(brian, off) == 4403
            assert await refused(server.writer(JAMAICA, section)) == 403
            await anna.type("Still here.")
            await anna.acknowledged()

    asyncio.run(story())
