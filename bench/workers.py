"""Processes that work side by side on what a benchmark has prepared."""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from typing import Any

from apps.people.queries import service_actor
from apps.screening.management.commands.screen import part_from_the_database


def side_by_side(work: Callable[[Any], Any], items: Sequence[Any], workers: int) -> float:
    """Seconds in which so many processes do this work on every item; they are warm when the clock starts."""
    part_from_the_database()
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        pool.map(warm, range(workers), chunksize=1)
        started = time.perf_counter()
        pool.map(work, items, chunksize=1)
        return time.perf_counter() - started


def warm(_number: int) -> None:
    """Connect, and load what every step needs."""
    service_actor("JRCC.automation", request_id="bench")
