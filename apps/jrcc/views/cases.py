"""Cases of a State against carriers: the list, one with its evidence, and the acts of State and carrier."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.acts import buttons, carry_out
from apps.access.doors import REGISTRY
from apps.access.paging import cut
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.jrcc import policy
from apps.jrcc.actions import cases as actions
from apps.jrcc.models import ComplianceCase, PenaltyRule
from apps.jrcc.views.verbs import verb_page

ROWS = 50
CHIPS = {
    "open": ("info", "half"),
    "notified": ("info", "send"),
    "explained": ("info", "message"),
    "proposed": ("warn", "clock"),
    "penalty": ("bad", "scale"),
    "appealed": ("warn", "history"),
    "waived": ("mute", "minus"),
    "paid": ("ok", "check"),
}
PRIMARY = {"open": "notify", "notified": "decide", "explained": "decide", "proposed": "confirm", "penalty": "pay"}


@require_GET
def cases(request: Any) -> HttpResponse:
    """Cases that the seat may see, newest first; and whether the State's law provides for any."""
    actor = request.actor
    rows = ComplianceCase.objects.visible_to(actor).select_related("carrier", "party", "rule")
    found, older, newer = cut(rows, request.GET, ROWS)
    rules = PenaltyRule.objects.visible_to(actor).filter(party=actor.party_code)
    context = {
        "lines": [_line(actor, row) for row in found],
        "rules": list(rules),
        "may_open": bool(policy.may_open_case(actor, None)),
        "for_carrier": actor.function == "carrier",
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
    }
    return render(request, "jrcc/cases.html", context)


def _line(actor: Any, row: ComplianceCase) -> dict[str, Any]:
    """A case as a list shows it; the carrier reads an amount when it is set, not when it is proposed."""
    kind, picture = CHIPS[row.state]
    told = actor.party_code == row.party_id or row.confirmed_by
    amount = f"{row.amount_minor / 100:,.2f} {row.rule.currency}" if row.amount_minor and told else ""
    return {"it": row, "chip": (kind, picture, row.get_state_display()), "amount": amount}


@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Open a case."""
    verdict = policy.may_open_case(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    run = partial(actions.open_case, request.actor, None)
    onward = lambda done: reverse("jrcc:compliancecase", args=[done.pk])  # noqa: E731
    initial = {name: request.GET.get(name, "")[:10] for name in ("carrier", "first", "last")}
    shown: dict[str, Any] = {"title": request.actor.party_name, "back": reverse("jrcc:cases"), "initial": initial}
    return carry_out(request, REGISTRY["case.open"], None, "jrcc/do.html", onward, run=run, **shown)


@require_GET
def case(request: Any, pk: Any) -> HttpResponse:
    """One case: facts, frozen evidence, what each side said, and what the seat may do."""
    row = _case(request, pk)
    facts = [
        {
            **fact,
            "date": parse_date(fact["date"]),
            "deadline_at": parse_datetime(fact["deadline_at"]),
            "received_at": parse_datetime(fact["received_at"]) if fact["received_at"] else None,
        }
        for fact in row.evidence
    ]
    context = {
        "line": _line(request.actor, row),
        "facts": facts,
        "zone": row.party.time_zone,
        "for_state": request.actor.party_code == row.party_id,
        "offers": buttons(request.actor, row, partial(_place, row), {"confirm", "notify", "return"}),
        "primary": PRIMARY.get(row.state, ""),
        "version": row.version,
    }
    return render(request, "jrcc/compliancecase.html", context)


def _case(request: Any, pk: Any) -> ComplianceCase:
    rows = ComplianceCase.objects.visible_to(request.actor).select_related("carrier", "party", "rule")
    row: ComplianceCase = visible_or_404(rows, request.actor, pk)
    return row


def _place(row: ComplianceCase, verb: str) -> str:
    return reverse("jrcc:case_do", args=[row.pk, verb])


@require_http_methods(["GET", "POST"])
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """The page of a verb, and its try."""
    row = _case(request, pk)
    title, place = f"{row}, {row.carrier.name}", reverse("jrcc:compliancecase", args=[pk])
    return verb_page(request, row, "case", verb, title=title, place=place)
