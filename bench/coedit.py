"""Benchmark `coedit`: people who write one text at real sockets of a real server, and the opening of a long assessment.

The editors are sockets of three people of the demonstration, who all write at once; everything, they, the server, its
database and its broker, runs on one machine. The text grows from 60 pages of 3,000 letters in six sections.
"""

import asyncio
import json
import os
import random
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
from django.conf import settings
from django.core.management import call_command
from pycrdt import Doc, XmlElement, XmlText
from websockets.asyncio.client import ClientConnection, connect

from apps.assessments.models import Assessment, Judgement, Section
from apps.coedit.actions import epochs, section_texts
from apps.coedit.live.admission import PROTOCOL
from apps.coedit.models import Update
from apps.coedit.yjs import frames, tree
from apps.coedit.yjs.structs import decode
from apps.coedit.yjs.wire import Reader
from bench.measure import quantile, signed_in
from bench.scratch import analyse, scratch_portal
from bench.serving import served
from demo import assessments as demo

WRITERS = ("rifc.analysis.officer", "brb.intelligence.officer", "jam.intelligence.officer")
OBSERVERS = 3
"""Sockets at which letters of others are timed; the rest only take what comes, so that the measuring costs little."""

PAGES, LETTERS, SECTIONS, JUDGEMENTS = 60, 3000, 6, 12
EACH_S = 0.5
"""A person strikes a key twice a second on average."""

WORDS = ["craft", "landing", "port", "crew", "route", "beach", "fuel", "night", "island", "cargo", "seizure", "patrol"]


def run(*, editors: int, seconds: int, rounds: int) -> dict[str, Any]:
    """From a keystroke to another's screen, to the disk, and the opening of 60 pages; milliseconds.

    `compaction_…`: the same while snapshots are made again and again.
    """
    call_command("collectstatic", verbosity=0, interactive=False)  # the server's pages name files by their contents
    with scratch_portal():
        sections = _sixty_pages()
        analyse()
        cookies = [signed_in(name).cookies[settings.SESSION_COOKIE_NAME].value for name in WRITERS]
        with served(PORTAL_DEMO="1") as server:
            url = server.url
            opened = _opened(url, cookies[0], rounds)
            room = f"{url.replace('http', 'ws', 1)}/ws/jta/{demo.ASSESSMENT}/sections/{sections[0]}/"
            quiet = asyncio.run(_typed(room, url, cookies, editors, seconds))
            busy = asyncio.run(_typed(room, url, cookies, editors, seconds, compact=sections[0]))
            joined = asyncio.run(_joined(room, url, cookies[0], rounds))
        written = Update.objects.filter(document=sections[0]).count()
    return {
        "editors": editors,
        "processors": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 1),
        "keystrokes": quiet.sent + busy.sent,
        "lost": quiet.lost + busy.lost,
        "screen_ms_p50": quantile(quiet.screen_ms, 0.5),
        "screen_ms_p95": quantile(quiet.screen_ms, 0.95),
        "disk_ms_p95": quantile(quiet.disk_ms, 0.95),
        "compaction_screen_ms_p95": quantile(busy.screen_ms, 0.95),
        "compactions": busy.compactions,
        "compaction_ms_p95": quantile(busy.compaction_ms, 0.95) if busy.compaction_ms else None,
        "page_of_60_pages_ms_p50": quantile(opened, 0.5),
        "page_of_60_pages_ms_p95": quantile(opened, 0.95),
        "section_of_10_pages_ms_p95": quantile(joined, 0.95),
        "rows_of_log": written,
    }


def _sixty_pages() -> list[Any]:
    """The demonstration's assessment with sections of ten pages and twelve judgements; their ids."""
    row = demo.in_drafting()
    chance = random.Random(1)  # noqa: S311  (figures, not secrets)
    keys = [one.pk for one in Section.objects.filter(assessment=row).order_by("order")]
    for number in range(len(keys), SECTIONS):
        made = Section.objects.create(assessment=row, title=f"Annex {number}", order=number + 1, level=row.level)
        section_texts.create(made.pk, row.pk)
        keys.append(made.pk)
    size = PAGES * LETTERS // SECTIONS
    for key in keys:
        paragraphs: list[str] = []
        while sum(len(one) for one in paragraphs) < size:
            paragraphs.append(" ".join(chance.choices(WORDS, k=80)).capitalize() + ".")
        seq = section_texts.rendered(key).seq
        section_texts.replace_text(key, "\n\n".join(paragraphs), seq, row.lead_id, row.owner_id)
    _judgements(row)
    return keys


def _judgements(row: Assessment) -> None:
    have = Judgement.objects.filter(assessment=row).count()
    Judgement.objects.bulk_create(
        Judgement(
            assessment=row, order=number, level=1, likelihood="likely", confidence="low",
            text="It is likely that small craft carry handguns by 31 December 2027.",
            confidence_basis="no reporting: two States describe it",
        )
        for number in range(have + 1, JUDGEMENTS + 1)
    )  # fmt: skip


def _opened(url: str, session: str, rounds: int) -> list[float]:
    """Milliseconds of the page of the whole assessment, after three that load what the process keeps."""
    taken = []
    with httpx.Client(base_url=url, cookies={settings.SESSION_COOKIE_NAME: session}, timeout=60) as client:
        for _round in range(rounds + 3):
            started = time.perf_counter()
            answer = client.get(f"/rifc/assessments/{demo.ASSESSMENT}/")
            taken.append((time.perf_counter() - started) * 1000)
            if answer.status_code != 200 or len(answer.content) < PAGES * LETTERS:
                raise RuntimeError(f"{answer.status_code}, {len(answer.content)} bytes")
    return taken[3:]


@dataclass
class Typed:
    """What was measured while people typed: milliseconds to a screen, to the disk; how many keystrokes never came."""

    sent: int = 0
    lost: int = 0
    screen_ms: list[float] = field(default_factory=list)
    disk_ms: list[float] = field(default_factory=list)
    compactions: int = 0
    compaction_ms: list[float] = field(default_factory=list)


class Editor:
    """One socket that writes into a paragraph of its own."""

    def __init__(self, number: int, sent: dict[tuple[int, int], float], found: Typed, *, observes: bool) -> None:
        self.number, self.sent, self.found, self.observes = number, sent, found, observes
        self.doc: Doc[Any] = tree.new_doc()
        self.ready = asyncio.Event()
        self.waiting: list[float] = []
        self.seen: set[tuple[int, int]] = set()
        self.socket: ClientConnection

    async def come(self, room: str, url: str, session: str) -> None:
        """Open the socket and take the text over."""
        headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}", "Origin": url}
        self.socket = await connect(
            room,
            subprotocols=[PROTOCOL],  # type: ignore[list-item]
            additional_headers=headers,
            max_size=2**24,
            ping_interval=None,
            compression=None,
            open_timeout=60,
        )
        await self.socket.recv()
        self.reading = asyncio.create_task(self._read())
        await asyncio.wait_for(self.ready.wait(), 60)

    async def _read(self) -> None:
        async for frame in self.socket:
            now = time.perf_counter()
            if isinstance(frame, str):
                if json.loads(frame)["t"] == "ack" and self.waiting:
                    self.found.disk_ms += [(now - one) * 1000 for one in self.waiting]
                    self.waiting.clear()
            elif frame[0] == frames.AWARENESS:
                continue
            elif frame[1] != frames.UPDATE or not self.ready.is_set():
                await self._take(Reader(frame))
            elif self.observes:
                self._observe(frame, now)

    async def _take(self, reader: Reader) -> None:
        reader.number()
        step, data = frames.read_sync(reader)
        if step == frames.STEP_1:
            await self.socket.send(frames.sync(frames.STEP_2, self.doc.get_update(data)))
            await self.socket.send(frames.sync(frames.STEP_1, self.doc.get_state()))
            return
        self.doc.apply_update(data)
        if step == frames.STEP_2:
            self.ready.set()

    def _observe(self, frame: bytes, now: float) -> None:
        """Note when letters of others came."""
        reader = Reader(frame)
        reader.number()
        _step, data = frames.read_sync(reader)
        for one in decode(data).structs:
            for clock in range(one.clock, one.clock + one.length):
                at = self.sent.get((one.client, clock))
                if at is not None:
                    self.found.screen_ms.append((now - at) * 1000)
                    self.seen.add((one.client, clock))

    async def begin(self) -> None:
        """A paragraph of one's own at the end, into which the letters go."""
        before = self.doc.get_state()
        body: Any = tree.body_of(self.doc)
        with self.doc.transaction():
            body.children.append(XmlElement("paragraph"))
            self.text = XmlText(f"{self.number}:")
            body.children[len(list(body.children)) - 1].children.append(self.text)
        await self.socket.send(frames.sync(frames.UPDATE, self.doc.get_update(before)))

    async def type_until(self, end: float, chance: random.Random) -> None:
        """A letter now and then, about two a second."""
        while time.monotonic() < end:
            await asyncio.sleep(chance.random() * 2 * EACH_S)
            before = self.doc.get_state()
            self.text += chance.choice("abcdefghij ")
            data = self.doc.get_update(before)
            struct = decode(data).structs[0]
            now = time.perf_counter()
            self.sent[struct.client, struct.clock] = now
            self.waiting.append(now)
            self.found.sent += 1
            await self.socket.send(frames.sync(frames.UPDATE, data))


async def _typed(room: str, url: str, cookies: list[str], editors: int, seconds: int, compact: Any = None) -> Typed:
    """Let people type for some seconds; with `compact`, make snapshots of that section all the while."""
    sent: dict[tuple[int, int], float] = {}
    found = Typed()
    people = [Editor(number, sent, found, observes=number < OBSERVERS) for number in range(editors)]
    for number, one in enumerate(people):
        await one.come(room, url, cookies[number % len(cookies)])
    await asyncio.gather(*(one.begin() for one in people))
    await asyncio.sleep(2)
    end = time.monotonic() + seconds
    typing = [one.type_until(end, random.Random(number)) for number, one in enumerate(people)]  # noqa: S311
    if compact is not None:
        typing.append(_compacting(compact, end, found))
    await asyncio.gather(*typing)
    await asyncio.sleep(3)
    for one in people[:OBSERVERS]:
        own = one.doc.client_id
        found.lost += len({key for key in sent if key[0] != own} - one.seen)
    for one in people:
        one.reading.cancel()
        await one.socket.close()
    return found


async def _compacting(section: Any, end: float, found: Typed) -> None:
    """Snapshots, one after the other, of a text that is behind each time."""
    while time.monotonic() < end:
        started = time.perf_counter()
        found.compactions += await asyncio.to_thread(epochs.compact, section)
        found.compaction_ms.append((time.perf_counter() - started) * 1000)
        await asyncio.sleep(0.2)


async def _joined(room: str, url: str, session: str, rounds: int) -> list[float]:
    """Milliseconds from the call to the whole text of a section of ten pages at a socket."""
    taken = []
    for _round in range(rounds):
        one = Editor(0, {}, Typed(), observes=False)
        started = time.perf_counter()
        await one.come(room, url, session)
        taken.append((time.perf_counter() - started) * 1000)
        one.reading.cancel()
        await one.socket.close()
    return taken
