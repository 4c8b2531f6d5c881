"""Who is served next by the server: shares, turns, rests, and refusals at once."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from caricom_portal import lanes
from caricom_portal.lanes import HEAVY_S, Lane, Limits, client_of, measured

FEW = Limits(threads=2, share=2, each=3, longest_wait_s=5)


class Server:
    """An app behind a lane whose requests are answered when the test says so."""

    def __init__(self, limits: Limits) -> None:
        self.lane = Lane(self._serve, limits)
        self.begun: list[str] = []
        self.open: dict[str, asyncio.Event] = {}
        self.answers: dict[str, int] = {}
        self.waits: dict[str, bytes] = {}
        self.headers: dict[str, dict[bytes, bytes]] = {}
        self.tasks: list[asyncio.Task[None]] = []

    async def _serve(self, scope: Any, _receive: Any, send: Any) -> None:
        self.begun.append(scope["name"])
        await self.open[scope["name"]].wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def ask(self, name: str, client: str, path: str = "/") -> None:
        """Begin a request and let the lane look at it."""
        self.open[name] = asyncio.Event()
        scope = {
            "type": "http",
            "name": name,
            "method": "GET",
            "path": path,
            "headers": [(b"authorization", client.encode())],
        }

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                self.answers[name] = message["status"]
                self.headers[name] = dict(message["headers"])
                self.waits[name] = self.headers[name].get(b"retry-after", b"")

        self.tasks.append(asyncio.create_task(self.lane(scope, None, send)))  # type: ignore[arg-type]
        await self.settle()

    async def answer(self, *names: str) -> None:
        """Let requests end."""
        for name in names:
            self.open[name].set()
        await self.settle()

    async def settle(self) -> None:
        """Let everything run that can."""
        for _ in range(20):
            await asyncio.sleep(0)


@asynccontextmanager
async def serving(limits: Limits) -> AsyncIterator[Server]:
    server = Server(limits)
    yield server
    for event in server.open.values():
        event.set()
    await asyncio.gather(*server.tasks)
    assert (server.lane.running, server.lane.waiting) == (0, 0)
    assert not any(one.running or one.waiting for one in server.lane.clients.values())


def play(story: Callable[[Server], Awaitable[None]], limits: Limits = FEW) -> None:
    async def told() -> None:
        async with serving(limits) as server:
            await story(server)

    asyncio.run(told())


def test_no_more_are_served_at_a_time_than_there_are_threads() -> None:
    async def story(server: Server) -> None:
        for name in ("a", "b", "c"):
            await server.ask(name, client=name)
        assert server.begun == ["a", "b"]
        await server.answer("a")
        assert server.begun == ["a", "b", "c"]

    play(story)


def test_one_client_leaves_threads_to_others() -> None:
    async def story(server: Server) -> None:
        await server.ask("first", client="eager")
        await server.ask("second", client="eager")
        await server.ask("other", client="calm")
        assert server.begun == ["first", "other"]
        await server.answer("first")
        assert server.begun == ["first", "other", "second"]

    play(story, Limits(threads=3, share=1, each=3, longest_wait_s=5))


def test_who_used_least_of_the_processor_goes_first() -> None:
    async def story(server: Server) -> None:
        await server.ask("a", client="a")
        await server.ask("b", client="b")
        await server.ask("much", client="much")
        await server.ask("little", client="little")
        server.lane.clients[client_of({"headers": [(b"authorization", b"much")]})].used = 1.0
        await server.answer("a")
        assert server.begun == ["a", "b", "little"]

    play(story)


def test_too_many_of_one_client_are_told_so_and_others_wait_as_before() -> None:
    async def story(server: Server) -> None:
        for number in range(6):
            await server.ask(f"eager {number}", client="eager", path="/api/v1/")
        assert server.answers == {"eager 5": 429}
        assert server.waits["eager 5"] == b"1"
        await server.ask("other", client="calm")
        assert "other" not in server.answers

    play(story)


def test_a_refusal_says_how_a_browser_is_to_take_it() -> None:
    async def story(server: Server) -> None:
        for number in range(6):
            await server.ask(f"eager {number}", client="eager")
        said = server.headers["eager 5"]
        assert (said[b"cache-control"], said[b"x-content-type-options"]) == (b"no-store", b"nosniff")
        assert said[b"refresh"] == said[b"retry-after"]

    play(story)


def test_what_would_wait_too_long_is_refused_at_once_the_heaviest_first() -> None:
    async def story(server: Server) -> None:
        server.lane.pace_s = 4.0
        for name in ("a", "b"):
            await server.ask(name, client=name)
        for number in range(3):
            await server.ask(f"eager {number}", client="eager")
        server.lane.clients[client_of({"headers": [(b"authorization", b"eager")]})].used = 1.0
        await server.ask("other", client="calm")
        assert server.answers == {"eager 2": 503}
        assert server.waits["eager 2"] == b"2"

    play(story)


def test_what_waited_too_long_is_refused_and_takes_no_thread() -> None:
    async def story(server: Server) -> None:
        for name in ("a", "b", "late"):
            await server.ask(name, client=name)
        await asyncio.sleep(0.1)
        assert server.answers == {"late": 503}
        await server.answer("a")
        assert server.begun == ["a", "b"]

    play(story, Limits(threads=2, share=2, each=3, longest_wait_s=0.05))


def test_a_client_that_goes_away_while_it_waits_leaves_nothing() -> None:
    async def story(server: Server) -> None:
        for name in ("a", "b", "gone"):
            await server.ask(name, client=name)
        server.tasks.pop().cancel()
        await server.settle()
        await server.answer("a")
        assert server.begun == ["a", "b"]

    play(story)


def heavy(server: Server) -> None:
    server.lane.clients[client_of({"headers": [(b"authorization", b"eager")]})].used = 2 * HEAVY_S


def test_a_heavy_client_has_one_thread_while_others_are_there_and_all_of_its_share_alone() -> None:
    async def story(server: Server) -> None:
        await server.ask("first", client="eager")
        heavy(server)
        await server.ask("second", client="eager")
        assert server.begun == ["first", "second"]
        await server.ask("other", client="calm")
        await server.ask("third", client="eager")
        assert server.begun == ["first", "second", "other"]

    play(story, Limits(threads=4, share=4, each=3, longest_wait_s=5, rest=9))


def test_a_heavy_client_rests_in_proportion_to_what_its_request_took(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(server: Server) -> None:
        await server.ask("other", client="calm")
        await server.ask("first", client="eager")
        heavy(server)
        await server.ask("second", client="eager")
        begun = asyncio.get_running_loop().time()
        monkeypatch.setattr(lanes, "sum", lambda _spent: 0.02, raising=False)
        await server.answer("first")
        assert server.begun == ["other", "first"]
        while "second" not in server.begun:
            await asyncio.sleep(0.01)
        assert asyncio.get_running_loop().time() - begun >= 0.15

    play(story, Limits(threads=4, share=4, each=3, longest_wait_s=5, rest=9))


def test_nobody_rests_for_others_who_have_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "PRESENT_S", 0.1)

    async def story(server: Server) -> None:
        await server.ask("first", client="eager")
        await server.ask("other", client="calm")
        heavy(server)
        monkeypatch.setattr(lanes, "sum", lambda _spent: 60.0, raising=False)
        await server.answer("first")
        monkeypatch.setattr(lanes, "sum", lambda _spent: 0.0, raising=False)
        await server.ask("second", client="eager")
        await server.answer("other")
        assert server.begun == ["first", "other"]
        await asyncio.sleep(0.4)
        assert server.begun == ["first", "other", "second"]

    play(story, Limits(threads=4, share=4, each=3, longest_wait_s=5, rest=9))


def test_a_lane_waits_for_one_moment_however_many_ask() -> None:
    async def story(server: Server) -> None:
        loop = asyncio.get_running_loop()
        moments: list[asyncio.TimerHandle] = []
        later = loop.call_later

        def noted(wait: float, call: Callable[..., Any], *args: Any, **named: Any) -> asyncio.TimerHandle:
            handle = later(wait, call, *args, **named)
            if getattr(call, "__self__", None) is server.lane:
                moments.append(handle)
            return handle

        loop.call_later = noted  # type: ignore[method-assign,assignment]
        await server.ask("first", client="eager")
        heavy(server)
        await server.ask("other", client="calm")
        for number in range(3):
            await server.ask(f"eager {number}", client="eager")
        for number in range(20):
            await server.ask(f"calm {number}", client=f"calm {number}")
            await server.answer(f"calm {number}")
        assert len([one for one in moments if not one.cancelled()]) == 1
        await server.answer("first", "other")

    play(story, Limits(threads=4, share=4, each=3, longest_wait_s=5, rest=9))


def test_pages_leave_the_processor_to_lists_while_one_is_taken_in() -> None:
    async def story(server: Server) -> None:
        lists = Server(FEW)
        server.lane = Lane(server._serve, Limits(threads=4, share=4, each=9, longest_wait_s=5, beside=1), lists.lane)
        await lists.ask("list", client="carrier")
        for name in ("a", "b", "c"):
            await server.ask(name, client=name)
        assert server.begun == ["a"]
        await lists.answer("list")
        await server.settle()
        assert server.begun == ["a", "b", "c"]
        await asyncio.gather(*lists.tasks)

    play(story)


def test_what_was_used_is_forgotten_by_and_by() -> None:
    client = lanes.Client(used=8.0, at=100.0)
    assert [round(client.usage(100.0 + wait), 3) for wait in (0, 10, 20, 30)] == [8.0, 4.0, 2.0, 1.0]


def test_processor_time_is_measured_in_the_thread_that_serves() -> None:
    spent: list[float] = []

    def app(_environ: Any, _start: Any) -> list[bytes]:
        return [bytes(sum(range(20_000)) % 7)]

    def serve() -> None:
        token = lanes._spent.set(spent)
        assert list(measured(app)({}, None)) == [bytes(sum(range(20_000)) % 7)]
        lanes._spent.reset(token)

    thread = threading.Thread(target=serve)
    thread.start()
    thread.join()
    assert len(spent) == 1
    assert spent[0] > 0


@pytest.mark.parametrize(
    "headers",
    [
        [(b"authorization", b"Bearer one")],
        [(b"cookie", b"theme=dark; sessionid=abc")],
        [(b"cookie", b"__Host-sessionid=abc")],
    ],
)
def test_a_client_is_told_by_its_key_or_session_and_neither_is_kept(headers: list[tuple[bytes, bytes]]) -> None:
    name = client_of({"headers": headers, "client": ("10.0.0.1", 1)})
    assert len(name) == 32
    assert not {"abc", "one"} & set(name.split())


def test_without_either_it_is_told_by_its_address() -> None:
    assert client_of({"headers": [(b"cookie", b"theme=dark")], "client": ("10.0.0.1", 1)}) == "address 10.0.0.1"
