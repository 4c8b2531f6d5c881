"""A Valkey that hangs costs a moment, never the sign-in page, and never the limits of tries."""

import signal
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.test import Client, RequestFactory
from django.urls import reverse
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

from apps.access import breaker, outbox, problems
from apps.access.middleware import refusals
from apps.access.models import Dispatch
from apps.access.short_cache import MARK
from apps.access.throttles import PerSeat, used_up
from apps.coedit.live import broadcast
from caricom_portal.services.homes import make_home
from caricom_portal.services.valkey import Valkey
from demo.people import password

PATIENCE_S = 12
"""Much more than a page waits; where nothing ends the wait it takes half a minute and more."""


@pytest.fixture
def hanging(settings: Any, tmp_path: Any) -> Iterator[Valkey]:
    """A Valkey of this test's own that stands still; the portal knows no other."""
    home = tmp_path / "home"
    make_home(home)
    server = Valkey(home, fast=True)
    server.start()
    url = server.urls()["REDIS_URL"]
    settings.REDIS_URL = url
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": f"{url}/1"}}
    settings.CELERY_BROKER_URL = f"{url}/0"
    outbox._producers.cache_clear()
    assert server.process is not None
    server.process.send_signal(signal.SIGSTOP)
    try:
        yield server
    finally:
        server.process.send_signal(signal.SIGCONT)
        server.stop()
        outbox._producers.cache_clear()


def seconds(act: Any) -> float:
    """How long it takes."""
    begun = time.monotonic()
    act()
    return time.monotonic() - begun


def test_a_question_ends_and_the_next_hundred_do_not_wait(hanging: Valkey) -> None:
    def ask() -> None:
        with pytest.raises(RedisError):
            cache.get(f"{MARK}anything")

    assert seconds(ask) < PATIENCE_S
    assert seconds(lambda: [ask() for _ in range(100)]) < PATIENCE_S


def test_once_it_answers_again_it_is_asked_again(hanging: Valkey, monkeypatch: Any) -> None:
    with pytest.raises(RedisError):
        cache.get(f"{MARK}anything")
    hanging.process.send_signal(signal.SIGCONT)
    monkeypatch.setattr(breaker.breaker_of(hanging.urls()["REDIS_URL"]), "_rests_until", 0.0)
    cache.set(f"{MARK}anything", 7)
    assert cache.get(f"{MARK}anything") == 7


def test_tries_are_counted_all_the_same(hanging: Valkey) -> None:
    assert [used_up("sign:1", 3, 60) for _ in range(5)] == [False, False, False, True, True]


def test_what_can_be_asked_anew_is_not_kept_beside(hanging: Valkey) -> None:
    with pytest.raises(RedisError):
        cache.set(f"{MARK}operations", 1)
    assert caches["default"]._beside.get(f"{MARK}operations") is None


@pytest.mark.django_db
def test_telling_workers_and_open_texts_of_something_ends(hanging: Valkey) -> None:
    assert seconds(lambda: [outbox.publish(Dispatch(pk=number)) for number in range(50)]) < PATIENCE_S
    assert seconds(lambda: broadcast.after_commit({"type": "coedit.state"})) < PATIENCE_S


@pytest.mark.django_db
def test_people_sign_in_and_work(hanging: Valkey, cast: Any) -> None:
    browser, name = Client(), "jam.border.officer"
    place = reverse("account_login")
    assert seconds(lambda: browser.get(place)) < PATIENCE_S
    typed = {"login": name, "password": password(name)}
    assert seconds(lambda: browser.post(place, typed)) < PATIENCE_S
    assert browser.get(reverse("people:desk")).status_code == 200


@pytest.mark.django_db
def test_passwords_are_not_tried_more_often_than_ever(hanging: Valkey, cast: Any) -> None:
    browser, name = Client(), "jam.border.head"
    said = ""
    for _ in range(7):
        said = browser.post(reverse("account_login"), {"login": name, "password": "wrong-wrong-wrong"}).content.decode()
    assert "Too many" in said
    browser.post(reverse("account_login"), {"login": name, "password": password(name)})
    assert "_auth_user_id" not in browser.session


@pytest.mark.django_db
def test_programs_are_served_and_limited(hanging: Valkey, api: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(PerSeat, "THROTTLE_RATES", {"seat": "3/min", "address": "1000/min"})
    watch = api("JRCC.watch")
    assert [watch.get("/api/v1/jrcc/hits/").status_code for _ in range(5)] == [200, 200, 200, 429, 429]


def test_of_those_who_come_after_a_rest_one_tries() -> None:
    clock = [0.0]
    one = breaker.Breaker(3, lambda: clock[0])
    assert one.may_try()
    one.failed()
    assert not one.may_try()
    clock[0] = 3.0
    assert [one.may_try() for _ in range(3)] == [True, False, False]
    one.worked()
    assert one.may_try()


@pytest.mark.parametrize("failure", [RedisError("gone"), BrokerError("gone")])
def test_a_queue_that_could_not_be_done_without_is_503_as_a_database_is(failure: Exception) -> None:
    status, code, _detail, _errors, headers = problems._of_servers(failure)
    assert (status, code, headers) == (503, "unavailable", {"Retry-After": "5"})
    page = refusals(lambda _request: None).process_exception(RequestFactory().get("/"), failure)
    assert (page.status_code, page["Retry-After"]) == (503, "5")
