"""The State's border desk: what crosses, what was referred to it, one hit at the counter, and the sheet for it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from apps.access import stream_log
from apps.jrcc.models import Hit
from apps.jrcc.queries import border_desk, dossier, floor
from apps.jrcc.queries.gate import gates
from apps.jrcc.views.hits import note_case
from apps.screening.models import Instruction

DO = {
    Instruction.ARREST: _(
        "Keep the traveller in the controlled area and call your police. Do not say why before the police are there."
    ),
    Instruction.REFUSE: _("Do not admit this person before the owner has confirmed. Refuse entry by your own law."),
    Instruction.QUESTION: _("Take the traveller aside for questions. Compare face, document and birth date first."),
    Instruction.DISCREET: _(
        "Let the traveller pass like anybody else. The traveller must notice nothing; note who and what travels along."
    ),
    Instruction.INFORM: _("Let the traveller pass. The owner wants to know of the arrival."),
}
"""What each instruction means at the counter (project wording, to be confirmed by the States)."""
MOST = 60


@require_GET
def desk(request: Any) -> HttpResponse:
    """What was referred to the State, the step due first on top, and its arrivals, departures and people in transit.

    Long tables begin with the most urgent; `?all=1` shows every row.
    """
    since, actor, now, whole = stream_log.here(), request.actor, timezone.now(), "all" in request.GET
    rows = floor.hit_rows(actor).filter(state__in=Hit.OPEN, referred_to__contains=[actor.party_code])
    lines = sorted((floor.hit_line(actor, hit) for hit in rows), key=floor.by_deadline)
    context = {
        "since": since,
        "now": now,
        "whole": whole,
        "lines": lines if whole else lines[:MOST],
        "referred": len(lines),
        "marking": dossier.MARKING if lines else {"level": 1, "caveat": ""},
        **border_desk.crossings(actor, now, whole=whole),
    }
    partial = request.headers.get("HX-Request-Type") == "partial"
    return render(request, "jrcc/_border.html" if partial else "jrcc/border.html", context)


@require_GET
def gate(request: Any, pk: Any) -> HttpResponse:
    """One hit for the officer at the counter: who, what to do, and the outcome in three touches."""
    return render(request, "jrcc/gate.html", _case(request, pk))


@require_GET
def sheet(request: Any, pk: Any) -> HttpResponse:
    """The same on paper, without evidence, score or reason: what the counter needs and no more."""
    return render(request, "jrcc/gate_sheet.html", _case(request, pk))


def _case(request: Any, pk: Any) -> dict[str, Any]:
    case = dossier.dossier(request.actor, pk)
    note_case(request, case)
    traveller, ours = case.it.traveller, request.actor.party_code
    stays = ours in traveller.transit_parties and ours not in traveller.parties
    how = gates(request.actor, (), [(traveller, case.it.journey)]).of_person[traveller.pk]
    offers = {offer["verb"]: offer for offer in case.offers if offer["allowed"]}
    return {
        "case": case,
        "gate": how,
        "do": DO[Instruction(case.it.instruction)],
        "outcome": offers.get("record_outcome"),
        "acknowledge": offers.get("acknowledge") or offers.get("acknowledge_too"),
        "seat": "" if stays else traveller.seat,
        "discreet": case.it.instruction == Instruction.DISCREET,
        "marking": dossier.MARKING,
    }
