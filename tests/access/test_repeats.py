"""An act that PostgreSQL ended is done again, and whoever acted is told what is true then (apps.access.repeats)."""

import io
import threading
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection

from apps.access import repeats
from apps.access.declared_actions import change_also
from apps.audit.models import AuditRecord
from apps.screening.models import WatchList
from tests import world
from tests.access.test_doors_steps import OWNER, act, renamed, watchlist  # noqa: F401  (fixtures)
from tests.adversary.test_council_races import together

pytestmark = pytest.mark.django_db


def ended(code: str) -> None:
    """Let PostgreSQL end what is under way as it does for this reason."""
    with connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'ended' USING ERRCODE = '{code}'; END $$")


def ending(times: int, code: str = "40001") -> Any:
    """A body that is ended so often; what it was given each time is in `.given`."""

    def body(actor: Any, row: Any, **fields: Any) -> Any:
        body.given.append({name: list(value) for name, value in fields.items()})
        for value in fields.values():
            value.clear() if isinstance(value, list) else None
        if len(body.given) <= times:
            ended(code)
        return renamed(actor, row)

    body.given = []
    return body


@pytest.mark.parametrize("code", ["40001", "40P01"])
def test_what_was_ended_three_times_is_done_the_fourth_time(cast: Any, act: Any, watchlist: Any, code: str) -> None:  # noqa: F811
    body = ending(repeats.REPEATS, code)
    assert act(body)(cast[OWNER], watchlist).name == "Another name"
    assert len(body.given) == 4
    assert AuditRecord.objects.filter(verb="list.try").count() == 1


def test_what_is_ended_again_and_again_fails_in_the_end(cast: Any, act: Any, watchlist: Any) -> None:  # noqa: F811
    body = ending(repeats.REPEATS + 1)
    with pytest.raises(OperationalError):
        act(body)(cast[OWNER], watchlist)
    assert len(body.given) == 4


def test_another_failure_is_raised_at_once(cast: Any, act: Any, watchlist: Any) -> None:  # noqa: F811
    body = ending(1, "55P03")
    with pytest.raises(DatabaseError):
        act(body)(cast[OWNER], watchlist)
    assert len(body.given) == 1


def test_the_body_is_given_its_input_as_it_was_sent(cast: Any, act: Any, watchlist: Any) -> None:  # noqa: F811
    body = ending(1)
    act(body)(cast[OWNER], watchlist, names=["one", "two"])
    assert body.given == [{"names": ["one", "two"]}] * 2


def test_what_can_be_read_once_is_not_read_twice(cast: Any, act: Any, watchlist: Any) -> None:  # noqa: F811
    body = ending(1)
    with pytest.raises(OperationalError):
        act(body)(cast[OWNER], watchlist, file=io.BytesIO(b"a line\n"))
    assert body.given == [{"file": [b"a line\n"]}]


@pytest.mark.django_db(transaction=True)
def test_of_two_acts_that_meet_crosswise_on_one_version_the_second_is_told_of_the_first(cast: Any, act: Any) -> None:  # noqa: F811
    """Each changes both records; each holds its own, and waits for the other's."""
    lists = [world.a_watchlist(cast, code=f"JAM-CROSS-{number}") for number in (1, 2)]
    each_holds_its_own, met = threading.Barrier(2), set()

    def body(actor: Any, row: Any, *, other: Any) -> Any:
        if row.pk not in met:
            met.add(row.pk)
            each_holds_its_own.wait(30)
        found = WatchList.objects.select_for_update(no_key=True).get(pk=other.pk)
        found.name = "Another name"
        change_also("list.try", found, "name")
        return renamed(actor, row)

    crossing = act(body)
    one, other = lists
    told = together(
        lambda: crossing(cast[OWNER], one, version=one.version, other=other).name,
        lambda: crossing(cast[OWNER], other, version=other.version, other=one).name,
    )
    assert sorted(told) == ["Another name", "stale"]
    found = WatchList.objects.filter(pk__in=[one.pk, other.pk])
    assert {(row.name, row.version) for row in found} == {("Another name", one.version + 1)}
    assert AuditRecord.objects.filter(verb="list.try", outcome="refused", reason="stale").count() == 1
