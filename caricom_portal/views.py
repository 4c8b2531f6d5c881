"""Pages that belong to no room: the front door, health, search, errors."""

import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from apps.access import logs, problems
from apps.access.models import Heartbeat

WORKER_SILENT = datetime.timedelta(seconds=25)
LANDING = {
    "carrier": "jrcc:submissions",
    "JRCC.watch": "jrcc:floor",
    "border": "jrcc:floor",
    "intelligence": "screening:lists",
}


def home(request: Any) -> HttpResponse:
    """Where a seat's working day begins."""
    actor = request.actor
    landing = (LANDING.get(actor.desk_code) or LANDING.get(actor.function)) if actor else None
    return redirect(landing or "people:desk")


@login_not_required
def livez(request: HttpRequest) -> JsonResponse:
    """The process alone."""
    return JsonResponse({"status": "ok"})


@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when database, broker and worker answer; 503 naming what does not."""
    missing = [
        name
        for name, works in (("database", _database), ("broker", broker_answers), ("worker", _worker))
        if not works()
    ]
    if missing:
        return JsonResponse({"status": "unavailable", "missing": missing}, status=503)
    return JsonResponse({"status": "ok"})


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # whatever it is, the database does not answer
        return False
    return True


def broker_answers() -> bool:
    """Whether the broker, which is also the cache, answers."""
    try:
        cache.get("health")
    except Exception:  # whatever it is, the broker does not answer
        return False
    return True


def _worker() -> bool:
    try:
        beat = Heartbeat.objects.filter(name="worker").first()
    except Exception:  # without a database nothing is known of the worker
        return False
    return beat is not None and timezone.now() - beat.at < WORKER_SILENT


@login_not_required
def ask_administrator(request: HttpRequest) -> HttpResponse:
    """Who gives accounts and new passwords."""
    return render(request, "account/ask_administrator.html")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language that a reader chose in his browser, and go back to the page he was on."""
    return set_language(request)


def csrf_failure(request: Any, reason: str = "") -> HttpResponse:
    """A form whose protection is old: say so and lead back; the browser keeps what was typed on the page before."""
    logs.form_refused(request, reason)
    return render(request, "403.html", {"expired": True}, status=403)


def bad_request(request: Any, exception: Exception) -> HttpResponse:
    """400: an address or form that is not well-formed; 413: one that is too large."""
    if request.path.startswith("/api/"):
        return problems.bad_request(request, exception)
    return _error(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def not_found(request: Any, exception: Exception) -> HttpResponse:
    """404: the same words whether the thing is absent or not for this seat."""
    if request.path.startswith("/api/"):
        return problems.not_found(request, exception)
    return _error(request, 404)


def server_error(request: Any) -> HttpResponse:
    """500: the request id and nothing else."""
    if request.path.startswith("/api/"):
        return problems.server_error(request)
    return _error(request, 500)


def _error(request: Any, status: int) -> HttpResponse:
    return render(request, f"{status}.html", status=status)
