"""Numbers of the floor for supervisors: times by State, carrier and list, work by the hour, as a page and as a file."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from apps.access.refused import Refused
from apps.jrcc import policy, service
from apps.jrcc.service import numbers as counting
from apps.region.views.common import as_csv
from apps.screening.views.report import PeriodForm

SHOWN = 30
"""Lines of each table; the file has all."""


@require_GET
def numbers(request: Any) -> HttpResponse:
    """How long each step took, by State, carrier and list, and work by the hour of the desk's day."""
    form = _form(request)
    if not form.is_valid():
        return render(request, "jrcc/numbers.html", {"form": form, "marking": {"level": 1}}, status=422)
    facts, tables = _counted(request, form)
    context = {
        "form": form,
        "period": form.cleaned_data,
        "whole": counting.row(_("All"), facts),
        "names": counting.step_names(),
        "tables": [(words, rows[:SHOWN]) for words, rows in tables],
        "hours": counting.hours(facts, request.actor.time_zone),
        "query": f"?first={form.cleaned_data['first']}&last={form.cleaned_data['last']}",
        "marking": {"level": 1},
    }
    return render(request, "jrcc/numbers.html", context)


@require_GET
def numbers_csv(request: Any) -> HttpResponse:
    """The same tables as a file."""
    form = _form(request)
    if not form.is_valid():
        return render(request, "jrcc/numbers.html", {"form": form, "marking": {"level": 1}}, status=422)
    _facts, tables = _counted(request, form)
    return as_csv(counting.lines(tables), "floor-numbers")


def _form(request: Any) -> PeriodForm:
    if not policy.may_read_numbers(request.actor):
        raise Refused("not-visible")
    return PeriodForm(request.GET)


def _counted(request: Any, form: PeriodForm) -> tuple[list[counting.Fact], list[tuple[str, list[counting.Row]]]]:
    begin, end = form.moments()
    facts = service.facts(request.actor, begin, end)
    late = service.overdue_steps(request.actor, begin, end)
    return facts, [
        (_("By State that acts"), counting.by(facts, lambda fact: fact.states, late)),
        (_("By carrier"), counting.by(facts, lambda fact: [fact.carrier])),
        (_("By list"), counting.by(facts, lambda fact: [fact.list_name])),
    ]
