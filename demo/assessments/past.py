"""Assessments of the past: written, signed and released through the real actions, then dated back. Fictional."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

from django.utils import timezone

from apps.assessments.actions import outcomes, releases, steps
from apps.assessments.models import Assessment
from apps.assessments.queries import parts
from demo.assessments import stages
from demo.people import seated

PLAN = tomllib.loads((Path(__file__).parent / "past.toml").read_text(encoding="utf-8"))


def load() -> None:
    """Make those that are not there; the later one takes the place of the earlier one."""
    lead, director = seated(PLAN["lead"]), seated(PLAN["director"])
    before: Assessment | None = None
    for given in PLAN["assessment"]:
        if Assessment.objects.filter(pk=given["key"]).exists():
            return
        row = _released(lead, director, given, before)
        if before is not None:
            releases.supersede_assessment(director, before, by=row.number)
            Assessment.objects.filter(pk=before.pk).update(state_since=row.released_at)
        before = row


def _released(lead: Any, director: Any, given: dict[str, Any], before: Assessment | None) -> Assessment:
    earlier = {one.order: str(one.pk) for one in parts.judgements(before)} if before is not None else {}
    judgements = [
        PLAN["judgement"] | one | {"predecessor": earlier.get(one.get("goes_on_from"), "")}
        for one in given["judgements"]
    ]
    row = stages.frozen(lead, director, given | {"judgements": judgements}, PLAN["terms"] | given["terms"])
    row = stages.signed(steps.close_positions(lead, stages.take_positions(row, judgements)))
    row = _dated(releases.release_assessment(director, row), given["released_on"])
    for judged, one in zip(parts.judgements(row), judgements, strict=True):
        row = _outcome(director, row, judged, one)
    return row


def _dated(row: Assessment, day: datetime.date) -> Assessment:
    """As if it had been released on a day; its review has still to come."""
    at = datetime.datetime.combine(day, datetime.time(15), datetime.UTC)
    review = timezone.now().date() + datetime.timedelta(days=60)
    Assessment.objects.filter(pk=row.pk).update(released_at=at, state_since=at, review_date=review)
    found: Assessment = Assessment.objects.get(pk=row.pk)
    return found


def _outcome(director: Any, row: Assessment, judged: Any, given: dict[str, Any]) -> Assessment:
    """What became of a judgement: said by the director, confirmed by a State where the plan says so."""
    if "came" not in given:
        return row
    row = outcomes.propose_outcome(director, row, judgement=judged.pk, kind=given["came"], text=given["shown_by"])
    return (
        outcomes.agree_outcome(seated(PLAN["second"]), row, outcome=row.made.pk)
        if given.get("confirmed", True)
        else row
    )
