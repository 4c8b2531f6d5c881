"""Who is served next: what waits, waits in lanes of its own, and who asks much waits longest.

A process has few threads, and Python runs one of them at a time. So pages, lists and machines have threads of their
own. In a lane the client goes first that has used least processor time lately; nobody has more than a share of the
threads; and who has used a lot rests between two requests while others are there. What would wait too long is refused
at once (503 with Retry-After), that of the heaviest client first. Plain ASGI, nothing of Django.
"""

import asyncio
import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from caricom_portal.spooling import App, Receive, Scope, Send, refuse

HALF_LIFE_S = 10.0
"""After this long half of what a client used is forgotten."""
HEAVY_S = 5.0
"""Processor seconds, by the half-life above, from which on a client is heavy: a third of a process all the time."""
PRESENT_S = 2.0
"""Who asked within this time is there."""
CLOCK_S = 0.05
"""By so much a timer may come before its time on the other clock."""
FORGOTTEN_S = 120.0
CLIENTS_KEPT = 2_000
PACE_MOVES = 0.1
"""How much of the measured pace the last request is."""
SESSIONS = frozenset({"sessionid", "__Host-sessionid"})
PROGRAMS = ("/api/", "/taxii2/")
BUSY = (
    "The portal is busy. Nothing of this was kept: try again in some seconds.",
    "Le portail est très sollicité. Rien n’a été enregistré : réessayez dans quelques secondes.",
    "Het portaal is druk bezet. Hiervan is niets bewaard: probeer het over enkele seconden opnieuw.",
)
"""Nobody is looked up any more, so nobody's language is known."""
TOO_MANY = "Too many requests at once. Nothing of this one was kept."

_spent: ContextVar[list[float] | None] = ContextVar("spent", default=None)


@dataclass(slots=True)
class Client:
    """One session, key or address: what it used, as of when, what it has under way, and when its rest ends."""

    used: float = 0.0
    at: float = 0.0
    running: int = 0
    rests_until: float = 0.0
    waiting: deque[asyncio.Future[bool]] = field(default_factory=deque)

    def usage(self, now: float) -> float:
        """Processor seconds that are not forgotten yet."""
        return float(self.used * 0.5 ** ((now - self.at) / HALF_LIFE_S))

    def spend(self, seconds: float, now: float) -> None:
        """Add what a request used."""
        self.used, self.at = self.usage(now) + seconds, now


def measured(app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterator[bytes]]:
    """A WSGI app that tells the lane what it used of the processor."""

    def serve(environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        began, spent = time.thread_time(), _spent.get()
        answer = app(environ, start_response)
        try:
            yield from answer
        finally:
            getattr(answer, "close", lambda: None)()
            if spent is not None:
                spent.append(time.thread_time() - began)

    return serve


def client_of(scope: Scope) -> str:
    """Who asks, as far as can be told before anybody is looked up: a key, a session, else an address."""
    for name, value in scope["headers"]:
        if name == b"authorization":
            return hashlib.sha256(value).hexdigest()[:32]
        if name == b"cookie" and (session := _session(value.decode("latin-1"))):
            return hashlib.sha256(session.encode()).hexdigest()[:32]
    address = scope.get("client")
    return f"address {address[0] if address else ''}"


def _session(cookies: str) -> str:
    pairs = (pair.strip().partition("=") for pair in cookies.split(";"))
    return next((value for name, _is, value in pairs if name in SESSIONS), "")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a lane serves at a time."""

    threads: int
    share: int
    """Threads that one client has at most."""
    each: int
    """Requests of one client that may wait; more are refused with 429."""
    longest_wait_s: float
    """What would wait longer is refused with 503."""
    beside: int = 0
    """Threads while the more urgent lane is at work: Python runs one at a time, and that one's shall be it."""
    rest: float = 0
    """How many times what its last request took of the processor a heavy client rests while others are there: with 9 a
    tenth of the process is left to it, with 0 it need not."""


class Lane:
    """Serves requests in their turn, or refuses them. `urgent` is a lane that goes before this one."""

    def __init__(self, app: App, limits: Limits, urgent: "Lane | None" = None) -> None:
        self.app, self.limits, self.urgent = app, limits, urgent
        self.after: list[Lane] = []
        if urgent is not None:
            urgent.after.append(self)
        self.clients: dict[str, Client] = {}
        self.running = 0
        self.waiting = 0
        self.pace_s = 0.0
        """How long a request takes, of late."""
        self._timer: asyncio.TimerHandle | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request when it is its turn, or refuse it."""
        client = self._client(client_of(scope))
        if len(client.waiting) >= self.limits.each:
            await refuse(scope, send, 429, TOO_MANY, wait_s=1)
            return
        if not await self._turn(client):
            await refuse(scope, send, 503, BUSY[0] if scope["path"].startswith(PROGRAMS) else "\n".join(BUSY), wait_s=2)
            return
        spent: list[float] = []
        began, token = time.monotonic(), _spent.set(spent)
        try:
            await self.app(scope, receive, send)
        finally:
            _spent.reset(token)
            self._leave(client, sum(spent), time.monotonic() - began)

    def _client(self, name: str) -> Client:
        now = time.monotonic()
        if len(self.clients) > CLIENTS_KEPT:
            kept = {key: one for key, one in self.clients.items() if one.running or one.waiting}
            lately = {key: one for key, one in self.clients.items() if now - one.at < FORGOTTEN_S}
            self.clients = lately | kept
        client = self.clients.setdefault(name, Client(at=now))
        client.spend(0.0, now)
        return client

    async def _turn(self, client: Client) -> bool:
        """Wait for a thread; False if that takes too long."""
        now = time.monotonic()
        if not self.waiting and self._may_run(client, now):
            self._enter(client)
            return True
        if self.waiting * self.pace_s / self.limits.threads > self.limits.longest_wait_s and not self._make_room(
            client, now
        ):
            return False
        turn: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        client.waiting.append(turn)
        self.waiting += 1
        self._next()
        self._look_again()
        try:
            return await asyncio.wait_for(turn, self.limits.longest_wait_s)
        except (TimeoutError, asyncio.CancelledError) as ended:
            if turn in client.waiting:
                client.waiting.remove(turn)
                self.waiting -= 1
            elif turn.done() and not turn.cancelled() and turn.result():
                self._leave(client, 0.0, 0.0)
            if isinstance(ended, asyncio.CancelledError):
                raise
            return False

    def _make_room(self, client: Client, now: float) -> bool:
        """Refuse the latest request of the heaviest client that waits; False if that is the one who asks now."""
        heaviest = max((one for one in self.clients.values() if one.waiting), key=lambda one: one.usage(now))
        if heaviest is client or heaviest.usage(now) <= client.usage(now):
            return False
        self.waiting -= 1
        turn = heaviest.waiting.pop()
        if not turn.done():  # else it has waited too long in this moment
            turn.set_result(False)
        return True

    def _may_run(self, client: Client, now: float) -> bool:
        if self.running >= self._threads():
            return False
        if self._must_rest(client, now):
            return client.running < 1 and client.rests_until <= now
        return client.running < self.limits.share

    def _threads(self) -> int:
        return self.limits.beside if self.urgent is not None and self.urgent.running else self.limits.threads

    def _must_rest(self, client: Client, now: float) -> bool:
        return self.limits.rest > 0 and client.usage(now) >= HEAVY_S and self._others_are_there(client, now)

    def _others_are_there(self, client: Client, now: float) -> bool:
        return any(
            one is not client and (one.running or one.waiting or now - one.at < PRESENT_S)
            for one in self.clients.values()
        )

    def _enter(self, client: Client) -> None:
        self.running += 1
        client.running += 1

    def _leave(self, client: Client, spent: float, took: float) -> None:
        now = time.monotonic()
        self.running -= 1
        client.running -= 1
        client.spend(spent, now)
        if took:
            self.pace_s += PACE_MOVES * (took - self.pace_s)
        if self._must_rest(client, now):
            client.rests_until = now + self.limits.rest * spent
        for lane in (self, *self.after):
            lane._next()
        self._look_again()

    def _look_again(self) -> None:
        """At the next moment at which time alone may let somebody in: a rest ends, or others have gone, of which no
        request tells."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self.waiting or not self.limits.rest:
            return
        now = time.monotonic()
        rested = [one.rests_until for one in self.clients.values() if one.waiting]
        gone = [one.at + PRESENT_S + CLOCK_S for one in self.clients.values()]
        coming = [moment - now for moment in (*rested, *gone) if moment > now]
        if coming:
            self._timer = asyncio.get_running_loop().call_later(min(coming), self._wake)

    def _wake(self) -> None:
        self._next()
        self._look_again()

    def _next(self) -> None:
        """Let in who may go now, the lightest first."""
        now = time.monotonic()
        while self.waiting and self.running < self._threads():
            able = [one for one in self.clients.values() if one.waiting and self._may_run(one, now)]
            if not able:
                return
            client = min(able, key=lambda one: one.usage(now))
            turn = client.waiting.popleft()
            self.waiting -= 1
            if not turn.done():
                self._enter(client)
                turn.set_result(True)
