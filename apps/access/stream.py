"""`GET /api/stream/`: that records changed, as server-sent events; ids only, never contents (contract-rifc.md, §3).

    id: gAAAA…              the place in the log, sealed; sent back as Last-Event-ID it brings what was missed, once
    event: jrcc.hit.refer   the verb; or `ping` (each 10 s), `resync` (load everything again), `closed`
    data: {"type": "jrcc.hit", "id": "…", "version": 3, "url": "/jrcc/hits/…/", "marking": "C"}

The data of a ping, {"behind_s": 0}, say by how many seconds the log is read late.

A session or key has three streams per process; a fourth closes the oldest, so that a link that died silently never
keeps a new page from listening. `closed` also follows within a second when seat, session or key have ended.
"""

from collections.abc import AsyncIterator
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_not_required
from django.core.handlers.asgi import ASGIRequest
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from apps.access import stream_log
from apps.access.manifest import registry
from apps.access.problems import CONTENT_TYPE, problem
from apps.access.stream_hub import Doorkeeper, Hub, Subscriber, resync
from apps.access.stream_log import Event

"""Url names of records' pages by type, where they are not called like the type (`jrcc.hit`: `jrcc:hit`)."""

_hubs: list[Hub] = []


def open_to(doorkeeper: Doorkeeper) -> None:
    """Say who decides on listeners: the app above that knows people. Streams begin after that."""
    _hubs[:] = [Hub(doorkeeper, page_of)]


@login_not_required
@require_GET
def stream(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Decide, then stream."""
    hub = _hubs[0]
    admission = hub.doorkeeper.admit(request)
    if admission is None:
        return _not_admitted(request, hub.doorkeeper)
    if not isinstance(request, ASGIRequest):  # a server of pages would give up one thread for ever
        return _answer(request, 503, "unavailable", _("Changes are sent only on the portal's live channels."))
    last = request.headers.get("Last-Event-ID", "")
    resumed = stream_log.resume_from(last) if last else None
    subscriber = Subscriber(admission, resumed or stream_log.after_everything())
    if last and resumed is None:
        subscriber.put(resync(subscriber.after))
    response = StreamingHttpResponse(_frames(hub, subscriber), content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


async def _frames(hub: Hub, subscriber: Subscriber) -> AsyncIterator[bytes]:
    await sync_to_async(_give_back_connection)()
    hub.join(subscriber)
    try:
        while (frame := await subscriber.frames.get()) is not None:
            yield frame
    finally:
        hub.leave(subscriber)


def _give_back_connection() -> None:
    """Django would do so after the last byte, and a stream has none."""
    connection.close()


def page_of(event: Event) -> str:
    """The address of the record's page; empty for a type that has none."""
    try:
        return reverse(registry.page_of(event.object_type), args=[event.object_id])
    except NoReverseMatch:
        return ""


def _not_admitted(request: Any, doorkeeper: Doorkeeper) -> HttpResponse:
    if request.user.is_authenticated and "Authorization" not in request.headers:
        return _answer(request, 403, "may-not", _("You have no current appointment."))
    response = _answer(request, 401, "not-authenticated", _("Sign in, or send a desk's API key."))
    response["WWW-Authenticate"] = doorkeeper.challenge(request)
    return response


def _answer(request: HttpRequest, status: int, code: str, detail: str) -> HttpResponse:
    return JsonResponse(problem(request, status, code, detail), status=status, content_type=CONTENT_TYPE)
