"""Journeys, their travellers, and by when each State wants a list."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.carriers.queries import expected_journeys
from apps.journeys import policy
from apps.journeys.models import Amendment, Document, Journey, JourneyParty, Leg, Traveller
from apps.journeys.queries import holds
from apps.jrcc.lists import Journeys, columns_of_stands
from apps.jrcc.queries import dossier, floor, interpol
from apps.jrcc.queries.gate import gates, with_hits_at_work
from apps.jrcc.queries.gate_words import Gate, calm
from apps.manifests.models import Booking
from apps.manifests.queries import receipts
from apps.manifests.rules.routing import place

TRAVELLERS = 100
HEX = re.compile(r"[0-9a-f]{32}")


@require_GET
def journeys(request: Any) -> HttpResponse:
    """Journeys that the seat may see, newest first; filters in the address."""
    return Journeys(request).answer()


@require_GET
def journey(request: Any, pk: Any) -> HttpResponse:
    """One journey: legs, deadlines, travellers, and the hits that the seat may see."""
    actor = request.actor
    known: Any = Journey.objects.visible_to(actor).select_related("carrier").annotate(booked=_booked(actor))
    rows = with_hits_at_work(actor, holds.with_holds(actor, known))
    row = visible_or_404(rows, actor, pk)
    note_read(request, "journey.read", row)
    people, following = _in_order(_travellers(request, row), request.GET.get("after", ""))
    found = interpol.stands(actor, [row], [(one, row) for one in people])
    stands = found.of_group[row.pk]
    known = {**found.of_group, **found.of_person}
    how = gates(actor, [row], [(one, row) for one in people], stands=known)
    gate = how.of_journey[row.pk]
    lines = [floor.hit_line(actor, hit) for hit in floor.hit_rows(actor).filter(journey=row).order_by("-pk")]
    planned = [replace(one, chip=calm(one.chip, gate)) for one in expected_journeys.of_journey(actor, row)]
    context = {
        "planned": planned,
        "unplanned": not planned,
        "line": floor.flight_of(actor, row, gate),
        "stands": _calm_stands(stands, gate),
        "columns": columns_of_stands(interpol.lines(stands)),
        "legs": [_leg(leg) for leg in Leg.objects.visible_to(actor).filter(journey=row).order_by("seq")],
        "deadlines": [{"it": one, "gate": gate} for one in _parties(actor, row)],
        "people": [
            _person(actor, one) | {"stands": _calm_stands(found.of_person[one.pk], gate), "gate": how.of_person[one.pk]}
            for one in people
        ],
        "hits": lines,
        "grade": calm(receipts.grade_chip(row.grade), gate),
        "holds": holds.holds_on(row, timezone.now().date()),
        "hold_new": _hold_new(actor, row.pk),
        "following": following and f"?after={following}#people",
        "begun": "after" in request.GET,
        "bookings": _bookings(row),
        "marking": dossier.MARKING if lines else {"level": 1, "caveat": ""},
    }
    return render(request, "jrcc/journey.html", context)


def _parties(actor: Any, row: Journey) -> Any:
    """By when each State wanted the list of a journey, and when it came."""
    found = JourneyParty.objects.visible_to(actor).filter(journey=row)
    return found.select_related("party").order_by("deadline_at", "party_id")


def _calm_stands(stands: Any, gate: Gate) -> list[dict[str, Any]]:
    """How INTERPOL has answered, in green only where the flight or person is settled."""
    return [{**line, "chip": calm(line["chip"], gate)} for line in interpol.lines(stands)]


def _hold_new(actor: Any, journey: Any, person: Any = "") -> str:
    """Where data are held by order; "" for a seat that holds none."""
    if not policy.may_hold(actor, None):
        return ""
    return f"{reverse('jrcc:hold_new')}?journey={journey}" + (f"&traveller={person}" if person else "")


def _booked(actor: Any) -> Any:
    """Whether the seat has bookings of a journey's flight."""
    flight = {"carrier": OuterRef("carrier_id"), "number": OuterRef("number"), "date": OuterRef("date")}
    return Exists(Booking.objects.visible_to(actor).filter(**flight))


def _bookings(row: Any) -> str:
    """Query of the page of its bookings; "" for who has none."""
    if not row.booked:
        return ""
    return "?" + urlencode({"carrier": row.carrier_id, "number": row.number, "day": f"{row.date:%d %b %Y}"})


def _travellers(request: Any, row: Journey) -> Any:
    papers = Prefetch("documents", queryset=Document.objects.visible_to(request.actor).order_by("pk"))
    rows = Traveller.objects.visible_to(request.actor).filter(journey=row, withdrawn_at=None)
    return rows.defer("keys").prefetch_related(papers)


def _in_order(rows: Any, after: str) -> tuple[list[Traveller], str]:
    """(travellers in the order of their lists, where the next page begins or "")."""
    seq, _dot, key = after.partition(".")
    if seq.isdecimal() and len(seq) < 9 and HEX.fullmatch(key):
        rows = rows.filter(Q(seq__gt=int(seq)) | Q(seq=int(seq), pk__gt=key))
    found = list(rows.order_by("seq", "pk")[: TRAVELLERS + 1])
    last = found[TRAVELLERS - 1] if len(found) > TRAVELLERS else None
    return found[:TRAVELLERS], f"{last.seq}.{last.pk.hex}" if last else ""


def _leg(leg: Leg) -> dict[str, Any]:
    return {"it": leg, "from_zone": place(leg.from_port).zone, "to_zone": place(leg.to_port).zone}


def _person(actor: Any, one: Traveller) -> dict[str, Any]:
    """A traveller as a list or page shows them; in mere transit through the seat's State without seat and booking."""
    transit = actor.party_code in one.transit_parties and actor.party_code not in one.parties
    return {
        "it": one,
        "name": floor.name_of(one),
        "born": receipts.day_words(one.birth_date),
        "born_or": receipts.day_words(one.birth_date_other),
        "status": receipts.STATUSES.get(one.status, one.status),
        "transit": transit,
        "seat": "" if transit else one.seat,
        "pnr": "" if transit else one.pnr,
        "carrier_reference": "" if transit else one.carrier_reference,
        "papers": [{"it": paper, "expires": receipts.day_words(paper.expires)} for paper in one.documents.all()],
    }


@require_GET
def traveller(request: Any, pk: Any) -> HttpResponse:
    """One traveller as the carrier declared them, their journey, and the hits that the seat may see."""
    actor = request.actor
    papers = Prefetch("documents", queryset=Document.objects.visible_to(actor).order_by("pk"))
    rows = Traveller.objects.visible_to(actor).select_related("journey").defer("keys").prefetch_related(papers)
    row = visible_or_404(with_hits_at_work(actor, rows), actor, pk)
    note_read(request, "traveller.read", row)
    lines = [floor.hit_line(actor, hit) for hit in floor.hit_rows(actor).filter(traveller=row).order_by("-pk")]
    found = interpol.stands(actor, (), [(row, row.journey)]).of_person
    gate = gates(actor, (), [(row, row.journey)], stands=found).of_person[row.pk]
    context = {
        "person": _person(actor, row),
        "gate": gate,
        "stands": _calm_stands(found[row.pk], gate),
        "route": floor.route_of(row.journey),
        "opens_journey": Journey.objects.visible_to(actor).filter(pk=row.journey_id).exists(),
        "hits": lines,
        "holds": holds.holds_of(actor, row, timezone.now().date()),
        "hold_new": _hold_new(actor, row.journey_id, row.pk),
        "amendments": list(Amendment.objects.visible_to(actor).filter(traveller=row.pk).order_by("-pk")[:20]),
        "may_amend": bool(policy.may_amend(actor, None)) and row.masked_at is None,
        "marking": dossier.MARKING if lines else {"level": 1, "caveat": ""},
    }
    return render(request, "jrcc/traveller.html", context)
