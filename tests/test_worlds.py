"""A world that is copied is the world that would have been made, and each test has it for itself (tests/worlds.py)."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import override_settings

from apps.screening.models import Entry, WatchList
from tests import world as making
from tests import worlds
from tests.conftest import Cast
from tests.shared import rolled_back

Test = Callable[[], contextlib.AbstractContextManager[Cast]]
made: list[str] = []
"""What was really made, in turn."""


@worlds.world
def a_list(cast: Cast, code: str = "JAM-COPIED") -> WatchList:
    made.append(code)
    mail.send_mail("A list", code, None, ["keeper@example.org"])
    return making.a_watchlist(cast, code)


@worlds.world
def an_entry(cast: Cast, watchlist: WatchList) -> Entry:
    made.append("entry")
    return making.an_entry(cast, watchlist)


@worlds.world
def refused(cast: Cast) -> None:
    made.append("refused")
    making.a_watchlist(cast)
    raise LookupError("not like this")


@pytest.fixture
def a_test(django_db_setup: Any, django_db_blocker: Any, monkeypatch: Any) -> Test:
    """Begins what is to the database a test of its own; everything pays here."""
    monkeypatch.setattr(worlds, "LONG_S", 0)
    made.clear()

    @contextlib.contextmanager
    def begin() -> Iterator[Cast]:
        mail.outbox.clear()
        with django_db_blocker.unblock(), rolled_back():
            yield Cast()
        worlds.leave()

    return begin


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        return str(cursor.fetchone()[0])


def test_what_two_tests_ask_for_is_made_twice_and_then_copied(a_test: Test) -> None:
    seen = []
    for _time in range(4):
        with a_test() as cast:
            watchlist = a_list(cast, "JAM-FOUR")
            assert WatchList.objects.visible_to(cast["jam.intelligence.officer"]).get(code="JAM-FOUR") == watchlist
            assert [sent.body for sent in mail.outbox] == ["JAM-FOUR"]
            seen.append((database(), watchlist))
    assert made == ["JAM-FOUR"] * 2
    assert len({name for name, _row in seen}) == 2
    assert seen[2][1] == seen[3][1]
    assert seen[2][1] is not seen[3][1]


def test_what_a_test_does_in_a_copy_is_gone_for_the_next(a_test: Test) -> None:
    for _time in range(4):
        with a_test() as cast:
            watchlist = a_list(cast, "JAM-GONE")
            assert not Entry.objects.filter(list=watchlist).exists()
            making.an_entry(cast, watchlist)
            watchlist.name = "Another name"
            watchlist.save()
    with a_test():
        assert not WatchList.objects.filter(code="JAM-GONE").exists(), "the process's own database never had it"


def test_worlds_stand_on_each_other(a_test: Test) -> None:
    for _time in range(5):
        with a_test() as cast:
            entry = an_entry(cast, a_list(cast, "JAM-CHAIN"))
            assert entry.list.code == "JAM-CHAIN"
            assert Entry.objects.filter(pk=entry.pk, list__code="JAM-CHAIN").exists()
    assert made.count("JAM-CHAIN") == 2
    assert made.count("entry") == 3, "with the list, on a copy of the list, and then as a template of its own"


def test_another_argument_is_another_world(a_test: Test) -> None:
    for _time in range(3):
        for code in ("JAM-ONE", "JAM-TWO"):
            with a_test() as cast:
                assert a_list(cast, code).code == code
                assert list(WatchList.objects.filter(code__startswith="JAM-").values_list("code", flat=True)) == [code]


def test_a_test_that_has_written_or_changes_settings_has_it_made(a_test: Test) -> None:
    for _time in range(3):
        with a_test() as cast:
            making.a_watchlist(cast, "JAM-OTHER")
            a_list(cast, "JAM-AFTER")
            assert WatchList.objects.filter(code="JAM-OTHER").exists()
        with a_test() as cast, override_settings(DEMO=True):
            a_list(cast, "JAM-SET")
    assert made == ["JAM-AFTER", "JAM-SET"] * 3


def test_what_is_refused_is_refused_each_time(a_test: Test) -> None:
    for _time in range(3):
        with a_test() as cast, pytest.raises(LookupError, match="not like this"):
            refused(cast)
