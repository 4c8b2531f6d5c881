"""The budget: lines with what is free, per donor and per clause; programmes, funds, and one line with its amounts."""

import datetime
from operator import itemgetter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.marking import OFFICIAL, marked
from apps.access.queries import visible_or_404
from apps.impacs.models import BudgetLine
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.plan.policy import tasks as policy
from apps.impacs.queries import money as queries
from apps.pages.verb_pages import TEMPLATE, VerbPages, answer_form, refuse_early

MADE = {"line": "budget_line.create", "fund": "fund.create", "programme": "programme.create"}
verbs = VerbPages(
    noun="budget_line",
    address="impacs:act_budget",
    rows=BudgetLine.objects.visible_to,
    page=lambda row: reverse("impacs:line", args=[row.pk]),
    whence=(pgettext_lazy("link, impacs", "Budget"), "impacs:budget"),
    tries_first=True,
)


@require_GET
def budget(request: Any) -> HttpResponse:
    """Lines of a year (`?year=`, this one to begin with), what is free on them, per donor and per clause."""
    actor = request.actor
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else today_of(actor).year
    found = queries.find_budget_lines(actor, year)
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
    (stands,) = queries.read_line_standings([row])
    context = {
        "row": row,
        "stands": stands,
        "amounts": [{**one, "currency": stands.currency} for one in queries.amounts(actor, row)],
        "eligible": queries.names_of(row.fund.eligible_categories),
        "ended": row.fund.valid_to is not None and row.fund.valid_to <= today_of(actor),
        "offers": sorted(verbs.buttons(actor, row), key=itemgetter("danger")),
        "primary": "commit",
        "version": row.version,
        "marking": {"level": row.level},
    }
    return render(request, "impacs/budget_line.html", context)


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def show_new_budget(request: Any, kind: str) -> HttpResponse:
    """A new budget line, fund or programme."""
    spec, back = REGISTRY[MADE[kind]], reverse("impacs:budget")
    refuse_early(request.actor, None, spec)
    onward = lambda done: verbs.page(done) if kind == "line" else back  # noqa: E731
    initial = {"year": datetime.date.today().year} if kind == "line" else {}
    shown: dict[str, Any] = {"title": pgettext("words, impacs", "Budget"), "back": back, "initial": initial}
    return answer_form(request, spec, None, TEMPLATE, onward, **shown)
