"""Judgements on their own page: written, changed, and what a State says of one."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.refusal import Refused
from apps.assessments.actions.judgements import COLUMNS
from apps.assessments.models import Assessment, Judgement
from apps.assessments.queries import parts, sources
from apps.assessments.views.verbs import answer_with, verbs
from apps.pages.verb_pages import refuse_early


@require_http_methods(["GET", "POST"])
def show_new_judgement(request: Any, pk: Any) -> HttpResponse:
    """Add a judgement."""
    row = verbs.find(request.actor, pk)
    spec = REGISTRY["jta_judgement.add"]
    refuse_early(request.actor, row, spec)
    return answer_with(request, spec, row, {"classification": str(row.level)})


def _judgement(row: Assessment, pk: Any) -> Judgement:
    found = parts.judgement_of(row, pk)
    if found is None:
        raise Refused("not-visible")
    return found


@require_http_methods(["GET", "POST"])
def show_judgement_form(request: Any, pk: Any, judgement: Any) -> HttpResponse:
    """Change a judgement. Citations that the writer does not see stay as they are."""
    row = verbs.find(request.actor, pk)
    spec, found = REGISTRY["jta_judgement.change"], _judgement(row, judgement)
    refuse_early(request.actor, row, spec)
    seen = parts.seen_citations(request.actor, row)[found.pk]
    gone = sources.recalled({one.report for one in seen})
    cites = [one for one in seen if one.report not in gone]
    initial = {name: getattr(found, name) for name in COLUMNS}
    lines = "\n".join(f"{one.report} {one.para or ''}".strip() for one in cites)
    initial |= {
        "predecessor": found.predecessor_id,
        "citations": lines,
        "judgement": judgement,
        "classification": str(found.level),
    }
    return answer_with(request, spec, row, initial)


@require_http_methods(["GET", "POST"])
def position(request: Any, pk: Any, judgement: Any) -> HttpResponse:
    """Take the State's position on a judgement."""
    row = verbs.find(request.actor, pk)
    spec, found = REGISTRY["jta_judgement.take_position"], _judgement(row, judgement)
    refuse_early(request.actor, row, spec)
    judged = next(one for one in parts.judgements(row) if one.pk == found.pk)
    held = [
        one for one in parts.positions(row) if one.judgement_id == found.pk and one.party_id == request.actor.party_code
    ]
    initial = {"judgement": judgement, "judgement_sha256": parts.judgement_sha256(judged)}
    if held:
        initial |= {"position": held[0].kind, "text": held[0].text}
    return answer_with(request, spec, row, initial, judged=judged)
