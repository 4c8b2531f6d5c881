"""Around every request: its id, its refusals, its reading log, and that nothing private is cached."""

import re
import secrets
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import BadRequest, ValidationError
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

from apps.access import full_disk, logs, problems
from apps.access.database_context import entrance_context
from apps.access.downloads import require_marking
from apps.access.marking import stated_for
from apps.access.refusal import Refused
from apps.access.refusals import Refusals
from apps.audit import actions as audit
from apps.audit.verb_labels import noted

noted("page.read", gettext_lazy("Opened a page under emergency access"))

Handler = Callable[[HttpRequest], HttpResponse]
ONE_READING_S = 300
TAKEN_AWAY = frozenset({"export", "download", "print", "copy"})
"""Last words of verbs by which something leaves the portal as a file or on paper."""
WELL_FORMED = re.compile(r"^[A-Za-z0-9-]{8,40}$")


def request_id(get_response: Handler) -> Handler:
    """Give each request an id, quoted on error pages and carried into logs, audit and tasks."""

    def middleware(request: Any) -> HttpResponse:
        sent = request.headers.get("X-Request-Id", "") if settings.TRUSTED_PROXY else ""
        request.request_id = sent if WELL_FORMED.match(sent) else secrets.token_hex(8)
        request.actor = None
        request.reads = []
        started = time.perf_counter()
        with entrance_context():  # until somebody is known, and again when the answer is made
            response = get_response(request)
        response["X-Request-Id"] = request.request_id
        logs.request_done(request, response, time.perf_counter() - started)
        return response

    return middleware


def well_formed(get_response: Handler) -> Handler:
    """Refuse addresses with NUL in them: PostgreSQL has no such text, so that nothing can be there."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path:
            raise Http404
        wrong = {
            name: [_("Remove the NUL character.")] for name, values in request.GET.lists() if "\x00" in "".join(values)
        }
        if wrong and request.path.startswith("/api/"):
            return problems.bad_request(request, ValidationError(wrong))
        if wrong or any("\x00" in name for name in request.GET):
            raise BadRequest
        return get_response(request)

    return middleware


class refusals:
    """Turn what left a view into a page: a Refused with its sentence, wrong input, a lost server, a full disk."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        full_disk.forget()
        response = self.get_response(request)
        if full_disk.was_met() and response.status_code in {400, 422}:  # the form with its fault, nothing of it lost
            response.status_code = full_disk.STATUS
            response["Retry-After"] = str(full_disk.RETRY_AFTER_S)
        return response

    def process_exception(self, request: Any, failure: Exception) -> HttpResponse | None:
        if (
            isinstance(failure, Refused) and failure.code != Refusals.STEP_UP
        ):  # apps.people.middleware asks for the factor
            return refusal_page(request, failure)
        if isinstance(failure, ValidationError):
            return render(request, "400.html", {"faults": failure.messages}, status=400)
        if isinstance(failure, OperationalError | InterfaceError):
            connection.close()
            return unavailable(request)
        if isinstance(failure, RedisError | BrokerError):
            return unavailable(request)
        if full_disk.is_full(failure):
            full_disk.note()
            return no_room(request)
        return None


def refusal_page(request: Any, refusal: Refused) -> HttpResponse:
    """The page for a refusal; what cannot be seen is recorded here, since no action has done it."""
    if refusal.reason == "not-visible" and request.actor is not None:
        remember_unseen(request)
    template = {404: "404.html", 403: "403.html", 409: "409.html", 412: "409.html"}[refusal.status]
    if request.headers.get("HX-Request-Type") == "partial":
        template = "components/note.html"
    context = {"refusal": refusal, "reason": refusal.message, "text": refusal.message, "kind": "bad"}
    context["marking"] = stated_for(refusal.record)
    return render(request, template, context, status=refusal.status)


def remember_unseen(request: Any) -> None:
    """Record that somebody asked for a record that they cannot see, whether or not it exists."""
    match = request.resolver_match
    verb = f"{match.view_name or 'page'}"[:60] if match else "page"
    asked = str(next(iter(match.kwargs.values()), "")) if match else ""
    target = audit.AuditRecord
    row = audit.entry(
        request.actor, verb, target, outcome="refused", reason="not-visible", object_id=asked[:40], detail={}
    )
    audit.append_refusal(row)


def unavailable(request: Any) -> HttpResponse:
    """503 without a database: static words only."""
    response = render(None, "503.html", status=503)
    response["Retry-After"] = "5"
    return response


def no_room(request: Any) -> HttpResponse:
    """507 for a page: what was sent did not find room on a disk."""
    response = render(request, "507.html", status=full_disk.STATUS)
    response["Retry-After"] = str(full_disk.RETRY_AFTER_S)
    return response


def read_log(get_response: Handler) -> Handler:
    """Write down what this request read (`note_read`): one row per record, in one statement, after the page is made."""

    def middleware(request: Any) -> HttpResponse:
        response = get_response(request)
        if request.actor is not None and request.actor.seat_kind == "emergency":
            if any(verb.rpartition(".")[2] in TAKEN_AWAY for verb, _row, _detail in request.reads):
                return _kept_here(request)
            _note_page(request)
        if request.reads and request.actor is not None and response.status_code < 400:
            reads = [each for each in request.reads if not _is_refresh(request, each[0], each[1])]
            audit.append(
                [audit.entry(request.actor, verb, row, outcome="read", detail=detail) for verb, row, detail in reads]
            )
        return response

    return middleware


def _kept_here(request: Any) -> HttpResponse:
    """In place of a file for an emergency seat: that nothing leaves the portal from there; recorded."""
    refusal = Refused(Refusals.EMERGENCY_SEAT)
    verb, row, _detail = request.reads[-1]
    audit.append_refusal(audit.entry(request.actor, verb, row, outcome="refused", reason=refusal.code))
    if request.path.startswith("/api/"):
        body = problems.problem(request, refusal.status, refusal.code, refusal.message)
        return JsonResponse(body, status=refusal.status, content_type=problems.CONTENT_TYPE)
    return refusal_page(request, refusal)


def _note_page(request: Any) -> None:
    """That a page was opened from an emergency seat, by its name: lists and pages count, too."""
    if (
        not request.reads
        and request.method == "GET"
        and request.headers.get("HX-Request-Type") != "partial"
        and request.resolver_match
    ):
        request.reads.append(("page.read", audit.AuditRecord, {"page": request.resolver_match.view_name}))


def _is_refresh(request: Any, verb: str, row: Any) -> bool:
    """Whether a fragment only brings a record up to date that this seat has had open within the last minutes.

    A page that is open while others work fetches its fragments again and again: one reading, one row.
    """
    if request.headers.get("HX-Request-Type") != "partial":
        return False
    key = f"read:{request.actor.seat_id}:{verb}:{getattr(row, 'pk', '') or row._meta.label_lower}"
    try:
        return not cache.add(key, 1, ONE_READING_S)
    except Exception:  # without a cache every reading is written: rather too much than too little
        return False


def note_read(request: Any, verb: str, row: Any, **detail: Any) -> None:
    """Say that this page shows a sensitive record (or, with a model class, a list of them)."""
    getattr(request, "_request", request).reads.append((verb, row, detail))


def private_pages(get_response: Handler) -> Handler:
    """Nothing but static files may be kept by a cache, and no file goes out that does not state its marking."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        require_marking(request, response)
        response.headers.setdefault("Cache-Control", "no-store, private")
        if request.path.startswith(("/api/", "/taxii2/")) and "json" in response.get("Content-Type", ""):
            # opened as a page by a browser, an answer is a file and never something to interpret
            response.headers.setdefault("Content-Disposition", 'attachment; filename="api.json"')
        patch_vary_headers(response, ("HX-Request-Type",))
        return response

    return middleware
