"""The State's border desk: what crosses, what was referred to it, one hit at the counter, and the sheet for it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from apps.access import stream_log
from apps.jrcc import boards, crossings, dossier
from apps.jrcc.models import Hit
from apps.jrcc.views.hits import note_case
from apps.screening.models import Instruction

DO = {
    Instruction.ARREST: _(
        "Keep him in the controlled area and call your police. He is not told why before they are there."
    ),
    Instruction.REFUSE: _("Do not admit him before the owner has confirmed. Refuse entry by your own law."),
    Instruction.QUESTION: _("Take him aside for questions. Compare face, document and birth date first."),
    Instruction.DISCREET: _(
        "Let him pass as anybody else. He must notice nothing; note with whom and with what he travels."
    ),
    Instruction.INFORM: _("Let him pass. The owner wants to know that he came."),
}
"""What each instruction means at the counter (project wording, to be confirmed by the States)."""
MOST = 60


@require_GET
def desk(request: Any) -> HttpResponse:
    """What was referred to the State, the step due first on top, and its arrivals, departures and people in transit."""
    since, actor, now = stream_log.here(), request.actor, timezone.now()
    rows = boards.hit_rows(actor).filter(state__in=Hit.OPEN, referred_to__contains=[actor.party_code])
    lines = [boards.hit_line(actor, hit) for hit in rows.order_by("due_at", "pk")[:MOST]]
    lines.sort(key=lambda line: (line.clock is None, line.clock.due_at if line.clock else now))
    context = {
        "since": since,
        "now": now,
        "lines": lines,
        "marking": dossier.MARKING if lines else {"level": 1, "caveat": ""},
        **crossings.crossings(actor, now),
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
    offers = {offer["verb"]: offer for offer in case.offers if offer["allowed"]}
    return {
        "case": case,
        "do": DO[Instruction(case.it.instruction)],
        "outcome": offers.get("record_outcome"),
        "acknowledge": offers.get("acknowledge") or offers.get("acknowledge_too"),
        "seat": "" if stays else traveller.seat,
        "discreet": case.it.instruction == Instruction.DISCREET,
        "own": next((clock for clock in case.clocks if clock.party == request.actor.party_code), None),
        "marking": dossier.MARKING,
    }
