"""A long list is not bound by a page's limit of time; one that is interrupted says how far it came, and goes on."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from psycopg.errors import QueryCanceled

from apps.screening import actions
from apps.screening.management.commands import import_watchlist
from apps.screening.models import Entry, EntryKeyList, WatchList
from tests.screening.people import MUHAMMAD, PERSAUD

LINES = [{**(MUHAMMAD if number % 2 else PERSAUD), "ref": f"F-{number}"} for number in range(1, 11)]
PROJECT = Path(__file__).parents[2]
LIMIT = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS']['options'])"


@pytest.fixture(autouse=True)
def _small(monkeypatch: Any) -> None:
    monkeypatch.setattr(import_watchlist, "BATCH", 3)
    monkeypatch.setattr(import_watchlist, "PAUSES_S", (0, 0))
    # the test's own transaction lives in this connection
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)


@pytest.fixture
def failing(monkeypatch: Any) -> Any:
    """Let chosen calls of the act that writes a batch end in an error, after it has written."""
    real, calls = actions.import_entries, []

    def fail(faults: dict[int, BaseException]) -> list[int]:
        def take_in(*args: Any, **kwargs: Any) -> Any:
            calls.append(len(kwargs["lines"]))
            if fault := faults.get(len(calls)):
                kwargs["counts"]["created"] = 99  # what was counted is not stored
                raise fault
            return real(*args, **kwargs)

        monkeypatch.setattr(actions, "import_entries", take_in)
        return calls

    return fail


def canceled() -> OperationalError:
    fault = OperationalError("canceling statement due to statement timeout")
    fault.__cause__ = QueryCanceled("canceling statement due to statement timeout")
    return fault


@pytest.mark.parametrize(
    ("fault", "words"),
    [(canceled(), "took longer than it may"), (KeyboardInterrupt(), "told to stop")],
)
def test_an_import_that_is_interrupted_reports_and_the_same_file_goes_on(command, failing, fault, words):
    failing({3: fault})
    ran = command("import_watchlist", LINES)
    [report] = ran.answers
    assert ran.status == 1
    assert (report["created"], report["stopped"]["taken_over"], report["stopped"]["from_line"]) == (6, 6, 7)
    assert words in report["stopped"]["why"]
    assert "Taken over: 6 lines. Not taken over: from line 7 on." in ran.errors[-1]
    assert Entry.objects.count() == EntryKeyList.objects.count() == 6
    again = command("import_watchlist", LINES)
    assert (again.status, again.answers[0]["unchanged"], again.answers[0]["created"]) == (0, 6, 4)
    assert "stopped" not in again.answers[0]


def test_a_database_that_went_away_is_asked_again(command, failing):
    failing({2: OperationalError("server closed the connection unexpectedly")})
    ran = command("import_watchlist", LINES)
    assert (ran.status, ran.answers[0]["created"]) == (0, 10)


def test_a_database_that_stays_away_is_reported(command, failing):
    gone = OperationalError("server closed the connection unexpectedly")
    failing({2: gone, 3: gone, 4: gone})
    ran = command("import_watchlist", LINES)
    assert (ran.status, ran.answers[0]["stopped"]["from_line"]) == (1, 4)
    assert "server closed the connection" in ran.errors[-1]


def test_lines_of_several_lists_are_counted_by_what_is_stored(command, failing):
    lines = [{**line, "list": f"IMPORT-{number % 2}"} for number, line in enumerate(LINES)]
    failing({2: KeyboardInterrupt()})
    [report] = command("import_watchlist", lines).answers
    assert (report["stopped"]["taken_over"], report["stopped"]["from_line"]) == (3, 2)


def test_a_list_that_was_closed_takes_nothing_over_and_says_so(command, take):
    take(LINES[:1])
    WatchList.objects.update(state=WatchList.State.CLOSED)
    ran = command("import_watchlist", LINES)
    assert ran.status == 1
    assert (ran.answers[0]["stopped"]["taken_over"], ran.answers[0]["stopped"]["from_line"]) == (0, 1)


def test_a_request_to_end_the_process_is_an_interruption():
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), import_watchlist.told_to_stop():
        os.kill(os.getpid(), signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.parametrize(("first", "limit"), [("", 7200), ("import caricom_portal.asgi; ", 2)])
def test_commands_and_workers_have_a_limit_of_their_own(first, limit):
    """The web's is two seconds here; a command has not that, nor has a worker, which loads the settings alike."""
    env = {**os.environ, "DATABASE_STATEMENT_S": "2", "DATABASE_WORK_STATEMENT_S": "7200"}
    env |= {"DJANGO_SETTINGS_MODULE": "caricom_portal.settings", "PORTAL_HOME": str(settings.HOME)}
    env.pop("PORTAL_PROCESS", None)
    done = subprocess.run([sys.executable, "-c", first + LIMIT], env=env, cwd=PROJECT, capture_output=True, text=True)
    assert f"statement_timeout={limit * 1000}" in done.stdout, done.stderr


def test_a_statement_that_takes_too_long_ends_in_a_report(command, monkeypatch):
    """With a database that truly gives up: a limit of some milliseconds on the copying-in of entries."""
    real = Entry.objects.copy_in

    def slowly(entries: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 5")
            cursor.execute("SELECT pg_sleep(1)")
        real(entries)

    monkeypatch.setattr(type(Entry.objects.all()), "copy_in", lambda self, entries: slowly(entries))
    monkeypatch.setattr(type(Entry.objects), "copy_in", lambda self, entries: slowly(entries))
    ran = command("import_watchlist", LINES)
    assert (ran.status, Entry.objects.count()) == (1, 0)
    assert "took longer than it may" in json.dumps(ran.answers[0])
