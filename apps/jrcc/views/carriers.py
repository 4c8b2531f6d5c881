"""Carriers: who they are and how they are reached, their scorecards, and the journeys behind each figure."""

import csv
import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.acts import ask, buttons, carry_out, spec_of
from apps.access.doors import REGISTRY
from apps.access.forms import posted_version
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.jrcc import boards, policy
from apps.jrcc.actions import carriers as actions
from apps.jrcc.models import Carrier, CarrierContact
from apps.jrcc.scores import charts, queries
from apps.jrcc.views.verbs import verb_page

WHAT = {
    "": gettext_lazy("Lists received"),
    "in_time": gettext_lazy("In time"),
    "late": gettext_lazy("Late"),
    "missing": gettext_lazy("Missing"),
    "incomplete": gettext_lazy("With travellers whose data are not complete"),
    "corrected": gettext_lazy("Lists that needed correction"),
}
MONTHS, DAYS = 12, 30


def _month(text: str) -> datetime.date:
    """The first day of `2026-11`; of this month for anything else."""
    try:
        return datetime.date.fromisoformat(f"{text}-01")
    except ValueError:
        return timezone.now().date().replace(day=1)


def _span(first: datetime.date, **more: str) -> queries.Wanted:
    return queries.Wanted(first, charts.last_of(first), **more)


@require_GET
def carriers(request: Any) -> HttpResponse:
    """All carriers that the seat may see with their figures of a month, and a map of carrier by day."""
    actor, first = request.actor, _month(request.GET.get("month", ""))
    party = request.GET.get("state", "").upper()[:3]
    known = {row.code: row for row in queries.carriers(actor)}
    scores = queries.scores(actor, _span(first, party=party), "carrier")
    for score in scores:
        score.name = known[score.key].name if score.key in known else score.key
    counted = {score.key for score in scores}
    context = {
        "first": first,
        "months": charts.months_back(timezone.now().date(), MONTHS),
        "party": party,
        "scores": scores,
        "others": [row for code, row in sorted(known.items()) if code not in counted],
        "provisional": {row.code for row in known.values() if row.provisional},
        "to_settle": [row for row in known.values() if row.state == Carrier.State.PROVISIONAL]
        if policy.may_settle_carrier(actor, None)
        else [],
        "heat": charts.heat(queries.by_day(actor, _span(first, party=party)), first),
        "query": urlencode({"month": f"{first:%Y-%m}", "state": party}),
    }
    return render(request, "jrcc/carriers.html", context)


@require_GET
def export(request: Any) -> HttpResponse:
    """The scores of a month as CSV."""
    first, party = _month(request.GET.get("month", "")), request.GET.get("state", "").upper()[:3]
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="carriers-{first:%Y-%m}.csv"'
    out = csv.writer(response)
    out.writerow(charts.HEAD)
    for score in queries.scores(request.actor, _span(first, party=party), "carrier"):
        out.writerow(charts.cells(first, party, score))
    return response


@require_GET
def carrier(request: Any, code: str) -> HttpResponse:
    """One carrier: contacts, who sends for it, its figures by State, and the trend of a year."""
    actor, first = request.actor, _month(request.GET.get("month", ""))
    row = _carrier(actor, code)
    back = charts.months_back(timezone.now().date(), MONTHS)
    year = queries.Wanted(back[-1], charts.last_of(back[0]), carrier=row.code)
    contacts = CarrierContact.objects.visible_to(actor).filter(carrier=row, state="current").order_by("kind", "pk")
    context = {
        "row": row,
        "first": first,
        "months": back,
        "contacts": contacts,
        "keeps": _keeps(actor, row),
        "offers": buttons(actor, row, partial(_place, row), {"refuse"}),
        "primary": "confirm",
        "senders": queries.senders(actor, row.code, timezone.now() - datetime.timedelta(days=90)),
        "repeated": queries.repeated(actor, row.code, first, charts.last_of(first)),
        "states": queries.scores(actor, _span(first, carrier=row.code), "party"),
        "trend": charts.trend(queries.scores(actor, year, "month"), back),
        "query": urlencode({"month": f"{first:%Y-%m}"}),
    }
    return render(request, "jrcc/carrier.html", context)


def _carrier(actor: Any, code: str) -> Carrier:
    row = queries.carriers(actor).select_related("merged_into").filter(code=code).first()
    if row is None:
        raise Refused("not-visible")
    found: Carrier = row
    return found


def _place(row: Carrier, verb: str) -> str:
    return reverse("jrcc:carrier_do", args=[row.code, verb])


@require_http_methods(["GET", "POST"])
def do(request: Any, code: str, verb: str) -> HttpResponse:
    """Say who a carrier is that only a list has named."""
    row = _carrier(request.actor, code)
    place = reverse("jrcc:carrier", args=[row.code])
    return verb_page(request, row, "carrier", verb, title=f"{row.code} {row.name}", place=place)


def _keeps(actor: Any, row: Carrier) -> bool:
    verdict = policy.may_schedule(actor, None)
    return bool(verdict) and actor.function in {"watch", "carrier"}


@require_GET
def lists(request: Any, code: str) -> HttpResponse:
    """The journeys behind a figure."""
    row, first = _carrier(request.actor, code), _month(request.GET.get("month", ""))
    filters = boards.chosen(request.GET, "what", "state")
    what = filters.get("what", "")
    if what not in WHAT:
        raise Refused("not-visible")
    wanted = _span(first, carrier=row.code, party=filters.get("state", "").upper())
    context = {
        "row": row,
        "first": first,
        "what": WHAT[what],
        "party": wanted.party,
        "lines": queries.lines(request.actor, wanted, what),
        "most": queries.MOST_LINES,
    }
    return render(request, "jrcc/carrier_lists.html", context)


@require_http_methods(["GET", "POST"])
def contact_new(request: Any, code: str) -> HttpResponse:
    """Add a contact."""
    row = _carrier(request.actor, code)
    verdict = policy.may_schedule(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    place = reverse("jrcc:carrier", args=[row.code])
    shown: dict[str, Any] = {"title": str(row.name), "back": place, "initial": {"carrier": row.code}}
    run = partial(actions.add_contact, request.actor, None)
    spec = REGISTRY["carrier_contact.add"]
    return carry_out(request, spec, None, "jrcc/do.html", lambda _done: place, run=run, **shown)


@require_POST
def contact_end(request: Any, pk: Any) -> HttpResponse:
    """End a contact."""
    row = visible_or_404(CarrierContact, request.actor, pk)
    ask(request.actor, row, spec_of("carrier_contact", "end"))
    actions.end_contact(request.actor, row, version=posted_version(request))
    return redirect("jrcc:carrier", code=row.carrier_id)
