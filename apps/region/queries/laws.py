"""Laws of States on a day: the stage reached, until when it holds, how far it covers the model law."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from apps.access.actor import Actor
from apps.region.models import Coverage, Provision, Track, TrackStep
from apps.region.queries.counts import Moment

S = Track.Stage
WEIGHT = {Coverage.Level.FULL: 2, Coverage.Level.PARTIAL: 1, Coverage.Level.NONE: 0, Coverage.Level.CONFLICT: 0}
"""Halves of a provision: a partial cover counts half, a conflict like none."""


@dataclass(frozen=True, slots=True)
class At:
    """A law on a day: `stage`, since when, the last day of a law with a sunset, all steps known, coverage."""

    stage: str
    since: datetime.date | None
    until: datetime.date | None
    steps: tuple[TrackStep, ...]
    coverage: tuple[Coverage, ...]
    covered: int | None

    @property
    def in_force(self) -> bool:
        """In force on the day; one whose last day is over is not, whether the clock has said so or not."""
        return self.stage == S.IN_FORCE

    @property
    def word(self) -> str:
        """The stage in words."""
        return str(S(self.stage).label)


def read_law_standings(
    actor: Actor, tracks: Sequence[Track], day: datetime.date, known_at: Moment | None = None
) -> dict[Any, At]:
    """{law's id: how it stands on the day}. Three queries, whatever their number."""
    steps = TrackStep.objects.visible_to(actor).known(known_at).filter(track__in=tracks)
    by_track = _by_track(steps.order_by("on", "recorded_at", "pk"))
    levels = Coverage.objects.visible_to(actor).known(known_at).filter(track__in=tracks, on__lte=day)
    covered = _by_track(levels.select_related("provision").order_by("provision__position"))
    laws = {each.provision.law_id for rows in covered.values() for each in rows}
    sizes: dict[Any, int] = {}
    for law in Provision.objects.visible_to(actor).filter(law__in=laws).values_list("law", flat=True):
        sizes[law] = sizes.get(law, 0) + 1
    return {row.pk: at(by_track.get(row.pk, []), covered.get(row.pk, []), sizes, day) for row in tracks}


def stages(actor: Actor, tracks: Sequence[Track], day: datetime.date, known_at: Moment | None = None) -> dict[Any, At]:
    """The same without coverage. One query."""
    steps = TrackStep.objects.visible_to(actor).known(known_at).filter(track__in=tracks)
    by_track = _by_track(steps.order_by("on", "recorded_at", "pk"))
    return {row.pk: at(by_track.get(row.pk, []), (), {}, day) for row in tracks}


def _by_track(rows: Iterable[Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(row.track_id, []).append(row)
    return found


def at(steps: Sequence[TrackStep], coverage: Sequence[Coverage], sizes: dict[Any, int], day: datetime.date) -> At:
    """How a law stands on a day, from its steps in order and its coverage."""
    reached = [each for each in steps if each.on <= day]
    last = reached[-1] if reached else None
    stage, since, until = (last.stage, last.on, last.until) if last else (S.NOT_STARTED, None, None)
    if stage == S.IN_FORCE and until is not None and until < day:
        stage, since = S.EXPIRED, until + datetime.timedelta(1)
    return At(stage, since, until, tuple(steps), tuple(coverage), _per_cent(coverage, sizes))


def _per_cent(coverage: Sequence[Coverage], sizes: dict[Any, int]) -> int | None:
    """Share of the newest model law compared with that is covered; None where nothing was compared."""
    if not coverage:
        return None
    newest = max(each.provision.law_id for each in coverage)
    halves = sum(WEIGHT[Coverage.Level(each.level)] for each in coverage if each.provision.law_id == newest)
    return round(100 * halves / (2 * sizes[newest]))
