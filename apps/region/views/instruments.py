"""The register of instruments: the list on a day, and one instrument with its parties, rule and reservations."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from apps.access.refused import Refused
from apps.files.queries import files_of
from apps.region.models import Instrument, InstrumentParty, InstrumentStep, Objection, Reservation
from apps.region.policy import instruments as policy
from apps.region.queries import instruments as reading
from apps.region.queries.counting import EVERY
from apps.region.queries.rule_words import sentences
from apps.region.views.acts import buttons
from apps.region.views.common import asked, page

STATUSES = {
    "negotiating": ("mute", "pen", _("being negotiated")),
    "text_agreed": ("mute", "file-text", _("text agreed")),
    "open_for_signature": ("info", "signature", _("open for signature")),
    "signed_not_in_force": ("warn", "clock", _("signed, not in force")),
    "provisionally_applied": ("info", "clock", _("provisionally applied")),
    "in_force": ("ok", "circle-check", _("in force")),
    "terminated": ("mute", "circle-x", _("terminated")),
}
"""Chip of each status: kind, picture, words."""


@require_GET
def instruments(request: Any) -> HttpResponse:
    """All instruments as they stood on a day."""
    form = asked(request)
    found = reading.standings(request.actor, form.day, form.known, provenances=EVERY)
    context = {
        "at": "region:instruments",
        "rows": [(each, STATUSES[each.status]) for each in found.values()],
        "in_force": sum(each.status == "in_force" for each in found.values()),
        "may_register": bool(policy.is_depositary(request.actor, None)),
    }
    return page(request, "region/instruments.html", form, **context)


@require_GET
def instrument(request: Any, code: str) -> HttpResponse:
    """One instrument: when it entered into force and by which steps, who is bound since when."""
    form, actor = asked(request), request.actor
    standing = reading.standings(actor, form.day, form.known, codes=[code], provenances=EVERY).get(code)
    if standing is None:
        raise Refused("not-visible")
    row = standing.instrument
    reservations = Reservation.objects.visible_to(actor).known(form.known).filter(of__instrument=row)
    objections = Objection.objects.visible_to(actor).known(form.known).filter(reservation__of__instrument=row)
    told = InstrumentStep.objects.visible_to(actor).known(form.known).filter(instrument=row)
    against: dict[Any, list[Objection]] = {}
    for each in objections.order_by("on"):
        against.setdefault(each.reservation_id, []).append(each)
    context = {
        "at": "region:instruments",
        "row": row,
        "standing": standing,
        "chip": STATUSES[standing.status],
        "rule": sentences(standing.finding) if standing.finding else [],
        "notified": list(told.order_by("on")),
        "lines": [(line, buttons(actor, line.row)) for line in standing.lines],
        "reservations": [(each, against.get(each.pk, [])) for each in reservations.select_related("of").order_by("on")],
        "files": files_of(actor, row),
        "offers": buttons(actor, row),
    }
    return page(request, "region/instrument.html", form, **context)


@require_GET
def instrument_of(request: Any, pk: Any) -> HttpResponse:
    """On to the instrument with this id, or of the party with this id: where notices lead."""
    of_party = InstrumentParty.objects.visible_to(request.actor).filter(pk=pk).values("instrument")
    seen = Instrument.objects.visible_to(request.actor)
    row = seen.filter(Q(pk=pk) | Q(pk__in=of_party)).first()
    if row is None:
        raise Refused("not-visible")
    return redirect("region:instrument", row.code)
