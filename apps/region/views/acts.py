"""One page for every verb of the register: what it does, its fields, its faults; the same input as over the API."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.access import acts
from apps.access.acts import ask
from apps.access.doors import REGISTRY, Spec, offers
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.region.models import Indicator, Instrument, InstrumentParty, Participation, Track

# collection in the address: (model, noun of its verbs)
RECORDS: dict[str, tuple[Any, str]] = {
    "participations": (Participation, "participation"),
    "instruments": (Instrument, "instrument"),
    "parties": (InstrumentParty, "instrument_party"),
    "measures": (Track, "measure"),
    "indicators": (Indicator, "indicator"),
}
DANGEROUS = frozenset({"withdraw", "suspend", "terminate", "repeal", "reject", "notify_withdrawal", "close"})
"""Verbs whose button is outlined in red and never the default."""


def page_of(row: Any) -> str:
    """The page of a record of the register."""
    if isinstance(row, Instrument):
        return reverse("region:instrument", args=[row.code])
    if isinstance(row, InstrumentParty):
        return reverse("region:instrument", args=[row.instrument.code])
    if isinstance(row, Indicator):
        return reverse("region:indicator", args=[row.code])
    return reverse("region:track" if isinstance(row, Track) else "region:participation", args=[row.pk])


def buttons(actor: Any, row: Any) -> list[dict[str, Any]]:
    """What the seat may do with a record, for components/actions.html; what is not its work is absent."""
    collection = next(name for name, (model, _noun) in RECORDS.items() if isinstance(row, model))
    return [
        {
            "verb": offer.verb,
            "label": offer.label,
            "allowed": True,
            "why_not": "",
            "url": reverse("region:act", args=[collection, row.pk, offer.verb]),
            "asks": True,
            "danger": offer.verb in DANGEROUS,
        }
        for offer in offers(actor, row)
        if offer.allowed
    ]


@require_http_methods(["GET", "POST"])
def act(request: Any, collection: str, pk: Any, verb: str) -> HttpResponse:
    """Ask for the input of a verb, and carry it out on POST; a refused verb says why before anything is typed."""
    model, noun = RECORDS.get(collection, (None, ""))
    spec = acts.spec_of(noun, verb)
    row = visible_or_404(model, request.actor, pk)
    if request.method == "GET":
        ask(request.actor, row, spec)
    return carry_out(request, spec, row)


@require_http_methods(["GET", "POST"])
def new(request: Any, collection: str) -> HttpResponse:
    """Enter an instrument or an indicator."""
    _model, noun = RECORDS.get(collection, (None, ""))
    spec = REGISTRY.get(f"{noun}.create")
    if spec is None:
        raise Refused("not-visible")
    verdict = spec.policy(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    return carry_out(request, spec, None)


def carry_out(request: Any, spec: Spec, row: Any) -> HttpResponse:
    """The page of an act, then the page of what it changed."""
    back = page_of(row) if row is not None else reverse(f"region:{spec.verb.split('.')[0]}s")
    context: dict[str, Any] = {"back": back, "marking": {"level": 1}}
    return acts.carry_out(request, spec, row, "region/act.html", lambda done: _onward(request, done), **context)


def _onward(request: Any, done: Any) -> str:
    messages.success(request, _("It stands in the register."))
    return page_of(done)
