"""Benchmark `intake`: messages read, stored and screened, what a message costs, and a sheet of 5,000 rows."""

import datetime
import io
import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection

from apps.access import outbox
from apps.manifests import paxlst
from apps.manifests.actions import intake
from apps.people.models import Seat, User
from apps.people.queries import actor_for
from bench import backlog
from bench.measure import quantile
from bench.messages import SURNAMES, a_list
from bench.scratch import scratch_database

PEOPLE = 300
ORDINARY = (15, 60, 150)
"""Persons in the messages of an ordinary hour, in turn: a telegram's part, a small aircraft, a list of a jet."""
MESSAGES = 60
WANTED_PER_HOUR, WORKERS = 10_000, 2
ROWS = 5_000
_TICK = os.sysconf("SC_CLK_TCK")


def run(*, rounds: int, seconds: int = 0) -> dict[str, Any]:
    """Milliseconds to read, seconds from the bytes to the answer; CPU of a message in worker and database together.

    Wall-clock times mean little on a machine with other work (`load_1_min` says how much there was), CPU times do.
    `reachable_per_hour` is what two workers on two cores could do if they did nothing else: the queue grows when more
    than that arrives. `two_workers_per_hour_measured` is what they did on this machine as it is now. With `seconds`,
    messages come at the wanted rate for so long, and the queue's depth is told.
    """
    texts = [a_list(number, people=PEOPLE).encode() for number in range(rounds)]
    paxlst.read(texts[0])  # airports and codes are loaded once per process
    reading = [_ms(partial(paxlst.read, data)) for data in texts]
    reading_cpu = [_cpu_ms(partial(paxlst.read, data)) for data in texts]
    sheet = _sheet(ROWS)
    sheet_cpu = _cpu_ms(partial(paxlst.read, sheet)) / 1000
    with scratch_database():
        user = User.objects.get(username="7t.carrier.agent")
        actor = actor_for(user, Seat.objects.get(user=user).pk)
        received, stored, answered = [], [], []
        for data in texts:
            received.append(_ms(partial(_receive, actor, data)))
            stored.append(received[-1] + _ms(_next_step))
            answered.append(stored[-1] + _ms(outbox.drain))
        ordinary = {**_ordinary(actor), **_together(actor)}
        if seconds:
            send = lambda number: _receive(actor, _message(1_200 + number))  # noqa: E731
            ordinary |= backlog.sustained(seconds, WANTED_PER_HOUR, WORKERS, send)
    return {
        "passengers": PEOPLE,
        "message_bytes": len(texts[0]),
        "read_300_ms_p50": quantile(reading, 0.5),
        "read_300_ms_p95": quantile(reading, 0.95),
        "read_300_cpu_ms_p50": quantile(reading_cpu, 0.5),
        "receipt_ms_p95": quantile(received, 0.95),
        "read_and_stored_300_s_p50": _s(stored, 0.5),
        "read_and_stored_300_s_p95": _s(stored, 0.95),
        "answered_300_s_p95": _s(answered, 0.95),
        "xlsx_rows": ROWS,
        "xlsx_cpu_s": round(sheet_cpu, 2),
        **ordinary,
        "load_1_min": round(os.getloadavg()[0], 1),
    }


def _ordinary(actor: Any) -> dict[str, Any]:
    """What messages of an ordinary hour cost from the bytes to the answer, and how many of them fit into an hour."""
    texts = [_message(1_000 + n) for n in range(MESSAGES)]
    worker, database, began = time.process_time(), _database_cpu_s(), time.perf_counter()
    for data in texts:
        _receive(actor, data)
        outbox.drain()
    seconds = time.perf_counter() - began
    worker_s, database_s = time.process_time() - worker, _database_cpu_s() - database
    reachable = WORKERS * 3600 / ((worker_s + database_s) / MESSAGES)
    return {
        "ordinary_people": sum(ORDINARY) // len(ORDINARY),
        "message_worker_cpu_ms": round(worker_s / MESSAGES * 1000, 1),
        "message_database_cpu_ms": round(database_s / MESSAGES * 1000, 1),
        "one_worker_per_hour_measured": round(MESSAGES / seconds * 3600),
        "reachable_per_hour": round(reachable),
        "wanted_per_hour": WANTED_PER_HOUR,
        "queue_grows": reachable < WANTED_PER_HOUR,
    }


def _together(actor: Any) -> dict[str, Any]:
    """What two workers side by side do in an hour: a backlog of ordinary messages, worked off."""
    for n in range(MESSAGES):
        _receive(actor, _message(1_100 + n))
    seconds = backlog.worked_off(WORKERS)
    return {"two_workers_per_hour_measured": round(MESSAGES / seconds * 3600)}


def _message(number: int) -> bytes:
    return a_list(number, people=ORDINARY[number % len(ORDINARY)]).encode()


def _database_cpu_s() -> float:
    """CPU of the processes that serve this database, as the kernel counts them; 0 where they run on another machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        pids = [pid for (pid,) in cursor.fetchall()]
    ticks = 0
    for pid in pids:
        try:
            found = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            continue
        user, system = found.rpartition(")")[2].split()[11:13]
        ticks += int(user) + int(system)
    return ticks / _TICK


def _sheet(rows: int) -> bytes:
    """A ship's passenger list as XLSX, with dates as dates."""
    from openpyxl import Workbook  # slow to import, and needed for this figure only

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Passengers")
    sheet.append(["Ship", "MV ALDER", "IMO", "9074729", "Voyage", "V12"])
    sheet.append(["Last port", "TTPOS", "Port", "BBBGI", "Arrival", datetime.datetime(2008, 2, 12, 8, 0)])
    sheet.append(["Family name", "Given names", "Nationality", "Date of birth", "Sex", "Document type",
                  "Document number", "Issuing State", "Expiry"])  # fmt: skip
    for n in range(rows):
        born = datetime.date(1930, 1, 1) + datetime.timedelta(days=4 * n)
        sheet.append([SURNAMES[n % len(SURNAMES)], "ANN MARY", "BRB", born, "F", "P", f"B{n:07}", "BRB",
                      datetime.date(2011, 5, 14)])  # fmt: skip
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


def _receive(actor: Any, data: bytes) -> None:
    intake.receive(actor, data, channel="api", content_type="application/edifact")


def _next_step() -> None:
    for dispatch_id in outbox.due():
        outbox.run(dispatch_id)


def _s(values_ms: list[float], share: float) -> float:
    return round(quantile(values_ms, share) / 1000, 3)


def _ms(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _cpu_ms(work: Callable[[], Any]) -> float:
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000
