"""Two workers beside each other: how fast they work off a backlog, and whether a queue grows at the wanted rate.

Workers are processes that take what is open in its order, each row by one of them, as Celery's would; no broker stands
between, so what is measured is the work.
"""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from apps.access import outbox
from apps.screening.management.commands.screen import part_from_the_database
from caricom_portal.bench.workers import side_by_side, warm

LOCKS = 7_001
"""The class of the advisory locks by which a row is one worker's."""
A_LOOK = 40
IDLE_S = 0.01


def worked_off(workers: int) -> float:
    """Seconds in which so many processes do everything that is open; they are warm when the clock starts."""
    return side_by_side(_until_empty, range(workers), workers)


def sustained(seconds: int, per_hour: int, workers: int, send: Callable[[int], None]) -> dict[str, Any]:
    """Messages at a steady rate for so long, and how much is open at the start, in the middle and at the end.

    `send` takes the number of a message. What it takes to receive one is this process's, as it is the web's.
    """
    fork = multiprocessing.get_context("fork")
    over, ready = fork.Event(), fork.Barrier(workers + 1)
    with _running(lambda: fork.Process(target=_work, args=(ready, over), daemon=True), workers, over):
        ready.wait()
        depths, sent, began = [_depth()], 0, time.monotonic()
        while (elapsed := time.monotonic() - began) < seconds:
            if len(depths) == 1 and elapsed >= seconds / 2:
                depths.append(_depth())
            if sent < elapsed * per_hour / 3600:
                send(sent)
                sent += 1
            else:
                time.sleep(IDLE_S)
        depths.append(_depth())
        lag_s = _lag_s()
    return {
        "sustained_seconds": seconds,
        "sustained_sent_per_hour": round(sent * 3600 / seconds),
        "queue_depth_start_middle_end": depths,
        "queue_oldest_s_at_end": lag_s,
    }


@contextmanager
def _running(process: Callable[[], Any], workers: int, over: Any) -> Iterator[None]:
    part_from_the_database()
    running = [process() for _ in range(workers)]
    for one in running:
        one.start()
    try:
        yield
    finally:
        over.set()
        for one in running:
            one.join()


def _work(ready: Any, over: Any) -> None:
    """Work until it is over."""
    warm(0)
    ready.wait()
    while not over.is_set():
        if not _some(over.is_set):
            time.sleep(IDLE_S)
    connection.close()


def _until_empty(_number: int) -> None:
    """Work until nothing is open any more, not even with another worker."""
    while outbox.due():
        if not _some(lambda: False):
            time.sleep(IDLE_S)


def _some(over: Callable[[], bool]) -> int:
    """Do the oldest of the open rows that no other worker has; how many."""
    done = 0
    for dispatch_id in outbox.due()[:A_LOOK]:
        if over():
            break
        if _lock("pg_try_advisory_lock", dispatch_id):
            try:
                done += outbox.run(dispatch_id)
            finally:
                _lock("pg_advisory_unlock", dispatch_id)
    return done


def _lock(act: str, dispatch_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {act}(%s, %s)", [LOCKS, dispatch_id])
        return bool(cursor.fetchone()[0])


def _depth() -> int:
    return len(outbox.due())


def _lag_s() -> float:
    """Age of the oldest open row, 0 without one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0)"
            " FROM access_dispatch WHERE done_at IS NULL AND dead_at IS NULL"
        )
        return round(float(cursor.fetchone()[0]), 1)
