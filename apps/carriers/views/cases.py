"""Cases of a State against carriers: the list, one with its evidence, and the acts of State and carrier."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.marking import OFFICIAL, marked, of
from apps.carriers import titles
from apps.carriers.actions import cases as actions
from apps.carriers.lists import Cases
from apps.carriers.models import ComplianceCase
from apps.carriers.queries.cases import case_line
from apps.pages.verb_pages import TEMPLATE, VerbPages, answer_form, refuse_early

PRIMARY = {"open": "notify", "notified": "decide", "explained": "decide", "proposed": "confirm", "penalty": "pay"}

verbs = VerbPages(
    noun="case",
    address="jrcc:case_do",
    rows=lambda actor: ComplianceCase.objects.visible_to(actor).select_related("carrier", "party", "rule"),
    page=lambda row: reverse("jrcc:compliancecase", args=[row.pk]),
    title=lambda row: titles.compliance_case(row.carrier.name),
    whence=(_("Cases against carriers"), "jrcc:cases"),
)


@require_GET
def cases(request: Any) -> HttpResponse:
    """Cases that the seat may see, newest first; and whether the State's law provides for any."""
    found = Cases(request)
    return found.answer(rules=found.rules)


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def show_new_case(request: Any) -> HttpResponse:
    """Open a case."""
    spec = REGISTRY["case.open"]
    refuse_early(request.actor, None, spec)
    run = partial(actions.open_carrier_case, request.actor, None)
    onward = lambda done: reverse("jrcc:compliancecase", args=[done.pk])  # noqa: E731
    initial = {name: request.GET.get(name, "")[:10] for name in ("carrier", "first", "last")}
    shown: dict[str, Any] = {"title": request.actor.party_name, "back": reverse("jrcc:cases"), "initial": initial}
    return answer_form(request, spec, None, TEMPLATE, onward, run=run, **shown)


@require_GET
def case(request: Any, pk: Any) -> HttpResponse:
    """One case: facts, frozen evidence, what each side said, and what the seat may do."""
    row = verbs.find(request.actor, pk)
    facts = [
        {
            **fact,
            "zone": row.party.time_zone,
            "date": parse_date(fact["date"]),
            "deadline_at": parse_datetime(fact["deadline_at"]),
            "received_at": parse_datetime(fact["received_at"]) if fact["received_at"] else None,
        }
        for fact in row.evidence
    ]
    context = {
        "line": case_line(request.actor, row),
        "title": titles.compliance_case(row.carrier.name),
        "marking": of(row),
        "facts": facts,
        "for_state": request.actor.party_code == row.party_id,
        "offers": verbs.buttons(request.actor, row),
        "primary": PRIMARY.get(row.state, ""),
        "version": row.version,
    }
    return render(request, "jrcc/compliancecase.html", context)
