"""Judgements that were released, as far as one reader has them: in an assessment, or in a report that they see."""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from apps.access.actor import Actor
from apps.assessments.models import Assessment, Judgement
from apps.assessments.rules import outlook
from apps.rifc.models import Report

S = Assessment.State
RELEASED = (S.RELEASED, S.UNDER_REVIEW, S.SUPERSEDED)
"""States in which what was released counts, or did until it was replaced; what was recalled never does."""


def judgements(actor: Actor) -> Any:
    """Released judgements that the reader has, each with `taking_part` and `thread`, the report in which they have it.

    Who takes part has all of them up to their clearance; who has a report, or a lower version of it, what stands in it.
    """
    taking_part = Assessment.objects.visible_to(actor).filter(pk=OuterRef("assessment"))
    mine = Q(thread=OuterRef("assessment__report")) | Q(variant_of__thread=OuterRef("assessment__report"))
    seen = Report.objects.visible_to(actor).filter(mine, state=Report.State.SHARED, level__gte=OuterRef("level"))
    rows = Judgement.objects.filter(
        dropped_at=None, level__lte=actor.clearance, assessment__state__in=RELEASED
    ).annotate(taking_part=Exists(taking_part), thread=Subquery(seen.order_by("-level").values("thread")[:1]))
    return rows.filter(Q(taking_part=True) | ~Q(thread=None)).select_related("assessment", "assessment__originator")


def to_go_on_from(actor: Actor, row: Assessment) -> Any:
    """Released judgements from which one of this assessment can go on: the reader takes part in theirs. One query."""
    rows = judgements(actor).filter(taking_part=True).exclude(assessment=row)
    return rows.order_by("-assessment__released_at", "assessment_id", "order")


def said(actor: Actor) -> list[outlook.Said]:
    """What the threat matrix is fed by: released judgements of a threat that the reader has. One query."""
    rows = judgements(actor).exclude(threat_category="").order_by("assessment__released_at", "order")
    return [_said(row) for row in rows]


def _said(row: Judgement) -> outlook.Said:
    of = row.assessment
    band, place = outlook.place_of(of.yardstick, row.likelihood)
    return outlook.Said(
        row=row,
        threat=row.threat_category,
        states=tuple(dict.fromkeys(row.area or of.area)),
        band=band,
        place=place,
        since=(of.released_at or of.state_since).date(),
        ended=of.state_since.date() if of.state == S.SUPERSEDED else None,
        until=row.timeframe_to,
    )


def today() -> datetime.date:
    """The day on which what stands is looked at."""
    return timezone.now().date()
