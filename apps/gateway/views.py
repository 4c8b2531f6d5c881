"""The sources with their health, what was asked of them, and the acts on them."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from apps.gateway.lists import OUTCOMES, Queries
from apps.gateway.models import Source
from apps.gateway.queries import questions
from apps.gateway.simulator.state import MODES, read_modes
from apps.pages.verb_pages import VerbPages, offer_buttons

CONDITIONS = {
    "up": ("ok", "check", pgettext_lazy("words, gateway", "Available"), pgettext_lazy("words, gateway", "last answer")),
    "slow": ("warn", "clock", pgettext_lazy("words, gateway", "Slow"), pgettext_lazy("words, gateway", "since")),
    "down": ("bad", "alert", pgettext_lazy("words, gateway", "Unavailable"), pgettext_lazy("words, gateway", "since")),
    "off": ("mute", "minus", pgettext_lazy("words, gateway", "Switched off"), pgettext_lazy("words, gateway", "since")),
    "unconnected": (
        "mute",
        "circle",
        pgettext_lazy("words, gateway", "Not connected"),
        pgettext_lazy("words, gateway", "since"),
    ),
    "no_address": ("bad", "alert", gettext_lazy("No gateway is set up"), pgettext_lazy("words, gateway", "since")),
}
"""Chip of a source's condition (kind, picture, words), and what its time means."""
verbs = VerbPages(
    noun="source",
    address="gateway:do",
    rows=Source.objects.visible_to,
    page=lambda _row: reverse("gateway:sources"),
    title=lambda row: row.name,
    whence=(pgettext_lazy("words, gateway", "INTERPOL gateway"), "gateway:sources"),
)


@require_GET
def sources(request: Any) -> HttpResponse:
    """Each source: how it does, what was asked in the last hour, what waits; and its rule."""
    rows = questions.overview(request.actor)
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
        "offers": offer_buttons(actor, row, partial(verbs.place, row), hidden),
        "mode": MODES.get(modes.get(row.code, ""), ""),
    }


@require_GET
def asked(request: Any) -> HttpResponse:
    """What was asked, newest first, by source and outcome; without names."""
    return Queries(request).answer()
