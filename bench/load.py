"""Benchmark `load`: what single askers feel while many ask without pause, and while one program asks for all it can.

Two web processes, a list of hits as States and desks see it. A client that is refused waits as long as it was told.
"""

import asyncio
import io
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any

import httpx
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from bench import world
from bench.measure import quantile
from bench.messages import a_list
from bench.scratch import analyse, scratch_portal
from bench.serving import Server, served
from bench.streams import Readers, allow_sockets, one_of_each_desk, session_of

PROCESSES = "2"
TRAVELLERS = 5_000
PROBES = 30
"""Questions of each kind that a single asker has answered in a phase without others."""
GREEDY = 20
"""Connections of the program that asks for all it can."""
PAUSE_S = {"page": 0.3, "health": 0.3, "manifest": 0.6}
EDIFACT = {"Content-Type": "application/edifact"}


@dataclass
class Answers:
    """Of one kind of question: how long each answer took (ms), and how often which status came."""

    ms: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    of_health: bool = False
    """Every answer counts: without workers the portal says that they are away."""
    unnamed: int = 0
    """Answers 503 and 429 that do not say when to come back."""

    async def ask(self, send: Callable[[], Awaitable[httpx.Response]]) -> float:
        """Ask once; the seconds to wait before the next time."""
        began = time.perf_counter()
        answer = await send()
        self.statuses[answer.status_code] += 1
        if self.of_health or answer.status_code not in {429, 503}:
            self.ms.append((time.perf_counter() - began) * 1000)
            return 0
        wait = answer.headers.get("Retry-After", "")
        self.unnamed += not wait
        return float(wait or 1)

    @property
    def failures(self) -> int:
        """Answers that nobody should get."""
        return self.unnamed + sum(count for status, count in self.statuses.items() if status >= 500 and status != 503)


class Asker:
    """Somebody with one connection, a session or a key."""

    def __init__(self, server: Server, headers: dict[str, str], connections: int = 1) -> None:
        limits = httpx.Limits(max_connections=connections, keepalive_expiry=60)
        self.client = httpx.AsyncClient(base_url=server.url, headers=headers, limits=limits, timeout=60)

    async def page(self) -> httpx.Response:
        """A list of hits."""
        return await self.client.get(reverse("jrcc:hits"))

    async def health(self) -> httpx.Response:
        """Whether the portal works."""
        return await self.client.get("/healthz")

    async def absent(self) -> httpx.Response:
        """A record that is not there."""
        return await self.client.get("/api/v1/jrcc/hits/00000000-0000-7000-8000-000000000000/")


@dataclass
class Cast:
    """Who asks: a session for each of the many, one more for the single asker, keys of a carrier and of a program."""

    many: list[str]
    calm: str
    carrier: str
    program: str
    sent: int = 0

    def session(self, name: str) -> dict[str, str]:
        """Headers of a session."""
        return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={name}"}

    def next_list(self) -> str:
        """A passenger list that was not sent before."""
        self.sent += 1
        return a_list(self.sent)


def run(*, clients: int, streams: int, seconds: int) -> dict[str, Any]:
    """95th percentiles (ms) of page, health and manifest: alone, among the many, beside the greedy; their ratios."""
    allow_sockets(2 * (clients + streams) + 200)
    with scratch_portal():
        world.build(TRAVELLERS)
        analyse()
        who = list(islice(cycle(one_of_each_desk()), clients + 1))
        cast = Cast(
            [session_of(one) for one in who[1:]], session_of(who[0]), _key("7T.carrier", "write"),
            _key("JRCC.watch", "read"),
        )  # fmt: skip
        with served(processes=PROCESSES, PORTAL_DEMO="1") as server:
            alone = asyncio.run(_probes(server, cast, PROBES * max(PAUSE_S.values())))
            with Readers(server.url, [session_of(one) for one in who[:streams]]) as readers:
                among, many = asyncio.run(_among_many(server, cast, seconds))
            beside, greedy = asyncio.run(_beside_the_greedy(server, cast, seconds))
    lost = [one.broken for one in readers.streams if one.broken]
    phases = {"alone": alone, "among": among, "beside": beside}
    ratios = {
        f"{phase}_{kind}_ratio": round(_p95(phases[phase][kind]) / _p95(alone[kind]), 2)
        for phase in ("among", "beside")
        for kind in PAUSE_S
    }
    each = [many, greedy, *(one for phase in phases.values() for one in phase.values())]
    return {
        "clients": clients,
        "streams": streams,
        **{f"{phase}_{kind}_ms_p95": _p95(found[kind]) for phase, found in phases.items() for kind in PAUSE_S},
        **ratios,
        "many_served_per_second": round(len(many.ms) / seconds, 1),
        "many_ms_p95": _p95(many),
        "many_refused": many.statuses[503] + many.statuses[429],
        "greedy_answered": len(greedy.ms),
        "greedy_refused": greedy.statuses[503] + greedy.statuses[429],
        "streams_lost": len(lost),
        "failures": len(lost) + sum(one.failures for one in each),
    }


def _p95(answers: Answers) -> float:
    return quantile(answers.ms, 0.95) if answers.ms else float("inf")


def _key(desk: str, scope: str) -> str:
    said = io.StringIO()
    call_command("create_token", "--desk", desk, "--scope", scope, "--days", "2", stdout=said)
    return said.getvalue().split()[-1]


async def _probes(server: Server, cast: Cast, seconds: float) -> dict[str, Answers]:
    """What single askers are answered for so long: a page, the portal's health, a list of passengers."""
    calm = Asker(server, cast.session(cast.calm))
    carrier = Asker(server, {"Authorization": f"Bearer {cast.carrier}"}).client

    async def manifest() -> httpx.Response:
        return await carrier.post("/api/v1/jrcc/submissions/", content=cast.next_list(), headers=EDIFACT)

    found = {kind: Answers(of_health=kind == "health") for kind in PAUSE_S}
    ways = {"page": calm.page, "health": calm.health, "manifest": manifest}
    await asyncio.gather(*(_ask_on(found[kind], ways[kind], seconds, PAUSE_S[kind]) for kind in PAUSE_S))
    return found


async def _ask_on(
    answers: Answers, send: Callable[[], Awaitable[httpx.Response]], seconds: float, pause_s: float
) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        await asyncio.sleep(max(pause_s, await answers.ask(send)))


async def _among_many(server: Server, cast: Cast, seconds: float) -> tuple[dict[str, Answers], Answers]:
    many = Answers()
    askers = [Asker(server, cast.session(session)) for session in cast.many]
    asking = asyncio.gather(*(_ask_on(many, asker.page, seconds, 0) for asker in askers))
    found = await _probes(server, cast, seconds)
    await asking
    return found, many


async def _beside_the_greedy(server: Server, cast: Cast, seconds: float) -> tuple[dict[str, Answers], Answers]:
    greedy = Answers()
    program = Asker(server, {"Authorization": f"Bearer {cast.program}"}, GREEDY)
    asking = asyncio.gather(*(_ask_on(greedy, program.absent, seconds, 0) for _ in range(GREEDY)))
    found = await _probes(server, cast, seconds)
    await asking
    return found, greedy
