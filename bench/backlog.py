"""Benchmark `backlog`: how workers beside each other work off what is open, and whether a queue grows at a wanted rate.

Workers are processes that take work as the portal's do: first the lane of intake and screening, the most urgent list
before the others and each carried through (apps.access.intake_lane), then the rest in its order, each row by one of
them. No broker stands between, so what is measured is the work.
"""

import datetime
import itertools
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.utils import timezone

from apps.access import intake_lane, outbox
from apps.access.ids import uuid7
from apps.access.models import Dispatch
from apps.manifests.actions import intake
from apps.notices.actions import create_notices
from apps.people.queries import service_actor
from apps.screening.management.commands.screen import part_from_the_database
from bench.lists import actor
from bench.messages import a_list
from bench.scratch import analyse, scratch_database
from bench.workers import side_by_side, warm

LOCKS = 7_001
"""The class of the advisory locks by which a row is one worker's."""
A_LOOK = 40
IDLE_S = 0.01


SENDER, TOLD = "7t.carrier.agent", ("JRCC.watch", "BRB.border", "JAM.border", "TTO.border")
PEOPLE = 20
HOURS = range(5, 20)
"""At which lists' flights leave, so that they do not land in the order in which they were sent."""


def run(*, lists: int, told: int, workers: int = 2) -> dict[str, Any]:
    """A backlog of so many lists of 20, behind notices of `told` events, worked off by workers side by side.

    `lane_…` is the lane of intake and screening, `other_…` the rest. `lane_in_order_of_landing` is the share of lists
    that were begun no earlier than one that lands before them; `read_before_first_answer` says how deep the lane went.
    """
    with scratch_database():
        _tell(told)
        _send(lists)
        analyse()
        opened, began = _open_rows(), timezone.now()
        seconds = worked_off(workers)
        return {
            "lists": lists,
            "people_each": PEOPLE,
            "workers": workers,
            **{f"{part}_open_at_start": count for part, count in opened.items()},
            "worked_off_s": round(seconds, 2),
            **_lane(began),
            "load_1_min": round(os.getloadavg()[0], 1),
        }


def _tell(told: int) -> None:
    """Work that is none of the lane's, and older than all that is."""
    clock = service_actor("JRCC.automation", request_id="bench")
    for number in range(told):
        create_notices(
            clock, None, event="hit.overdue", desks=list(TOLD), object_type="jrcc.hit", object_id=uuid7(),
            number=f"B-{number}", title=f"B-{number}", step=str(number), due_at=timezone.now(), grade="high",
        )  # fmt: skip


def _send(lists: int) -> None:
    """So many lists, those that land late first."""
    sender, hours = actor(SENDER), itertools.cycle(reversed(HOURS))
    for number, hour in zip(range(lists), hours, strict=False):
        text = a_list(number, people=PEOPLE, hour=hour).encode()
        intake.receive(sender, text, channel="api", content_type="application/edifact")


def _open_rows() -> dict[str, int]:
    """How many rows are open in the lane, and elsewhere."""
    rows = Dispatch.objects.filter(done_at=None, dead_at=None)
    return {part: rows.filter(urgent_at__isnull=part != "lane").count() for part in ("lane", "other")}


def _lane(began: datetime.datetime) -> dict[str, Any]:
    """How the lane was worked off, from when each of its rows was done."""
    rows = Dispatch.objects.filter(urgent_at__isnull=False, done_at__gte=began)
    done: dict[str, list[Any]] = {"submission.received": [], "submission.screened": []}
    for topic, at, urgent in rows.order_by("done_at").values_list("topic", "done_at", "urgent_at"):
        done.setdefault(topic, []).append((at, urgent))
    read, answered = done["submission.received"], done["submission.screened"]
    last = max((at for each in done.values() for at, _urgent in each), default=began)
    first = min((at for at, _urgent in answered), default=last)
    pairs = list(itertools.pairwise(urgent for _at, urgent in read))
    other = Dispatch.objects.filter(urgent_at=None, done_at__gte=began)
    seconds = (last - began).total_seconds()
    return {
        "lane_worked_off_s": round(seconds, 2),
        "lane_rows_done": sum(map(len, done.values())),
        "lane_lists_per_hour": round(len(read) * 3600 / seconds) if read else 0,
        "first_answer_s": round((first - began).total_seconds(), 2),
        "read_before_first_answer": sum(at < first for at, _urgent in read),
        "lane_in_order_of_landing": round(sum(one <= two for one, two in pairs) / len(pairs), 3) if pairs else 1.0,
        "other_rows_done": other.count(),
        "other_rows_done_before_the_lane": other.filter(done_at__lt=last).count(),
    }


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
        depths, sent, began = [_open_rows()], 0, time.monotonic()
        while (elapsed := time.monotonic() - began) < seconds:
            if len(depths) == 1 and elapsed >= seconds / 2:
                depths.append(_open_rows())
            if sent < elapsed * per_hour / 3600:
                send(sent)
                sent += 1
            else:
                time.sleep(IDLE_S)
        depths.append(_open_rows())
        lag_s = _lag_s()
    return {
        "sustained_seconds": seconds,
        "sustained_sent_per_hour": round(sent * 3600 / seconds),
        "queue_depth_start_middle_end": [sum(depth.values()) for depth in depths],
        "lane_depth_start_middle_end": [depth["lane"] for depth in depths],
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
    """Carry the most urgent list of the lane through; without one do what is oldest of the rest; how many."""
    if (first := intake_lane.take()) is not None:
        intake_lane.carry_through(first)
        return 1
    done = 0
    rest = Dispatch.objects.filter(done_at=None, dead_at=None, urgent_at=None).order_by("id")
    for dispatch_id in rest.values_list("pk", flat=True)[:A_LOOK]:
        if over() or intake_lane.waits():
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


def _lag_s() -> float:
    """Age of the oldest open row, 0 without one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0)"
            " FROM access_dispatch WHERE done_at IS NULL AND dead_at IS NULL"
        )
        return round(float(cursor.fetchone()[0]), 1)
