"""Asks the addresses of the portal for one seat, as sparingly as its status allows.

An address can be asked in two ways. **In full** is the request of a browser: the whole chain of middleware, the view,
the template. **Plainly** leaves out what does not depend on the address: session, forgery, compression, languages,
throttles, the notes of who read what or was refused; and the template. What decides between 200, 302, 403, 404 and 422
is asked in both: whether the page is open to nobody, whose work it is, the method, the record's visibility, policy,
state, the form.
"""

import contextlib
import functools
import time
from collections.abc import Callable, Collection, Iterator
from typing import Any
from unittest.mock import patch

from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpResponse
from django.shortcuts import render
from django.test import Client, override_settings
from django.test.signals import template_rendered
from django.urls import get_resolver

from apps.people.models import User
from apps.people.queries import my_work, seats_of
from tests import markings
from tests.matrix import SIGN_IN, address, methods, patterns
from tests.shared import rolled_back

AWAKE_S = 1800
PLAIN_MIDDLEWARE = [
    "tests.answers.known_visitor",
    "apps.taxii.middleware.machine_door",
    "apps.people.middleware.keep_forms",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "apps.people.middleware.actor",
    "apps.people.middleware.first_steps",
    "apps.access.middleware.refusals",
    "apps.people.middleware.step_up",
]
"""Those of settings.MIDDLEWARE that answer one address otherwise than another."""
Cell = tuple[str, str]
"""An address and a method."""


def answers(
    world: dict[str, Any],
    username: str,
    client_for: Callable[[str], Client],
    anonymous: Client,
    in_full: Collection[str] | None = None,
    plainly: Collection[str] = (),
) -> tuple[dict[Cell, int], list[str]]:
    """(status of every address for one seat, what is wrong with the markings of the pages that were answered).

    `in_full` are the addresses that are asked in full, by default all; of the others those of `plainly` are asked so.
    What a request changes is rolled back before the next.
    """
    browser = _awake(client_for(username)) if username else anonymous
    found, faults = {}, []
    with (
        _seats_found_once(),
        waiting_counted_once(),
        _pages_of_refusals_once(),
        _no_copies_of_contexts(),
        markings.noted() as pages,
    ):
        for name, method, url in _addresses(world):
            if in_full is not None and name not in in_full:
                continue
            with rolled_back():
                answer = _answer(browser, method, url)
            found[name, method] = answer.status_code
            faults += [f"{method} {name}: {fault}" for fault in markings.faults(name, answer, pages)]
    if in_full is not None:
        found |= _plain_answers(world, browser, username, set(plainly) - set(in_full))
    return found, faults


def _plain_answers(world: dict[str, Any], browser: Client, username: str, names: Collection[str]) -> dict[Cell, int]:
    """Status of these addresses."""
    found = {}
    with (
        _seats_found_once(),
        waiting_counted_once(),
        _no_copies_of_contexts(),
        _no_templates(),
        _plain_handler(browser, username) as plain,
    ):
        for name, method, url in _addresses(world):
            if name in names:
                with rolled_back():
                    found[name, method] = _answer(plain, method, url).status_code
    return found


def _addresses(world: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(url name, method, address) of everything but the sign-in package's own pages."""
    for name, pattern in patterns(get_resolver()):
        if not name.startswith(SIGN_IN):
            url = address(name, pattern, world)
            for method in methods(name, pattern):
                yield name, method, url


def known_visitor(get_response: Callable[[Any], HttpResponse]) -> Callable[[Any], HttpResponse]:
    """Middleware of plain requests: the person and their session, without asking for them each time."""

    def middleware(request: Any) -> HttpResponse:
        request.session, request.user = SessionStore(), _Visitor.user
        request.session.update(_Visitor.session)
        request.request_id, request.reads, request.actor = "matrix", [], None
        return get_response(request)

    return middleware


class _Visitor:
    """Who sends the plain requests of this process."""

    user: Any = None
    session: dict[str, Any] = {}


@contextlib.contextmanager
def _plain_handler(browser: Client, username: str) -> Iterator[Client]:
    """A client whose requests are known to come from this person and pass the shorter chain of middleware."""
    from django.contrib.auth.models import AnonymousUser

    _Visitor.user = User.objects.get(username=username) if username else AnonymousUser()
    _Visitor.session = dict(browser.session.items()) if username else {}
    with override_settings(MIDDLEWARE=PLAIN_MIDDLEWARE):
        client = Client(raise_request_exception=False)
        client.handler.load_middleware()
        with (
            patch("apps.access.middleware.remember_unseen"),
            patch("apps.access.problems.record_refusal"),
            patch("rest_framework.views.APIView.check_throttles"),
        ):
            yield client


@contextlib.contextmanager
def _no_templates() -> Iterator[None]:
    """A view runs to its end, with all that it asks and hands over; the page is not written."""
    with patch("django.template.loader.render_to_string", return_value=""):
        yield


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
def waiting_counted_once() -> Iterator[None]:
    """Nor does what waits for them, which every page counts anew whose request before has done something."""
    counted: dict[Any, Any] = {}

    count = my_work.count

    def once(actor: Any) -> Any:
        if actor.seat_id not in counted:
            counted[actor.seat_id] = count(actor)
        return counted[actor.seat_id]

    with patch.object(my_work, "count", once):
        yield


@contextlib.contextmanager
def _pages_of_refusals_once() -> Iterator[None]:
    """The page of a refusal is the same for all addresses of an app: render one of each, and only count the others."""
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


def _answer(browser: Client, method: str, url: str) -> Any:
    if method == "GET":
        return browser.get(url)
    body = {} if "/api/" not in url else "{}"
    kind = {} if "/api/" not in url else {"content_type": "application/json"}
    return browser.post(url, body, **kind)
