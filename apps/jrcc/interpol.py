"""How travellers stand with INTERPOL, in words; and that the gateway gets them from here."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.access.actor import Actor
from apps.gateway import queries as gateway
from apps.gateway import subjects
from apps.gateway.policy import knows_hits
from apps.gateway.queries import Stand, Stands
from apps.jrcc import queries
from apps.jrcc.models import Journey, Traveller

TRAVELLER = "jrcc.traveller"
KEPT_S = 5
CHIPS = {
    "answered": ("ok", "check", gettext_lazy("Answered")),
    "hit": ("bad", "alert", gettext_lazy("A record")),
    "waiting": ("info", "half", gettext_lazy("Waiting")),
    "unavailable": ("warn", "alert", gettext_lazy("Unavailable")),
    "off": ("mute", "minus", gettext_lazy("Not asked: switched off")),
    "nothing": ("mute", "circle", gettext_lazy("Nothing to ask with")),
    "never": ("mute", "circle", gettext_lazy("Was not asked")),
}
"""Chip of a standing: kind, picture, words."""


def offer() -> None:
    """Let the gateway load travellers, and know which entries are worked with."""

    def load(ids: Any) -> Any:
        return queries.subjects_to_ask_about(pk__in=list(ids))

    subjects.provide(TRAVELLER, load, queries.entries_in_use, "jrcc:traveller")


def of_journeys(actor: Actor, journeys: Iterable[Journey]) -> dict[Any, list[Stand]]:
    """{journey's key: how its travellers stand with each source}. One query for any number, kept for five seconds.

    Who is on a list is part of the key, so that a kept answer never speaks for somebody who has come since.
    """
    rows = list(journeys)
    people = sorted((str(row.pk), row.passengers + row.crew, str(row.arrives_at), row.state) for row in rows)
    text = json.dumps([knows_hits(actor), people])
    place = f"jrcc.interpol:{hashlib.sha256(text.encode()).hexdigest()}"
    found: dict[Any, list[Stand]] | None = cache.get(place)
    if found is None:
        found = stands(actor, rows, ()).of_group
        cache.set(place, found, KEPT_S)
    return found


def stands(actor: Actor, journeys: Iterable[Journey], travellers: Iterable[tuple[Traveller, Journey]]) -> Stands:
    """How journeys, and travellers of the journeys named with them, stand with each source. One query."""
    rows, people = list(journeys), list(travellers)
    over = {row.pk for row in rows if _is_over(row)}
    over |= {one.pk for one, journey in people if one.withdrawn_at or _is_over(journey)}
    groups = {row.pk: row.passengers + row.crew for row in rows}
    return gateway.stands(groups, [one.pk for one, _journey in people], over=over, tell_hits=knows_hits(actor))


def _is_over(journey: Journey) -> bool:
    """Whether nobody of a journey is asked about any more; as `queries.subjects_to_ask_about`."""
    since = timezone.now() - queries.ASKED_ABOUT
    ended = journey.arrives_at < since if journey.arrives_at else journey.date < since.date()
    return ended or journey.state == Journey.State.CANCELLED


def chip(found: list[Stand]) -> tuple[str, str, str] | None:
    """Why a journey is not fully checked, as (kind, picture, words); None where every source has answered."""
    kinds = {stand.kind for stand in found}
    if "unavailable" in kinds:
        return "warn", "alert", _("INTERPOL unavailable")
    if "waiting" in kinds:
        return "info", "half", _("Waiting for INTERPOL")
    if kinds & {"off", "never", "nothing"}:
        return "info", "half", _("Lists only")
    return None


def lines(found: list[Stand]) -> list[dict[str, Any]]:
    """Standings with their chips, for a page."""
    return [{"it": stand, "chip": CHIPS[stand.kind]} for stand in found]
