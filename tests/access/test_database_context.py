"""PostgreSQL knows for whom it is asked at every statement, and never keeps one's context for another."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse

from apps.access import database_context
from apps.access.database_context import Context, act_context, portal_context, seat_context

pytestmark = pytest.mark.django_db
PROJECT = Path(__file__).resolve().parents[2]
HEAD, OTHER = "jam.border.head", "brb.border.officer"
NAMES = ", ".join(f"coalesce(current_setting('app.{name}', true), '')" for name in Context.__slots__)


def told() -> Context:
    """What PostgreSQL knows at the next statement of the portal."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {NAMES}")
        return Context(*cursor.fetchone())


@contextmanager
def listening() -> Iterator[list[Context]]:
    """What PostgreSQL knew at each statement of the block, but for those that only begin or end a part."""
    heard: list[Context] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, about: Any) -> Any:
        if not sql.startswith(database_context.OF_TRANSACTIONS):
            heard.append(Context(*about["connection"].connection.execute(f"SELECT {NAMES}").fetchone()))
        return execute(sql, params, many, about)

    with connection.execute_wrapper(listen):
        yield heard


def fail_after_asking_as(actor: Any) -> None:
    assert told().desk == str(actor.desk_id)
    raise ZeroDivisionError


def desks(heard: list[Context]) -> set[str]:
    return {one.desk for one in heard}


def test_a_page_asks_as_nobody_and_then_as_its_seat(client_for: Callable[[str], Any], cast: Any) -> None:
    browser = client_for(HEAD)
    with listening() as heard:
        browser.get(reverse("notices:inbox"))
    assert {one.portal for one in heard} == {""}
    assert heard[0] == database_context.ENTRANCE
    assert desks(heard) == {"", str(cast[HEAD].desk_id)}
    known = [one for one in heard if one.desk]
    assert known[0].user == str(cast[HEAD].user_id)
    assert heard.index(known[0]) > 0  # the session was read at the entrance
    assert told().portal == "tests"


def test_two_pages_on_one_connection_never_meet(client_for: Callable[[str], Any], cast: Any) -> None:
    one, other = client_for(HEAD), client_for(OTHER)
    for browser, name in ((one, HEAD), (other, OTHER), (one, HEAD)):
        with listening() as heard:
            browser.get(reverse("notices:inbox"))
        assert desks(heard) == {"", str(cast[name].desk_id)}


def test_a_visitor_and_a_wrong_key_stay_at_the_entrance(client: Any, api: Callable[..., Any]) -> None:
    program = api("JAM.border")
    program.credentials(HTTP_AUTHORIZATION="Bearer ccp_wrong")
    for ask in (lambda: client.get("/"), lambda: program.get("/api/v1/jrcc/hits/")):
        with listening() as heard:
            ask()
        assert set(heard) <= {database_context.ENTRANCE}


def test_a_program_asks_as_the_desk_of_its_key(api: Callable[..., Any], cast: Any) -> None:
    program = api("JAM.border")
    with listening() as heard:
        assert program.get("/api/v1/jrcc/hits/").status_code == 200
    assert desks(heard) == {"", str(cast[HEAD].desk_id)}


def test_contexts_lie_in_each_other_and_end_with_a_failure(cast: Any) -> None:
    with seat_context(cast[HEAD]):
        assert told().desk == str(cast[HEAD].desk_id)
        with pytest.raises(ZeroDivisionError), act_context(cast[OTHER], "hit.refer"):
            fail_after_asking_as(cast[OTHER])
        assert (told().act, told().desk) == ("", str(cast[HEAD].desk_id))
        with seat_context(None):
            assert told() == database_context.NOBODY
    assert told().portal == "tests"


def test_what_is_rolled_back_takes_no_context_back(cast: Any) -> None:
    """PostgreSQL undoes settings that were made in a part of a transaction together with the part."""
    told()
    with pytest.raises(ZeroDivisionError), transaction.atomic(), seat_context(cast[HEAD]):
        fail_after_asking_as(cast[HEAD])
    with seat_context(cast[HEAD]):
        assert told().desk == str(cast[HEAD].desk_id)


@pytest.mark.django_db(transaction=True)
def test_neither_a_transaction_nor_a_new_connection_brings_anothers_context(cast: Any) -> None:
    head, other = cast[HEAD], cast[OTHER]
    with seat_context(other):
        told()
        with pytest.raises(ZeroDivisionError), transaction.atomic(), seat_context(head):
            fail_after_asking_as(head)
        with seat_context(head):
            assert told().desk == str(head.desk_id)
        assert told().desk == str(other.desk_id)
        connection.close()
        assert told().desk == str(other.desk_id)


@pytest.mark.django_db(transaction=True)
def test_a_transaction_may_still_say_first_what_kind_it_is(cast: Any) -> None:
    """As a backup does: PostgreSQL takes it before the first query alone."""
    head = cast[HEAD]
    with seat_context(head), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        assert told().desk == str(head.desk_id)


def test_where_nothing_changed_nothing_is_sent(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Context] = []
    give = database_context._give
    monkeypatch.setattr(database_context, "_give", lambda *about: (sent.append(about[1]), give(*about)))
    told()
    sent.clear()
    for _ in range(3):
        with seat_context(cast[HEAD]):
            told()
            with seat_context(cast[HEAD]):
                told()
    assert len(sent) == 1


def test_a_thread_of_its_own_begins_with_what_the_process_is_for(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Context] = []
    with seat_context(cast[HEAD]):
        thread = threading.Thread(target=lambda: found.append(database_context.current()))
        thread.start()
        thread.join()
        monkeypatch.setattr(database_context, "_process", [database_context.NOBODY])
        other = threading.Thread(target=lambda: found.append(database_context.current()))
        other.start()
        other.join()
    assert [one.portal for one in found] == ["tests", ""]


def test_who_is_found_outside_of_a_request_does_not_stay(cast: Any) -> None:
    database_context.enter(cast[HEAD])
    assert told().portal == "tests"
    with seat_context(None):
        database_context.enter(cast[HEAD])
        assert told().desk == str(cast[HEAD].desk_id)
    assert told().portal == "tests"


def test_the_portal_says_why_it_asks_in_its_own_name() -> None:
    with portal_context("worker"):
        assert told().portal == "worker"
    with pytest.raises(LookupError):
        portal_context("because")
    with pytest.raises(LookupError):
        database_context.work_for_portal("because")


def test_whoever_finds_an_actor_tells_the_database() -> None:
    """Each way in, now and later: the actor is put on the request and into the context in one breath."""
    silent = []
    for path in sorted((PROJECT / "apps").rglob("*.py")):
        lines = path.read_text().splitlines()
        for line, following in pairwise(lines):
            found = re.search(r"request\.actor(, [\w.]+)? = ", line) and line.strip() != "request.actor = None"
            if found and "database_context.enter(" not in following:
                silent.append(f"{path.relative_to(PROJECT)}: {line}")
    assert silent == []
