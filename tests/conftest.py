"""The people of the tests and the ways they come in: seats, browsers, programs."""

import gc
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.client import ClientHandler
from rest_framework.test import APIClient

from apps.access import outbox, write_guard
from apps.access.actor import Actor
from apps.access.managers import permission_id
from apps.people.models import Seat, User
from apps.people.queries import actor_for, seats_of
from tests import strays, worlds
from tests.clock import stop_clock  # noqa: F401
from tests.database import demonstration, django_db_setup  # noqa: F401  (the latter overrides pytest-django's)
from tests.keys import a_key
from tests.reading import Browser


class Cast(dict[str, Actor]):
    """Actors by user name (`jam.border.head`), each at the first of their seats, or at `user@DESK.code`."""

    def __missing__(self, name: str) -> Actor:
        username, _, desk = name.partition("@")
        user = User.objects.get(username=username)
        seats = [seat for seat in seats_of(user) if desk in {"", seat.desk.code}]
        home = [seat for seat in seats if seat.desk.code.lower() == username.rpartition(".")[0]]
        actor = actor_for(user, (home or seats)[0].pk, request_id="test", proven=True)
        assert actor is not None
        self[name] = actor
        return actor


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that stand in the demonstration come first, and so to one process: none waits for another to play it."""
    items.sort(key=lambda item: "demonstration" not in getattr(item, "fixturenames", ()))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was loaded and collected stays to the end: a round of the garbage collector over all of it takes 0.3 s."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """After a test, or after the last of a module whose records are made once: out of the world it stood in."""
    try:
        return (yield)
    finally:
        worlds.leave()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Function) -> Iterator[None]:
    """What browsers show when their test fails is kept before they are closed."""
    report: Any = yield
    if report.failed:
        for browser in [one for one in getattr(item, "funcargs", {}).values() if hasattr(one, "contexts")]:
            from tests.running.browser import show  # Playwright only where it runs

            show(browser.contexts, item.name)
    return report


@pytest.fixture(scope="session", autouse=True)
def _middleware_once() -> Iterator[None]:
    """All browsers of the tests pass the same middleware, as all requests of a server do; 10 ms each to make anew.

    Where a test changes settings, each browser makes its own.
    """
    load, usual = ClientHandler.load_middleware, settings._wrapped
    chains: list[Any] = []

    def once(handler: Any) -> None:
        if settings._wrapped is not usual:
            load(handler)
            return
        if not chains:
            load(handler)
            chains.append(handler._middleware_chain)
        handler._middleware_chain = chains[0]

    patch = pytest.MonkeyPatch()
    patch.setattr(ClientHandler, "load_middleware", once)
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def _tests_may_arrange() -> Iterator[None]:
    """Tests write what their stories need; the portal's own code keeps to its actions (tests/strays.py)."""
    write_guard.EXEMPT.append(strays.arranges)
    yield
    write_guard.EXEMPT.remove(strays.arranges)


@pytest.fixture(autouse=True)
def _fresh_caches() -> Iterator[None]:
    """Ids of permissions change with each clone of the database; counters of throttles must not meet."""
    permission_id.cache_clear()
    cache.clear()
    yield
    permission_id.cache_clear()


@pytest.fixture
def cast(db: None) -> Cast:
    """The named people."""
    return Cast()


@pytest.fixture
def client() -> Client:
    """A browser in which nobody is signed in."""
    return Browser()


@pytest.fixture
def client_for(db: None) -> Callable[[str], Client]:
    """A browser in which this person is signed in and acts from their own desk."""

    def sign_in(username: str) -> Client:
        client = Browser(raise_request_exception=False)
        user = User.objects.get(username=username)
        client.force_login(user)
        session = client.session
        seats = Seat.objects.filter(user=user, state="current").order_by("pk")
        home = seats.filter(desk__code__iexact=username.rpartition(".")[0])
        session["seat"] = (home or seats)[0].pk
        session["account_authentication_methods_user"] = str(user.pk)
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session.save()
        return client

    return sign_in


@pytest.fixture
def api(db: None) -> Callable[..., APIClient]:
    """A program with a key of this desk."""

    def program(desk: str, scope: str = "write") -> APIClient:
        client = APIClient(raise_request_exception=False)
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {a_key(desk, scope).secret}")
        return client

    return program


@pytest.fixture
def drain() -> Callable[[], int]:
    """Work off everything that the actions so far have asked for."""
    return outbox.drain


@pytest.fixture
def as_owner() -> Callable[..., None]:
    """Statements as the owner of the tables, which the application never is."""

    def run(*statements: str) -> None:
        with psycopg.connect(os.environ["DATABASE_OWNER_URL"], dbname=connection.settings_dict["NAME"]) as owner:
            for statement in statements:
                owner.execute(statement)

    return run
