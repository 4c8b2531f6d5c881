"""Assessments that rest on a report."""

from collections import defaultdict
from typing import Any

from django.db.models import Q

from apps.access.actor import Actor
from apps.access.database_context import beyond
from apps.assessments.models import Assessment, Citation, Contribution
from apps.assessments.queries import checks, parts
from apps.rifc.models import Report

S = Assessment.State
WRITTEN = (S.CALL_OPEN, S.DRAFTING, S.COORDINATION, S.POSITIONS, S.SIGN_OFF)


def on_report(clock: Actor, report: Any) -> tuple[Any, list[tuple[Assessment, list[int]]]]:
    """(thread of a recalled report, [(assessment, numbers of its judgements that cite it)]), for the portal's clock.

    Those that know of this recall already are left out: before the release they name the report, after it they have
    been brought under review, or reaffirmed, since.
    """
    thread, at = beyond(Report.objects.all(), "assessment").filter(pk=report).values_list(
        "thread", "recalled_at"
    ).first() or (None, None)
    if thread is None or at is None:
        return thread, []
    cited: dict[Any, list[int]] = defaultdict(list)
    rows = beyond(Citation.objects.all(), "assessment").filter(report=thread, judgement__dropped_at=None)
    for key, order in rows.values_list("assessment_id", "judgement__order").order_by("judgement__order"):
        cited[key].append(order)
    for key in (
        beyond(Contribution.objects.all(), "assessment")
        .filter(report=thread, withdrawn_at=None)
        .values_list("assessment_id", flat=True)
    ):
        cited[key] += []
    seen = Assessment.objects.visible_to(clock)
    for row in seen.filter(state__in=WRITTEN).exclude(pk__in=list(cited)):
        if thread in checks.cited_in(parts.texts(row)):
            cited[row.pk] += []
    new = Q(state__in=Assessment.OUT, state_since__lt=at) | Q(state__in=WRITTEN) & ~Q(withdrawn__contains=[thread])
    return thread, [(row, cited[row.pk]) for row in seen.filter(new, pk__in=list(cited)).order_by("pk")]
