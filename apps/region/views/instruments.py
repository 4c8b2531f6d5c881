"""The register of instruments: the list on a day, and one instrument with its parties, rule and reservations."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.refusal import Refused
from apps.files.queries.attachments import files_of
from apps.region.lists.instruments import bound_strips, instrument_rows, party_rows
from apps.region.models import Instrument, InstrumentParty, InstrumentStep, Objection, Reservation
from apps.region.policy import instruments as policy
from apps.region.queries import instruments as reading
from apps.region.queries.counts import EVERY
from apps.region.queries.rule_words import describe_count_rule
from apps.region.views.common import asked, kept_days, page
from apps.region.views.verbs import answer_new, register_verbs

STATUSES = {
    "negotiating": ("mute", "pen", pgettext_lazy("status, region", "being negotiated")),
    "text_agreed": ("mute", "file-text", pgettext_lazy("status, region", "text agreed")),
    "open_for_signature": ("info", "signature", _("open for signature")),
    "signed_not_in_force": ("warn", "clock", _("signed, not in force")),
    "provisionally_applied": ("info", "clock", pgettext_lazy("status, region", "provisionally applied")),
    "in_force": ("ok", "circle-check", pgettext_lazy("status, region", "in force")),
    "terminated": ("mute", "circle-x", pgettext_lazy("status, region", "terminated")),
}
"""Chip of each status: kind, picture, words."""

INSTRUMENTS = (pgettext_lazy("navigation, region", "Instruments"), "region:instruments")
verbs = register_verbs(
    Instrument,
    "instrument",
    "instruments",
    lambda row: reverse("region:instrument", args=[row.code]),
    whence=INSTRUMENTS,
)
party_verbs = register_verbs(
    InstrumentParty,
    "instrument_party",
    "parties",
    lambda row: reverse("region:instrument", args=[row.instrument.code]),
    whence=INSTRUMENTS,
)


@require_GET
def instruments(request: Any) -> HttpResponse:
    """All instruments as they stood on a day."""
    form = asked(request)
    found = reading.read_instrument_standings(request.actor, form.day, form.known, provenances=EVERY)
    rows = instrument_rows(((each, None, STATUSES[each.status]) for each in found.values()), kept_days(request, form))
    recorded = [row for row in rows if row["standing"].recorded]
    context = {
        "rows": rows,
        "recorded": recorded,
        "bound": bound_strips(recorded),
        "in_force": sum(each.status == "in_force" for each in found.values()),
        "may_register": bool(policy.is_depositary(request.actor, None)),
    }
    return page(request, "region/instruments.html", form, **context)


@require_http_methods(["GET", "POST"])
def show_new_instrument(request: Any) -> HttpResponse:
    """Enter an instrument."""
    return answer_new(request, verbs, INSTRUMENTS[0], reverse(INSTRUMENTS[1]))


@require_GET
def instrument(request: Any, code: str) -> HttpResponse:
    """One instrument: when it entered into force and by which steps, who is bound since when."""
    form, actor = asked(request), request.actor
    standing = reading.read_instrument_standings(actor, form.day, form.known, codes=[code], provenances=EVERY).get(code)
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
        "row": row,
        "standing": standing,
        "chip": STATUSES[standing.status],
        "rule": describe_count_rule(standing.finding) if standing.finding else [],
        "notified": list(told.order_by("on")),
        "lines": party_rows(standing.lines, lambda line: party_verbs.buttons(actor, line)),
        "reservations": [(each, against.get(each.pk, [])) for each in reservations.select_related("of").order_by("on")],
        "files": files_of(actor, row),
        "offers": verbs.buttons(actor, row),
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
