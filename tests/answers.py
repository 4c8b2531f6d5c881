"""Asks each address of the portal for one seat, as sparingly as its status allows."""

import contextlib
import functools
import time
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

from django.http import HttpResponse
from django.shortcuts import render
from django.test import Client
from django.test.signals import template_rendered
from django.urls import get_resolver

from apps.people.queries import seats_of
from tests.matrix import SIGN_IN, address, methods, patterns
from tests.shared import rolled_back

AWAKE_S = 1800


def answers(
    world: dict[str, Any], username: str, client_for: Callable[[str], Client], anonymous: Client
) -> dict[tuple[str, str], int]:
    """The status of every address for one seat; what a request changes is rolled back before the next."""
    browser = _awake(client_for(username)) if username else anonymous
    found = {}
    with _seats_found_once(), _pages_of_refusals_once(), _no_copies_of_contexts():
        for name, pattern in patterns(get_resolver()):
            if name.startswith(SIGN_IN):
                continue
            for method in methods(name, pattern):
                with rolled_back():
                    found[name, method] = _status(browser, method, address(name, pattern, world))
    return found


def _awake(browser: Client) -> Client:
    """Spare each request the note that its session is in use: the roll-back would make the next write it again."""
    session = browser.session
    session["started"] = session["seen"] = int(time.time()) + AWAKE_S
    session.save()
    return browser


@contextlib.contextmanager
def _seats_found_once() -> Iterator[None]:
    """Nobody's seats change in a request that is rolled back: ask for them once, not before each address."""
    with patch("apps.people.middleware.seats_of", functools.cache(seats_of)):
        yield


@contextlib.contextmanager
def _pages_of_refusals_once() -> Iterator[None]:
    """The page of a refusal is the same for all addresses of a room: render one of each, and only count the others."""
    seen = set()

    def once(request: Any, template: str, context: dict[str, Any], status: int) -> HttpResponse:
        match = request.resolver_match
        one = template, status, context["refusal"].reason, context["text"], match and match.namespace
        if one in seen:
            return HttpResponse(status=status)
        seen.add(one)
        return render(request, template, context, status=status)

    with patch("apps.access.middleware.render", once):
        yield


@contextlib.contextmanager
def _no_copies_of_contexts() -> Iterator[None]:
    """Django's client keeps a copy of what each template was given; here nobody asks for it."""
    with patch.object(template_rendered, "send"):
        yield


def _status(browser: Client, method: str, url: str) -> int:
    if method == "GET":
        return browser.get(url).status_code
    body = {} if "/api/" not in url else "{}"
    kind = {} if "/api/" not in url else {"content_type": "application/json"}
    return browser.post(url, body, **kind).status_code
