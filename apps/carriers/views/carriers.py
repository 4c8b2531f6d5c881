"""Carriers: who they are and how they are reached, their scorecards, and the journeys behind each figure."""

import datetime
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.declared_actions import REGISTRY
from apps.access.downloads import download_csv
from apps.access.forms import posted_version
from apps.access.marking import OFFICIAL, marked
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.carriers import policy
from apps.carriers.actions import carriers as actions
from apps.carriers.lists import Scorecard, ScoredJourneys, lines_by_month, lines_by_state
from apps.carriers.models import CarrierContact
from apps.carriers.queries import score_charts
from apps.carriers.queries import scores as scores_queries
from apps.journeys.models import Carrier
from apps.pages.verb_pages import TEMPLATE, VerbPages, answer_form, find_verb, refuse_early

MONTHS = 12

verbs = VerbPages(
    noun="carrier",
    address="jrcc:carrier_do",
    rows=lambda actor: scores_queries.carriers(actor).select_related("merged_into"),
    key="code",
    page=lambda row: reverse("jrcc:carrier", args=[row.code]),
    title=lambda row: f"{row.code} {row.name}",
    whence=(pgettext_lazy("link, jrcc", "Carriers"), "jrcc:carriers"),
)


def _month(text: str) -> datetime.date:
    """The first day of `2026-11`; of this month for anything else."""
    try:
        return datetime.date.fromisoformat(f"{text}-01")
    except ValueError:
        return timezone.now().date().replace(day=1)


def _span(first: datetime.date, **more: str) -> scores_queries.Wanted:
    return scores_queries.Wanted(first, score_charts.last_of(first), **more)


@require_GET
def carriers(request: Any) -> HttpResponse:
    """All carriers that the seat may see with their figures of a month, and a map of carrier by day."""
    actor, found = request.actor, Scorecard(request)
    known, counted = found.known, {score.key for score in found.figures}
    to_settle = [row for row in known.values() if row.state == Carrier.State.PROVISIONAL]
    return found.answer(
        others=[row for code, row in sorted(known.items()) if code not in counted],
        to_settle=to_settle if policy.may_settle_carrier(actor, None) else [],
        heat=score_charts.heat(scores_queries.by_day(actor, found.wanted()), found.first),
    )


@require_GET
def export_carriers(request: Any) -> HttpResponse:
    """The scores of a month as CSV."""
    first, party = _month(request.GET.get("month", "")), request.GET.get("state", "").upper()[:3]
    scores = scores_queries.scores(request.actor, _span(first, party=party), "carrier")
    rows = [score_charts.HEAD, *(score_charts.cells(first, party, score) for score in scores)]
    return download_csv(rows, f"carriers-{first:%Y-%m}", OFFICIAL)


@require_GET
@marked(OFFICIAL)
def carrier(request: Any, code: str) -> HttpResponse:
    """One carrier: contacts, who sends for it, its figures by State, and the trend of a year."""
    actor, first = request.actor, _month(request.GET.get("month", ""))
    row = verbs.find(actor, code)
    back = score_charts.months_back(timezone.now().date(), MONTHS)
    year = scores_queries.Wanted(back[-1], score_charts.last_of(back[0]), carrier=row.code)
    by_month = scores_queries.scores(actor, year, "month")
    contacts = CarrierContact.objects.visible_to(actor).filter(carrier=row, state="current").order_by("kind", "pk")
    context = {
        "row": row,
        "first": first,
        "months": back,
        "contacts": contacts,
        "keeps": _keeps(actor, row),
        "offers": verbs.buttons(actor, row),
        "primary": "confirm",
        "senders": scores_queries.senders(actor, row.code, timezone.now() - datetime.timedelta(days=90)),
        "repeated": scores_queries.repeated(actor, row.code, first, score_charts.last_of(first)),
        "states": lines_by_state(row, first, scores_queries.scores(actor, _span(first, carrier=row.code), "party")),
        "trend": score_charts.trend(by_month, back),
        "by_month": lines_by_month(row, by_month),
    }
    return render(request, "jrcc/carrier.html", context)


def _keeps(actor: Any, row: Carrier) -> bool:
    verdict = policy.may_schedule(actor, None)
    return bool(verdict) and actor.function in {"watch", "carrier"}


@require_GET
def lists(request: Any, code: str) -> HttpResponse:
    """The journeys behind a figure."""
    found = ScoredJourneys(request, home=verbs.find(request.actor, code))
    return found.answer(home=found.home, query=found.query)


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def contact_new(request: Any, code: str) -> HttpResponse:
    """Add a contact."""
    row = verbs.find(request.actor, code)
    verdict = policy.may_schedule(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    place = verbs.page(row)
    shown: dict[str, Any] = {"title": str(row.name), "back": place, "initial": {"carrier": row.code}}
    run = partial(actions.add_carrier_contact, request.actor, None)
    spec = REGISTRY["carrier_contact.add"]
    return answer_form(request, spec, None, TEMPLATE, lambda _done: place, run=run, **shown)


@require_POST
def contact_end(request: Any, pk: Any) -> HttpResponse:
    """End a contact."""
    row = visible_or_404(CarrierContact, request.actor, pk)
    refuse_early(request.actor, row, find_verb("carrier_contact", "end"))
    actions.end_carrier_contact(request.actor, row, version=posted_version(request))
    return redirect("jrcc:carrier", code=row.carrier_id)
