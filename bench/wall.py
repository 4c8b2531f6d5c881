"""Benchmark `wall`: what row-level security costs a list: the same page of a desk with it and without."""

from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, connections
from django.urls import reverse

from apps.access import wall
from apps.access.grants import share_many
from apps.access.ids import uuid7
from apps.access.wall_tables import Strength
from apps.notices.models import Event, Notice
from apps.people.models import Desk
from bench.lists import actor
from bench.measure import Timings, quantile, signed_in, timed
from bench.scratch import analyse, scratch_portal

SEAT = "jam.border.officer"
TURNS = 5
"""Times that the wall is taken down and put up again, so that both sides meet the same moments of the machine."""


def run(*, notices: int, rounds: int) -> dict[str, Any]:
    """Medians of a desk's list of notices, in milliseconds, and their ratio: above 1 is what the wall costs."""
    behind, bare = Timings(), Timings()
    with scratch_portal():
        build(notices)
        analyse()
        client, page = signed_in(SEAT), reverse("notices:inbox")
        for _ in range(TURNS):
            _add(behind, timed(client, page, rounds))
            _set("DISABLE")
            _add(bare, timed(client, page, rounds))
            _set("ENABLE")
    return {
        "notices": notices,
        "list_ms_p50": quantile(behind.total_ms, 0.5),
        "list_bare_ms_p50": quantile(bare.total_ms, 0.5),
        "list_ratio": round(quantile(behind.total_ms, 0.5) / quantile(bare.total_ms, 0.5), 3),
        "list_db_ratio": round(quantile(behind.db_ms, 0.5) / quantile(bare.db_ms, 0.5), 3),
        "list_db_ms_p50": quantile(behind.db_ms, 0.5),
        "list_bare_db_ms_p50": quantile(bare.db_ms, 0.5),
        "queries": behind.queries,
    }


def build(notices: int) -> None:
    """Notices of all desks in turn, each shared with its own."""
    by, event = actor(SEAT), Event.objects.order_by("pk")[0]
    desks = list(Desk.objects.order_by("pk"))
    rows = [
        Notice(
            id=uuid7(), owner=desk, originator_id=desk.party_id, level=1, event=event, code=event.code,
            object_type="jrcc.hit", object_id=str(uuid7()), number=f"HIT-{number}", title="Somebody was found",
        )
        for number in range(notices)
        for desk in [desks[number % len(desks)]]
    ]  # fmt: skip
    Notice.objects.bulk_create(rows, batch_size=2000)
    for desk in desks:
        if mine := [row for row in rows if row.owner_id == desk.pk]:
            share_many(by, mine, [desk.pk])


def _add(all_of: Timings, more: Timings) -> None:
    all_of.total_ms += more.total_ms
    all_of.db_ms += more.db_ms
    all_of.queries = more.queries


def _set(how: str) -> None:
    name = connection.settings_dict["NAME"]
    tables = [one.table for one in wall.walls().values() if one.strength != Strength.NONE]
    connections["default"].close()
    with psycopg.connect(settings.DATABASE_OWNER_URL, dbname=name, autocommit=True) as owner:
        for table in tables:
            owner.execute(f"ALTER TABLE {table} {how} ROW LEVEL SECURITY".encode())
