"""Timing of requests: in all, in the database, and in how many queries."""

import time
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.test import Client


@dataclass
class Clock:
    """Collects the time and number of statements (connection.execute_wrapper)."""

    seconds: float = 0.0
    statements: int = 0

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        """Run one statement and count it."""
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - started
            self.statements += 1


@dataclass
class Timings:
    """What the rounds of one address took, in milliseconds."""

    total_ms: list[float] = field(default_factory=list)
    db_ms: list[float] = field(default_factory=list)
    queries: int = 0

    def figures(self) -> dict[str, float | int]:
        """Median and 95th percentile, and queries per request."""
        return {
            "db_ms_p50": quantile(self.db_ms, 0.5),
            "db_ms_p95": quantile(self.db_ms, 0.95),
            "ms_p50": quantile(self.total_ms, 0.5),
            "ms_p95": quantile(self.total_ms, 0.95),
            "queries": self.queries,
        }


def quantile(values: list[float], share: float) -> float:
    """The nearest-rank quantile, rounded to a hundredth."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)


def timed(client: Client, url: str, rounds: int) -> Timings:
    """Ask for an address `rounds` times after one warm-up; raises if it does not answer 200."""
    timings = Timings()
    for number in range(rounds + 1):
        clock, started = Clock(), time.perf_counter()
        with connection.execute_wrapper(clock):
            response = client.get(url)
            len(response.content)  # a streamed answer is read to its end
        if response.status_code != 200:
            raise RuntimeError(f"{url} answered {response.status_code}")
        if number:
            timings.total_ms.append((time.perf_counter() - started) * 1000)
            timings.db_ms.append(clock.seconds * 1000)
            timings.queries = clock.statements
    return timings
