"""What is closed now: rooms for a party, and changes during maintenance."""

from collections.abc import Callable
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from apps.access.problems import CONTENT_TYPE, problem
from apps.operations import queries
from apps.operations.policy import OPERATORS

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LET_IN = ("account_", "mfa_", "usersessions_", "people:seat", "people:kept", "operations:")
"""Signing in and out, and the operators' own pages."""
INTAKE = frozenset(
    {
        "api:jrcc-submissions-list", "jrcc:upload", "jrcc:draft", "jrcc:draft_send", "jrcc:draft_discard",
        "jrcc:submission_columns", "jrcc:submission_amend", "jrcc:submission_correct",
        "jrcc:trip_begin", "jrcc:trip", "jrcc:trip_look", "jrcc:trip_discard",
    }
)  # fmt: skip
"""Passenger and crew lists: a flight does not wait."""
MACHINES = "/taxii2/"
TEXTS = "ws:jta"
"""The name of the sockets of texts written together, among the places of rooms."""


class gate:
    """Refuse what is closed: 404 for an app that is off, 503 for a change during maintenance."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        # TAXII is answered before rooms are looked up
        if request.method not in SAFE and request.path.startswith(MACHINES):
            state = queries.now()
            if state.notice:
                return _closed(request, state)
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Runs after the actor was found."""
        # pages open to nobody in particular; views of the API carry the same mark and are asked all the same
        if not getattr(view, "login_required", True) and not request.path.startswith("/api/"):
            return None
        state = queries.now()
        request.maintenance = state.notice
        name = request.resolver_match.view_name or ""
        actor = request.actor
        if actor is not None and state.closes(actor.party_code, name):
            raise Http404
        if not state.notice or request.method in SAFE or name in INTAKE or name.startswith(LET_IN):
            return None
        if actor is not None and actor.desk_code == OPERATORS:
            return None
        return _closed(request, state)


def api_room_is_open(request: Any, actor: Any) -> bool:
    """For the API, whose actor is known only within the view: Http404 where its room is off for the party."""
    match = request.resolver_match
    if match is not None and queries.now().closes(actor.party_code, match.view_name or ""):
        raise Http404
    return True


def texts_closed_to(party: str) -> Literal["", "maintenance", "off"]:
    """Why texts written together are closed to a party; their letters come by sockets, which pass no middleware."""
    state = queries.now()
    if state.closes(party, TEXTS):
        return "off"
    return "maintenance" if state.notice else ""


def _closed(request: Any, state: queries.Now) -> HttpResponse:
    until = parse_datetime(state.until)
    wait = max(60, int((until - timezone.now()).total_seconds())) if until else 600
    if request.path.startswith(("/api/", MACHINES)):
        body = problem(request, 503, "maintenance", _("Maintenance in progress: nothing can be changed until it ends."))
        response: HttpResponse = JsonResponse(body, status=503, content_type=CONTENT_TYPE)
    else:
        response = render(request, "operations/closed.html", {"notice": state.notice, "until": until}, status=503)
    response["Retry-After"] = str(wait)
    return response
