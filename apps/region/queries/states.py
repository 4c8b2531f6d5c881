"""All of one State: systems, instruments, laws and indicators on a day."""

import datetime
from dataclasses import dataclass
from typing import Any

from apps.access.actor import Actor
from apps.region.models import Indicator, Participation, StagePeriod, Track
from apps.region.queries import instruments, laws
from apps.region.queries.board import Cell
from apps.region.queries.counts import EVERY, Moment
from apps.region.queries.instruments import Line, Standing
from apps.region.queries.shapes import Shape, shape_of


@dataclass(frozen=True, slots=True)
class Part:
    """The State in one system on the day."""

    row: Participation
    fact: StagePeriod | None
    shape: Shape


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of a State shows."""

    party: Any
    parts: list[Part]
    lines: list[tuple[Standing, Line]]
    laws: list[Cell]


def read_state_page(actor: Actor, party: str, day: datetime.date, known_at: Moment | None) -> Page | None:
    """Everything of the State that the asker reads, None where that is nothing. Seven queries."""
    rows = list(Participation.objects.visible_to(actor).filter(party=party).order_by("system__position"))
    if not rows:
        return None
    facts = StagePeriod.objects.visible_to(actor).known(known_at).on(day).filter(participation__in=rows)
    told = {fact.participation_id: fact for fact in facts}
    seen = Track.objects.visible_to(actor).filter(party=party)
    tracks = list(seen.select_related("topic").order_by("topic__position"))
    at = laws.stages(actor, tracks, day, known_at)
    found = instruments.read_instrument_standings(actor, day, known_at, provenances=EVERY)
    return Page(
        party=rows[0].party,
        parts=[Part(row, told.get(row.pk), shape_of(told.get(row.pk))) for row in rows],
        lines=[(each, line) for each in found.values() for line in each.lines if line.row.entity == party],
        laws=[Cell(track, at[track.pk]) for track in tracks],
    )


def indicators(actor: Actor) -> Any:
    """Indicators that are measured for each State."""
    return Indicator.objects.visible_to(actor).filter(per=Indicator.Per.STATE)
