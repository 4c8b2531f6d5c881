"""Benchmark `taxii`: pages of a collection over HTTP from the server as it runs, with the rule and the read log.

Every five objects are a report and its notes, sent to the desk that asks: each page asks the rule of release and
writes the readings, as for any other desk.
"""

import datetime
import json
import random
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import httpx
from django.utils import timezone

from apps.access.managers import permission_id
from apps.people.actions import create_api_key
from apps.people.models import Desk, User
from apps.people.queries import service_actor
from apps.rifc.models import ReadLog, Receipt, Report, SharedReportDeskGrant
from apps.taxii.actions import collection_entries
from apps.taxii.models import Collection, Entry, ObjectVersion
from apps.taxii.queries.namespace import namespace
from apps.taxii.stix import exports
from bench.measure import quantile
from bench.scratch import analyse, scratch_database
from bench.serving import served

READER, WRITER = "JAM.contact", "BRB.intelligence"
NOTES, BATCH, CLIENTS, SECONDS = 4, 1000, 4, 8
TEXT = "A fishing vessel painted blue and white lay at Demo Bay from 22:00 to 23:30. " * 3
PLACE = "/taxii2/cisnet/collections/cisnet-jam-out/objects/"


def run(*, objects: int, rounds: int) -> dict[str, Any]:
    """Milliseconds of a page of 100 at any depth, pages of 100 a second, objects a second by pages of 1000."""
    with scratch_database():
        held = _world(objects)
        analyse()
        with served(TAXII_REQUESTS_PER_SECOND="100000") as server, _program(server.url) as client:
            pages = _pages(client, held, rounds)
            rate = _rate(server.url, client.headers["Authorization"], held)
            crawled, seconds = _crawl(client)
        readings = ReadLog.objects.count()
    return {
        "objects": crawled,
        "page_ms_p50": quantile(pages, 0.5),
        "page_ms_p95": quantile(pages, 0.95),
        "requests_per_s": round(rate, 1),
        "crawl_objects_per_s": round(crawled / seconds),
        "readings_noted": readings,
    }


def _world(objects: int) -> list[datetime.datetime]:
    """Reports with their objects in one collection, and some of the moments at which they were added."""
    desks = {desk.code: desk for desk in Desk.objects.filter(code__in=[READER, WRITER])}
    author = User.objects.get(username="brb.intelligence.officer")
    collection = collection_entries.collection_of(Collection.Kind.OUT, desks[READER].pk)
    numbers = iter(range(objects // (NOTES + 1)))
    while chunk := list(islice(numbers, BATCH)):
        reports = [_report(number, desks[WRITER], author) for number in chunk]
        Report.objects.bulk_create(reports)
        perm = permission_id(Report, "view")
        SharedReportDeskGrant.objects.bulk_create(
            SharedReportDeskGrant(content_object=row, group_id=desk.pk, permission_id=perm)
            for row in reports
            for desk in desks.values()
        )
        Receipt.objects.bulk_create(_receipt(row, desks[READER]) for row in reports)
        for row in reports:
            _enter(collection, row)
    return list(Entry.objects.order_by("?").values_list("date_added", flat=True)[:2000])


def _report(number: int, desk: Any, author: Any) -> Report:
    return Report(
        owner=desk, originator_id="BRB", level=1, kind="information_report", title=f"Vessel movements {number}",
        tlp="AMBER", author=author, number=f"RIFC/IR/2026/BRB/{number:06d}", shared_at=timezone.now(), state="shared",
    )  # fmt: skip


def _receipt(row: Report, desk: Any) -> Receipt:
    return Receipt(report=row, desk=desk, basis="originator", added_at=timezone.now(), added_by_seat_id=0)


def _enter(collection: Collection, row: Report) -> None:
    marking = exports.Marking("RESTRICTED", "BRB", "AMBER")
    sections = tuple(
        exports.Section(str(uuid.uuid4()), order, TEXT, marking, "nato6x6", "C", "3", (), "C3")
        for order in range(1, NOTES + 1)
    )
    moment: Any = row.shared_at
    edition = exports.Edition(
        str(row.thread), 0, row.number, "BRB", "Barbados", row.title, "", "en", moment, moment, marking, (), sections
    )
    found = exports.export(edition, namespace()).objects
    kept = ObjectVersion.objects.bulk_create(collection_entries.made(one, report_id=row.pk) for one in found)
    collection_entries.add_to_collection(collection, kept, row.thread)


@contextmanager
def _program(url: str) -> Iterator[httpx.Client]:
    platform = service_actor("IMPACS.platform", request_id="bench")
    token: Any = create_api_key(platform, None, desk=READER, scope="read", days=1)
    with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token.secret}"}, timeout=60) as client:
        yield client


def _ask(client: httpx.Client, after: datetime.datetime) -> bytes:
    answer = client.get(PLACE, params={"added_after": after.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "limit": "100"})
    if answer.status_code != 200:
        raise RuntimeError(f"{answer.status_code} {answer.text[:200]}")
    return answer.content


def _pages(client: httpx.Client, held: list[datetime.datetime], rounds: int) -> list[float]:
    taken = []
    for number in range(rounds + 5):
        started = time.perf_counter()
        _ask(client, held[number % len(held)])
        taken.append((time.perf_counter() - started) * 1000)
    return taken[5:]  # the first ones load what the process keeps


def _rate(url: str, key: str, held: list[datetime.datetime]) -> float:
    """Pages of 100 a second that clients at the same time get from the one process."""
    counts, end = [0] * CLIENTS, time.monotonic() + SECONDS

    def ask(number: int) -> None:
        chance = random.Random(number)  # noqa: S311  (figures, not secrets)
        with httpx.Client(base_url=url, headers={"Authorization": key}, timeout=60) as client:
            while time.monotonic() < end:
                _ask(client, chance.choice(held))
                counts[number] += 1

    threads = [threading.Thread(target=ask, args=[number]) for number in range(CLIENTS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sum(counts) / SECONDS


def _crawl(client: httpx.Client) -> tuple[int, float]:
    """(objects, seconds) of the whole collection, by pages of 1000, each parsed."""
    found, params, started = 0, {"limit": "1000"}, time.perf_counter()
    while True:
        page = json.loads(client.get(PLACE, params=params).content)
        found += len(page.get("objects", []))
        if not page.get("more"):
            return found, time.perf_counter() - started
        params = {"limit": "1000", "next": page["next"]}
