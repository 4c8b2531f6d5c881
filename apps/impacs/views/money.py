"""The budget: lines with what is free, per donor and per clause; programmes, funds, and one line with its amounts."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.doors import REGISTRY
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.council.views.acts import carry_out
from apps.impacs.models import BudgetLine
from apps.impacs.policy import tasks as policy
from apps.impacs.queries import money as queries
from apps.impacs.queries.progress import today_of
from apps.impacs.views import acts

MADE = {"line": "budget_line.create", "fund": "fund.create", "programme": "programme.create"}


@require_GET
def budget(request: Any) -> HttpResponse:
    """Lines of a year (`?year=`, this one to begin with), what is free on them, per donor and per clause."""
    actor = request.actor
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else today_of(actor).year
    found = queries.lines(actor, year)
    context = {
        "year": year,
        "years": sorted({year, *queries.years(actor)}, reverse=True),
        "lines": found,
        "donors": queries.per_donor(found),
        "clauses": queries.per_clause(actor, year),
        "may_direct": bool(policy.may_direct(actor, None)),
        "marking": {"level": 1},
    }
    return render(request, "impacs/budget.html", context)


@require_GET
def line(request: Any, pk: Any) -> HttpResponse:
    """One budget line: what was promised and paid, for which task, at which rate."""
    actor = request.actor
    rows = BudgetLine.objects.visible_to(actor).select_related("fund", "programme")
    row = visible_or_404(rows, actor, pk)
    (stands,) = queries.standings([row])
    context = {
        "row": row,
        "stands": stands,
        "amounts": queries.amounts(actor, row),
        "eligible": queries.names_of(row.fund.eligible_categories),
        "ended": row.fund.valid_to is not None and row.fund.valid_to <= today_of(actor),
        "offers": acts.buttons(actor, row, "budget"),
        "primary": "commit",
        "version": row.version,
        "marking": {"level": row.level},
    }
    return render(request, "impacs/budget_line.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Any, kind: str) -> HttpResponse:
    """A new budget line, fund or programme."""
    if not (verdict := policy.may_direct(request.actor, None)):
        raise Refused("may-not", getattr(verdict, "code", ""))
    back = reverse("impacs:budget")
    onward = lambda done: reverse("impacs:line", args=[done.pk]) if kind == "line" else back  # noqa: E731
    initial = {"year": datetime.date.today().year} if kind == "line" else {}
    return carry_out(request, REGISTRY[MADE[kind]], None, onward, initial=initial, back=back, whence=_("Budget"))
