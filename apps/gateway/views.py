"""The sources with their health, what was asked of them, and the acts on them."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from apps.access import paging
from apps.access.acts import ask, buttons, carry_out, spec_of
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.gateway import queries, subjects
from apps.gateway.models import Query, Source
from apps.gateway.policy import knows_hits
from apps.gateway.simulator.state import MODES, read_modes

PAGE = 50
CONDITIONS = {
    "up": ("ok", "check", gettext_lazy("Up"), gettext_lazy("last answer")),
    "slow": ("warn", "clock", gettext_lazy("Slow"), gettext_lazy("since")),
    "down": ("bad", "alert", gettext_lazy("Unavailable"), gettext_lazy("since")),
    "off": ("mute", "minus", gettext_lazy("Switched off"), gettext_lazy("since")),
    "unconnected": ("mute", "circle", gettext_lazy("Not connected"), gettext_lazy("since")),
    "no_address": ("bad", "alert", gettext_lazy("No gateway is set up"), gettext_lazy("since")),
}
"""Chip of a source's condition (kind, picture, words), and what its time means."""
OUTCOMES = {
    "asked": ("info", "half", gettext_lazy("Asked, no answer yet")),
    "no_record": ("ok", "check", gettext_lazy("No record")),
    "record": ("bad", "alert", gettext_lazy("A record")),
    "kept": ("ok", "check", gettext_lazy("From a kept answer")),
    "gone": ("mute", "minus", gettext_lazy("No longer asked")),
    "answered": ("ok", "check", gettext_lazy("Answered")),
    "timeout": ("warn", "clock", gettext_lazy("Not in time")),
    "unreachable": ("warn", "x", gettext_lazy("Not reachable")),
    "refused": ("warn", "x", gettext_lazy("Refused our request")),
    "server_error": ("warn", "x", gettext_lazy("Error of the source")),
    "broken": ("warn", "x", gettext_lazy("Answer not readable")),
    "other_question": ("warn", "x", gettext_lazy("Answer to another question")),
    "half_answer": ("warn", "x", gettext_lazy("Not in the answer")),
}
"""Chip of a query's outcome."""


@require_GET
def sources(request: Any) -> HttpResponse:
    """Each source: how it does, what was asked in the last hour, what waits; and its rule."""
    rows = queries.overview(request.actor)
    modes = read_modes(settings.INTERPOL_SIMULATOR) if settings.DEMO else {}
    context = {
        "lines": [_line(request.actor, row, modes) for row in rows],
        "simulated": settings.DEMO,
        "now": timezone.now(),
        "marking": {"level": 1, "caveat": ""},
    }
    return render(request, "gateway/sources.html", context)


def _line(actor: Any, row: Any, modes: dict[str, str]) -> dict[str, Any]:
    kind, picture, words, of_time = CONDITIONS[row.condition[0]]
    hidden = () if settings.DEMO else ("rehearse",)
    return {
        "it": row,
        "chip": (kind, picture, words),
        "of_time": of_time,
        "since": row.condition[1],
        "fault": OUTCOMES[row.health.fault][2] if row.health and row.health.fault else "",
        "offers": buttons(actor, row, lambda verb: reverse("gateway:do", args=[row.pk, verb]), {"switch_off"}, hidden),
        "mode": MODES.get(modes.get(row.code, ""), ""),
    }


@require_GET
def asked(request: Any) -> HttpResponse:
    """What was asked, newest first, by source and outcome; without names."""
    actor = request.actor
    filters = {name: request.GET.get(name, "")[:60] for name in ("source", "outcome") if request.GET.get(name)}
    rows = Query.objects.visible_to(actor).select_related("source", "round")
    if "source" in filters:
        rows = rows.filter(source__code=filters["source"])
    if "outcome" in filters:
        rows = rows.filter(outcome=filters["outcome"])
    try:
        found, older, newer = paging.cut(rows, request.GET, PAGE)
    except ValidationError as wrong:
        raise Refused("not-visible") from wrong
    context = {
        "lines": [{"it": row, "chip": _told(actor, row.outcome), "page": _page(actor, row)} for row in found],
        "sources": Source.objects.visible_to(actor).order_by("code"),
        "outcomes": [(code, chip[2]) for code, chip in OUTCOMES.items() if code != "answered"],
        "filters": filters,
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "marking": {"level": 2 if knows_hits(actor) else 1, "caveat": ""},
    }
    return render(request, "gateway/queries.html", context)


def _told(actor: Any, outcome: str) -> tuple[str, str, Any]:
    """The chip; that there is a record is for the JRCC alone, operators read that there was an answer."""
    is_secret = outcome in {"record", "no_record", "kept"} and not knows_hits(actor)
    return OUTCOMES["answered" if is_secret else outcome]


def _page(actor: Any, row: Query) -> str:
    name = subjects.page(row.subject_kind)
    return reverse(name, args=[row.subject_id]) if name and actor.function == "watch" else ""


@require_http_methods(["GET", "POST"])
def do(request: Any, pk: UUID, verb: str) -> HttpResponse:
    """Ask for the input of a verb, and carry it out on POST."""
    spec = spec_of("source", verb)
    row = visible_or_404(Source, request.actor, pk)
    ask(request.actor, row, spec)
    onward = lambda _done: reverse("gateway:sources")  # noqa: E731
    return carry_out(request, spec, row, "gateway/act.html", onward, whence=_("INTERPOL gateway"))
