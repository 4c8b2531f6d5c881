"""Benchmark `streams`: live streams of many desks at one web process, while lists come and the watch works on hits.

Lists arrive at 10,000 an hour and are read and screened by two workers; a fifth of them carries somebody who is on a
list. The watch claims and refers what is raised, and the States take it over. Everything runs on one machine: server,
database, workers and the readers of the streams.
"""

import multiprocessing
import os
import resource
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from typing import Any

import psutil
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client

from apps.access import outbox
from apps.access.actor import Actor
from apps.jrcc.actions import hits
from apps.jrcc.actions.hits import default_state
from apps.jrcc.models import Hit
from apps.manifests.actions import intake
from apps.people.models import Seat
from apps.people.queries import actor_at
from apps.screening import actions as screening
from apps.screening.management.commands.screen import part_from_the_database
from bench import backlog, hearing
from bench.listeners import Stream, listen
from bench.lists import actor
from bench.measure import quantile
from bench.messages import a_list, sought
from bench.scratch import analyse, scratch_portal
from bench.serving import Server, served

PER_HOUR, WORKERS = 10_000, 2
ORDINARY = (15, 60, 150)
"""Persons in the lists, in turn."""
ROUTES = (("KIN", "BGI"), ("POS", "GEO"), ("BGI", "UVF"), ("ANU", "SKB"), ("GEO", "PBM"), ("KIN", "NAS"))
KEEPERS = ("jam.intelligence.officer", "brb.intelligence.officer", "tto.intelligence.officer")
INSTRUCTIONS = ("question", "arrest", "discreet", "inform")
WANTED_EACH = 5
"""Every fifth list has somebody who is looked for."""
ACTS_EACH = 6
"""Lists between two looks of the watch at its queue."""
QUIET_S, LONGEST_S = 3.0, 60.0
KIB = 1024


def run(*, streams: int, seconds: int) -> dict[str, Any]:
    """From the bytes of a list to `hit.raise` on the streams (ms), memory of the web process (MiB, KiB a stream).

    `failures` counts events that a seat should not have heard, or did not hear, and streams that broke.
    """
    allow_sockets(2 * streams + 200)
    load = os.getloadavg()[0]
    with scratch_portal():
        wanted = seconds * PER_HOUR // 3600 + 1
        _entries(wanted)
        outbox.drain()
        analyse()
        actors = list(islice(cycle(one_of_each_desk()), streams))
        sessions = [session_of(one) for one in actors]
        since = hearing.last_event()
        with served(PORTAL_DEMO="1") as server:
            quiet = _warm(server, sessions[0])
            heard, full = _while_lists_come(server, sessions, seconds)
        return {
            "streams": streams,
            "desks": len({one.desk_id for one in actors}),
            **_compared(actors, heard, since),
            **_delays(heard),
            "web_rss_mib_before": round(quiet / KIB**2, 1),
            "web_rss_mib": round(full / KIB**2, 1),
            "kib_a_stream": round((full - quiet) / KIB / streams, 1),
            "load_1_min_before": round(load, 1),
            "load_1_min": round(os.getloadavg()[0], 1),
        }


def allow_sockets(wanted: int) -> None:
    """As many open files as the readers need, for this process and those that it starts."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))


def _entries(lists: int) -> None:
    """Entries of three States on the first passenger of every fifth list."""
    codes = {}
    for keeper in KEEPERS:
        codes[keeper] = f"{keeper[:3].upper()}-STREAMS"
        screening.open_watchlist(actor(keeper), None, code=codes[keeper], name="Streams", kind="national")
    for place, number in enumerate(range(0, lists, WANTED_EACH)):
        keeper = KEEPERS[place % len(KEEPERS)]
        screening.create_watchlist_entry(
            actor(keeper), None, list=codes[keeper], reference=f"S-{number}", subject=sought(number),
            instruction=INSTRUCTIONS[place % len(INSTRUCTIONS)], reason="Wanted for questioning",
        )  # fmt: skip


def one_of_each_desk() -> list[Actor]:
    """Seats in force, each desk once before any comes twice."""
    rows = (
        Seat.objects.in_force()
        .filter(kind="standing", user__state="active")
        .select_related("desk__party", "desk__function", "user")
    )
    turn: Counter[int] = Counter()
    ranked = []
    for seat in rows.order_by("desk__code", "pk"):
        ranked.append((turn[seat.desk_id], seat.desk.code, seat.pk, seat))
        turn[seat.desk_id] += 1
    return [actor_at(seat) for *_, seat in sorted(ranked, key=lambda one: one[:3])]


def session_of(who: Actor) -> str:
    """A session of its own for each stream: one session has three at most."""
    client = Client()
    client.force_login(Seat.objects.select_related("user").get(pk=who.seat_id).user)
    session: SessionBase = client.session
    session["seat"] = who.seat_id
    session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _warm(server: Server, session: str) -> int:
    """Bytes that the web process takes when it has opened and closed a stream and nothing else."""
    with Readers(server.url, [session]):
        pass
    time.sleep(1)
    return _rss(server)


def _rss(server: Server) -> int:
    return int(psutil.Process(server.pid).memory_info().rss)


class Readers:
    """The readers, in a process of their own; `streams` afterwards."""

    def __init__(self, url: str, sessions: Sequence[str]) -> None:
        part_from_the_database()
        fork = multiprocessing.get_context("fork")
        self.link, theirs = fork.Pipe()
        self.last = fork.Value("d", time.time())
        self.process = fork.Process(target=listen, args=(url, sessions, theirs, self.last), daemon=True)
        self.streams: list[Stream] = []

    def __enter__(self) -> "Readers":
        self.process.start()
        self.link.recv()
        return self

    def until_quiet(self) -> None:
        """Wait until nothing has come for some seconds."""
        end = time.time() + LONGEST_S
        while time.time() < min(end, self.last.value + QUIET_S):
            time.sleep(0.1)

    def __exit__(self, *_error: object) -> None:
        self.link.send("enough")
        self.streams = self.link.recv()
        self.process.join()


def _while_lists_come(server: Server, sessions: Sequence[str], seconds: int) -> tuple[list[Stream], int]:
    """(what the streams heard, the most bytes that the web process took)."""
    sizes = []
    with Readers(server.url, sessions) as readers:
        sender, watch = actor("7t.carrier.agent"), actor("jrcc.watch.officer")

        def send(number: int) -> None:
            origin, destination = ROUTES[number % len(ROUTES)]
            people = ORDINARY[number % len(ORDINARY)]
            text = a_list(number, origin=origin, destination=destination, people=people)
            intake.receive(sender, text.encode(), channel="api", content_type="application/edifact")
            if number % ACTS_EACH == 0:
                _work_on_hits(watch)
                sizes.append(_rss(server))

        backlog.sustained(seconds, PER_HOUR, WORKERS, send)
        outbox.drain()
        _work_on_hits(watch)
        readers.until_quiet()
        sizes.append(_rss(server))
    return readers.streams, max(sizes)


def _work_on_hits(watch: Actor) -> None:
    """The watch claims and refers what is raised; what was referred to Barbados is taken over."""
    for hit in Hit.objects.visible_to(watch).filter(state=Hit.State.RAISED).order_by("pk"):
        state = default_state(hit)
        hit = hits.claim_hit(watch, hit)
        if hit.instruction == "discreet":
            state = hit.list_party_id
        if state:
            hits.refer_hit(watch, hit, to=[state], note="Compare the photo page.")
    officer = actor("brb.border.officer")
    for hit in Hit.objects.visible_to(officer).filter(state=Hit.State.REFERRED).order_by("pk"):
        hits.acknowledge_hit(officer, hit)


def _compared(actors: Sequence[Actor], streams: Sequence[Stream], since: int) -> dict[str, Any]:
    """Each stream against what its seat may see."""
    events = hearing.told_since(since)
    too_many = missing = told = 0
    for who, stream in zip(actors, streams, strict=True):
        found = hearing.judged(who, [one for _at, one in stream.heard], events)
        too_many, missing = too_many + len(found.too_many), missing + len(found.missing)
        told += len(stream.heard)
    broken = sum(bool(stream.broken) for stream in streams)
    return {
        "events": len(events),
        "told": told,
        "hits": Hit.objects.count(),
        "too_many": too_many,
        "missing": missing,
        "broken": broken,
        "failures": too_many + missing + broken,
    }


def _delays(streams: Sequence[Stream]) -> dict[str, Any]:
    stored = {str(hit): at for hit, at in Hit.objects.values_list("pk", "traveller__submission__created_at")}
    found = list(_waits(streams, stored))
    if not found:
        raise RuntimeError("no hit was heard of")
    return {
        "stored_to_screen_ms_p50": quantile(found, 0.5),
        "stored_to_screen_ms_p95": quantile(found, 0.95),
        "stored_to_screen_ms_max": quantile(found, 1),
    }


def _waits(streams: Sequence[Stream], stored: dict[str, Any]) -> Iterator[float]:
    for stream in streams:
        for at, one in stream.heard:
            if one.event == "jrcc.hit.raise":
                yield (at - stored[one.id].timestamp()) * 1000
