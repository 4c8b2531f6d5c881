"""How travellers stand with INTERPOL, in words; and that the gateway gets them from here."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, Literal

from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.access.actor import Actor
from apps.access.short_cache import remembered
from apps.gateway.policy import knows_hits
from apps.gateway.queries import questions as gateway
from apps.gateway.queries import subjects
from apps.gateway.queries.questions import Stand, Stands
from apps.journeys.models import Journey, Traveller
from apps.jrcc.queries import hits

TRAVELLER = "jrcc.traveller"
KEPT_S = 5
CHIPS = {
    "answered": ("ok", "check", pgettext_lazy("words, jrcc", "Answered")),
    "hit": ("bad", "alert", pgettext_lazy("words, jrcc", "Record found")),
    "waiting": ("info", "half", pgettext_lazy("words, jrcc", "Waiting")),
    "unavailable": ("warn", "alert", pgettext_lazy("words, jrcc", "Unavailable")),
    "off": ("mute", "minus", gettext_lazy("Not queried: switched off")),
    "nothing": ("mute", "circle", gettext_lazy("Not enough data to query")),
    "never": ("mute", "circle", pgettext_lazy("words, jrcc", "Not queried")),
}
"""Chip of a standing: kind, picture, words."""


def _load(ids: Any) -> Any:
    return hits.subjects_to_ask_about(pk__in=list(ids))


TRAVELLERS = subjects.Provider(_load, hits.entries_in_use, "jrcc:traveller")
"""How the gateway loads travellers, and knows which entries are worked with."""


def of_journeys(actor: Actor, journeys: Iterable[Journey]) -> dict[Any, list[Stand]]:
    """{journey's key: how its travellers stand with each source}. One query for any number, kept for five seconds.

    Who is on a list is part of the key, so that a kept answer never speaks for somebody who has come since.
    """
    rows = list(journeys)
    if not rows:
        return {}
    people = sorted((str(row.pk), row.passengers + row.crew, str(row.arrives_at), row.state) for row in rows)
    text = json.dumps([knows_hits(actor), people])
    place = f"jrcc.interpol:{hashlib.sha256(text.encode()).hexdigest()}"
    return remembered(place, KEPT_S, lambda: stands(actor, rows, ()).of_group)


def of_people(actor: Actor, people: Iterable[tuple[Traveller, Journey]]) -> dict[Any, list[Stand]]:
    """{traveller's key: how they stand with each source}. One query for any number, kept for five seconds."""
    rows = list(people)
    if not rows:
        return {}
    known = sorted((str(one.pk), str(one.withdrawn_at), str(row.arrives_at), row.state) for one, row in rows)
    text = json.dumps([knows_hits(actor), known])
    place = f"jrcc.interpol.people:{hashlib.sha256(text.encode()).hexdigest()}"
    return remembered(place, KEPT_S, lambda: stands(actor, (), rows).of_person)


def stands(actor: Actor, journeys: Iterable[Journey], travellers: Iterable[tuple[Traveller, Journey]]) -> Stands:
    """How journeys, and travellers of the journeys named with them, stand with each source. One query."""
    rows, people = list(journeys), list(travellers)
    over = {row.pk for row in rows if _is_over(row)}
    over |= {one.pk for one, journey in people if one.withdrawn_at or _is_over(journey)}
    groups = {row.pk: row.passengers + row.crew for row in rows}
    return gateway.stands(groups, [one.pk for one, _journey in people], over=over, tell_hits=knows_hits(actor))


def _is_over(journey: Journey) -> bool:
    """Whether nobody of a journey is asked about any more; as `queries.subjects_to_ask_about`."""
    since = timezone.now() - hits.ASKED_ABOUT
    ended = journey.arrives_at < since if journey.arrives_at else journey.date < since.date()
    return ended or journey.state == Journey.State.CANCELLED


def lacks(found: Iterable[Stand]) -> Literal["", "unavailable", "waiting", "lists_only"]:
    """Why a journey or a person is not fully checked; "" where every source has answered."""
    kinds = {stand.kind for stand in found}
    if "unavailable" in kinds:
        return "unavailable"
    if "waiting" in kinds:
        return "waiting"
    return "lists_only" if kinds & {"off", "never", "nothing"} else ""


def lines(found: list[Stand]) -> list[dict[str, Any]]:
    """Standings with their chips, for a page."""
    return [{"it": stand, "chip": CHIPS[stand.kind]} for stand in found]
