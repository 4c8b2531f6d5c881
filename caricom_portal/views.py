"""Pages that belong to no room: the front door, health, search, errors."""

import sys
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from apps.access import full_disk, logs, problems
from apps.access.middleware import no_room
from apps.people.actions import prefer
from caricom_portal import health
from caricom_portal.navigation import landing_of


def home(request: Any) -> HttpResponse:
    """Where a seat's working day begins; without a seat, at My work, which says how one gets one."""
    return redirect(landing_of(request.actor) if request.actor else "people:desk")


@login_not_required
def livez(request: HttpRequest) -> JsonResponse:
    """The process alone. The portal's server answers itself (caricom_portal.asgi); this is for any other."""
    return JsonResponse({"status": "ok"})


@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when database, broker and worker answer; 503 naming what does not. As livez, for another server."""
    status, body = health.report()
    return JsonResponse(body, status=status)


@login_not_required
def ask_administrator(request: HttpRequest) -> HttpResponse:
    """Who gives accounts and new passwords."""
    return render(request, "account/ask_administrator.html")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language that a reader chose, in their browser and for their mails; back to the page they were on."""
    chosen = request.POST.get("language")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        prefer(request.user, language=chosen)
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
    """500: the request id and nothing else; 507 where a body found no room before any view was reached."""
    if full_disk.is_full(sys.exception()):
        full_disk.note()
        return problems.no_room(request) if request.path.startswith("/api/") else no_room(request)
    if request.path.startswith("/api/"):
        return problems.server_error(request)
    return _error(request, 500)


def _error(request: Any, status: int) -> HttpResponse:
    return render(request, f"{status}.html", status=status)
