"""What programs are told of a released assessment beside its words: its judgements and what parties say of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.access.database_context import beyond
from apps.assessments.models import Assessment, Judgement, Position
from apps.rifc.models import Report
from apps.taxii.queries.exchanged_opinions import Views
from apps.taxii.stix.exports import Judged, Opinion

CONFIDENCE = {"low": 15, "moderate": 50, "high": 85}
"""Confidence on the scale of STIX. Source: STIX 2.1, Appendix A, the scale of low, medium and high."""


def of_reports(versions: Sequence[Report]) -> Mapping[Any, Views]:
    """Views of versions of one report that an assessment became, or of a lower version of it. Three queries."""
    row = _assessment(versions)
    if row is None:
        return {}
    judged = list(_beyond(Judgement).filter(assessment=row, dropped_at=None).order_by("order", "pk"))
    said = _beyond(Position).filter(assessment=row, void_at=None).select_related("party").order_by("party_id", "pk")
    replaced = row.state == Assessment.State.SUPERSEDED
    return {one.pk: _views(judged, list(said), one.level, replaced=replaced) for one in versions}


def _beyond(model: Any) -> Any:
    return beyond(model.objects.all(), "assessment")


def _assessment(versions: Sequence[Report]) -> Assessment | None:
    threads = {one.thread for one in versions}
    whole = {one.variant_of_id for one in versions if one.variant_of_id}
    of = Q(report__in=threads) | Q(report__in=Report.objects.filter(pk__in=whole).values("thread"))
    found: Assessment | None = _beyond(Assessment).filter(of).first()
    return found


def standing(report: Report) -> str:
    """What readers of its report are told while an assessment is under review; why is for those who take part."""
    row = _assessment([report])
    if row is None or row.state != Assessment.State.UNDER_REVIEW:
        return ""
    said = _("Its sources have been under review since %(day)s. It stays in force until the review is decided.")
    return said % {"day": date_format(row.state_since, "j M Y")}


def _views(judged: Sequence[Judgement], said: Sequence[Position], level: int, *, replaced: bool) -> Views:
    """Up to the marking of the version: a lower one has neither the judgement nor what is said of it."""
    seen = {one.pk: one for one in judged if one.level <= level}
    return Views(
        judged={str(key): Judged(one.order, CONFIDENCE[one.confidence]) for key, one in seen.items()},
        opinions=tuple(
            Opinion(str(one.judgement_id), one.party_id, one.party.name, one.kind, one.text)
            for one in said
            if one.judgement_id in seen
        ),
        replaced=replaced,
    )


def threads(row: Assessment) -> list[Any]:
    """The report that an assessment became, and its lower versions. One query."""
    rows = _beyond(Report).filter(Q(thread=row.report) | Q(variant_of__thread=row.report))
    return sorted(set(rows.values_list("thread", flat=True))) if row.report else []
