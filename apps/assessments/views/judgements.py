"""Judgements on their own page: written, changed, and what a State says of one."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from apps.access import acts as shared
from apps.access.doors import REGISTRY
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.assessments.actions.judging import COLUMNS
from apps.assessments.models import Assessment, Judgement
from apps.assessments.queries import parts, sources
from apps.assessments.views import acts


@require_http_methods(["GET", "POST"])
def new(request: Any, pk: Any) -> HttpResponse:
    """Add a judgement."""
    row = visible_or_404(Assessment, request.actor, pk)
    spec = REGISTRY["jta_judgement.add"]
    shared.ask(request.actor, row, spec)
    return acts.act(request, spec, row, {"classification": str(row.level)})


def _judgement(row: Assessment, pk: Any) -> Judgement:
    found = parts.judgement_of(row, pk)
    if found is None:
        raise Refused("not-visible")
    return found


@require_http_methods(["GET", "POST"])
def change(request: Any, pk: Any, judgement: Any) -> HttpResponse:
    """Change a judgement. Citations that the writer does not see stay as they are."""
    row = visible_or_404(Assessment, request.actor, pk)
    spec, found = REGISTRY["jta_judgement.change"], _judgement(row, judgement)
    shared.ask(request.actor, row, spec)
    seen = parts.seen_citations(request.actor, row)[found.pk]
    gone = sources.recalled({one.report for one in seen})
    cites = [one for one in seen if one.report not in gone]
    initial = {name: getattr(found, name) for name in COLUMNS}
    lines = "\n".join(f"{one.report} {one.para or ''}".strip() for one in cites)
    initial |= {"citations": lines, "judgement": judgement, "classification": str(found.level)}
    return acts.act(request, spec, row, initial)


@require_http_methods(["GET", "POST"])
def position(request: Any, pk: Any, judgement: Any) -> HttpResponse:
    """Take the State's position on a judgement."""
    row = visible_or_404(Assessment, request.actor, pk)
    spec, found = REGISTRY["jta_judgement.take_position"], _judgement(row, judgement)
    shared.ask(request.actor, row, spec)
    judged = next(one for one in parts.judgements(row) if one.pk == found.pk)
    held = [
        one for one in parts.positions(row) if one.judgement_id == found.pk and one.party_id == request.actor.party_code
    ]
    initial = {"judgement": judgement, "judgement_sha256": parts.judgement_sha256(judged)}
    if held:
        initial |= {"position": held[0].kind, "text": held[0].text}
    return acts.act(request, spec, row, initial, judged=judged)
