"""What ends a stream beside its seat: a suspended account, and the rule by which the person's party signs in."""

import dataclasses
import time
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient, Client

from apps.entrance import actions as entrance
from apps.people import actions
from apps.people.models import User
from tests.access.listening import Listening, Open, closes, story

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_suspended_person_loses_his_open_browser(listen: Open, client_for: Any, cast: Any) -> None:
    browser, administrator = client_for("brb.border.officer"), cast["brb.administration.administrator"]

    async def tell() -> None:
        stream, colleague = await listen(browser), await listen("brb.border.head")
        person = await User.objects.aget(username="brb.border.officer")
        await sync_to_async(actions.suspend_account)(administrator, person, reason="telephone stolen")
        assert await closes(stream)
        assert (await sync_to_async(browser.get)("/api/stream/")).status_code == 401
        assert await colleague.silent()

    story(tell)


class From(AsyncClient):
    """A browser at an address, with the cookies of another one."""

    def __init__(self, address: str, other: Client) -> None:
        super().__init__()
        self.address, self.cookies = address, other.cookies

    def _base_scope(self, **request: Any) -> dict[str, Any]:
        scope: dict[str, Any] = super()._base_scope(**request)
        return scope | {"client": [self.address, 4711]}


def test_a_stolen_cookie_opens_no_stream_from_outside_the_partys_networks(client_for: Any, cast: Any) -> None:
    browser = client_for("kna.border.officer")
    set_rule(cast, "192.0.2.7", networks="192.0.2.0/24")

    async def tell() -> None:
        for address, status in (("192.0.2.9", 200), ("198.51.100.9", 401), ("192.0.2.9", 401)):
            answer = await From(address, browser).get("/api/stream/")
            assert answer.status_code == status, "a session used from elsewhere is over"
            if status == 200:
                await Listening(answer).close()

    story(tell)


def set_rule(cast: Any, address: str, **more: Any) -> None:
    """How people of Saint Kitts and Nevis sign in, said by their administrator from this address."""
    usual = {"factors": ["totp", "webauthn"], "session_minutes": 720, "idle_minutes": 30, "why": "Order 7"}
    actor = dataclasses.replace(cast["kna.administration.administrator"], address=address)
    entrance.set_sign_in_rule(actor, None, **usual | more)


LIMITS: list[tuple[dict[str, Any], dict[str, int]]] = [
    ({"idle_minutes": 5}, {"seen": 301}),
    ({"session_minutes": 15}, {"started": 901}),
    ({"factors": ["webauthn"]}, {}),
    ({"networks": "192.0.2.0/24"}, {}),
]


@pytest.mark.parametrize(("rule", "ago"), LIMITS, ids=["idle", "too long", "factor", "networks"])
def test_a_changed_rule_of_the_party_closes_the_streams_that_it_does_not_allow_and_no_others(
    rule: dict[str, Any], ago: dict[str, int], listen: Open, client_for: Any, cast: Any
) -> None:
    browser = client_for("kna.border.officer")
    aged(browser, **ago)

    async def tell() -> None:
        stream, other = await listen(browser), await listen("brb.border.officer")
        assert await stream.silent()
        await sync_to_async(set_rule)(cast, "192.0.2.7", **rule)
        assert await closes(stream)
        assert await other.silent()

    story(tell)


def aged(browser: Client, **ago: int) -> None:
    """The session began, or was used last, so many seconds ago."""
    session = browser.session
    session.update({name: int(time.time()) - seconds for name, seconds in ago.items()})
    session.save()


def test_a_stream_closes_when_the_partys_shorter_time_is_over(listen: Open, client_for: Any, cast: Any) -> None:
    browser = client_for("kna.border.officer")
    set_rule(cast, "127.0.0.1", idle_minutes=5)

    async def tell() -> None:
        stream = await listen(browser)
        assert await stream.silent()
        await sync_to_async(aged)(browser, seen=301)
        assert await closes(stream)

    story(tell)
