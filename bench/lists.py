"""Benchmark `lists`: boxes of reports as several seats open them, the page and its statements."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.db import connection
from django.urls import reverse

from apps.access import pagination
from apps.people.models import Seat, User
from apps.people.queries import actor_for
from apps.rifc.models import Report
from apps.rifc.queries import reports as queries
from bench import sharing
from bench.measure import Listener, inside, quantile, signed_in, timed
from bench.scratch import analyse, scratch_portal

SEATS = ("jam.contact.officer", "tto.customs.officer", "brb.intelligence.head", "rifc.watch.officer")
BOXES = ("inbox", "community", "sent")


def run(*, reports: int, rounds: int) -> dict[str, Any]:
    """The slowest seat's 95th percentiles by box: milliseconds of the page, and inside the database; all beneath."""
    pages, visible = {}, {}
    boxes: dict[str, dict[str, float]] = {}
    with scratch_portal():
        counts = sharing.build(reports)
        analyse()
        for name in SEATS:
            asks, client = actor(name), signed_in(name)
            visible[name] = Report.objects.visible_to(asks).count()
            boxes |= statements(name, asks, rounds)
            for box in BOXES:
                pages[f"{name} {box}"] = timed(client, f"{reverse('rifc:reports')}?box={box}", rounds).figures()
    return {
        **counts,
        "page_ms_p95": max(page["ms_p95"] for page in pages.values()),
        "page_queries": max(page["queries"] for page in pages.values()),
        **worst(boxes),
        "visible": visible,
        "pages": pages,
        "lists": boxes,
    }


def actor(name: str) -> Any:
    """The one seat of somebody of the cast."""
    user = User.objects.get(username=name)
    return actor_for(user, Seat.objects.filter(user=user, state="current").values_list("pk", flat=True)[0])


def statements(name: str, asks: Any, rounds: int) -> dict[str, dict[str, float]]:
    """{"seat box": times of the statements of its first page}."""
    return {f"{name} {box}": statement(partial(_list, asks, box), rounds) for box in BOXES}


def worst(boxes: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """The slowest seat of each box."""
    return {
        f"list_{box}_execution_ms_p95": max(v["execution_ms_p95"] for k, v in boxes.items() if k.endswith(f" {box}"))
        for box in BOXES
    }


def statement(ask: Callable[[], Any], rounds: int) -> dict[str, float]:
    """Execution time of the statements that something asks, without planning."""
    listener = Listener()
    with connection.execute_wrapper(listener):
        ask()
    times = [inside(listener.statements) for _round in range(rounds)]
    return {
        "execution_ms_p50": quantile([execution for _planning, execution in times], 0.5),
        "execution_ms_p95": quantile([execution for _planning, execution in times], 0.95),
        "planning_ms_p50": quantile([planning for planning, _execution in times], 0.5),
    }


def _list(asks: Any, box: str) -> None:
    pagination.cut(queries.boxed(queries.rows(asks), box, asks), {}, pagination.USUAL)
