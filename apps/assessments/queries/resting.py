"""Assessments in force that rest on a report."""

from collections import defaultdict
from typing import Any

from apps.access.actor import Actor
from apps.assessments.models import Assessment, Citation, Contribution
from apps.rifc.models import Report


def on_report(clock: Actor, report: Any) -> list[tuple[Assessment, list[int]]]:
    """(released assessment, numbers of its judgements that cite the report) for the portal's clock."""
    thread = Report.objects.filter(pk=report).values_list("thread", flat=True).first()
    if thread is None:
        return []
    cited: dict[Any, list[int]] = defaultdict(list)
    rows = Citation.objects.filter(report=thread, judgement__dropped_at=None)
    for key, order in rows.values_list("assessment_id", "judgement__order").order_by("judgement__order"):
        cited[key].append(order)
    for key in Contribution.objects.filter(report=thread, withdrawn_at=None).values_list("assessment_id", flat=True):
        cited[key] += []
    found = Assessment.objects.visible_to(clock).filter(pk__in=list(cited), state=Assessment.State.RELEASED)
    return [(row, cited[row.pk]) for row in found.order_by("pk")]
