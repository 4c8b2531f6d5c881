"""Timing of requests: in all, around the driver, and inside the database."""

import json
import time
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.test import Client

from apps.people.models import Seat, User

READS = ("SELECT", "(SELECT", "WITH")
CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "NOTIFY")


@dataclass
class Listener:
    """Collects the statements of a request and the time around them (connection.execute_wrapper)."""

    seconds: float = 0.0
    statements: list[tuple[str, Any]] = field(default_factory=list)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Run one statement and remember it."""
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - started
            if not sql.startswith(CONTROL):
                self.statements.append((sql, params))


@dataclass
class Timings:
    """What the rounds of one address took, in milliseconds."""

    total_ms: list[float] = field(default_factory=list)
    driver_ms: list[float] = field(default_factory=list)
    db_ms: list[float] = field(default_factory=list)
    execution_ms: list[float] = field(default_factory=list)
    queries: int = 0
    size: int = 0

    def figures(self) -> dict[str, float | int]:
        """Medians and 95th percentiles, and statements and bytes per request.

        db = planning and execution inside PostgreSQL; execution = without planning; driver = db with the way there
        and back.
        """
        return {
            "db_ms_p50": quantile(self.db_ms, 0.5),
            "db_ms_p95": quantile(self.db_ms, 0.95),
            "execution_ms_p50": quantile(self.execution_ms, 0.5),
            "driver_ms_p50": quantile(self.driver_ms, 0.5),
            "ms_p50": quantile(self.total_ms, 0.5),
            "ms_p95": quantile(self.total_ms, 0.95),
            "queries": self.queries,
            "bytes": self.size,
        }


def signed_in(username: str) -> Client:
    """A browser in which this person is signed in and acts from their first seat."""
    client, user = Client(), User.objects.get(username=username)
    client.force_login(user)
    session = client.session
    session["seat"] = Seat.objects.filter(user=user, state="current").values_list("pk", flat=True)[0]
    session.save()
    return client


def quantile(values: list[float], share: float) -> float:
    """The nearest-rank quantile, rounded to a hundredth."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)


def timed(client: Client, url: str, rounds: int) -> Timings:
    """Ask for an address `rounds` times after one warm-up; raises if it does not answer 200."""
    timings = Timings()
    for number in range(rounds + 1):
        listener, started = Listener(), time.perf_counter()
        with connection.execute_wrapper(listener):
            response = client.get(url)
            size = len(response.content)  # a streamed answer is read to its end
        if response.status_code != 200:
            raise RuntimeError(f"{url} answered {response.status_code}")
        if number:
            timings.total_ms.append((time.perf_counter() - started) * 1000)
            timings.driver_ms.append(listener.seconds * 1000)
            planning, execution = inside(listener.statements)
            timings.db_ms.append(planning + execution)
            timings.execution_ms.append(execution)
            timings.queries, timings.size = len(listener.statements), size
    return timings


def inside(statements: list[tuple[str, Any]]) -> tuple[float, float]:
    """(planning, execution) of the reading statements inside PostgreSQL, in ms; each is run again and rolled back."""
    planning = execution = 0.0
    with transaction.atomic(), connection.cursor() as cursor:
        for sql, params in statements:
            if not sql.startswith(READS):
                continue
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
            found = cursor.fetchone()[0]
            plan = (json.loads(found) if isinstance(found, str) else found)[0]
            planning += plan["Planning Time"]
            execution += plan["Execution Time"]
        transaction.set_rollback(True)
    return planning, execution
