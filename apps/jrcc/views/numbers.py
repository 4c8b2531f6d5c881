"""Numbers of the floor for supervisors: times by State, carrier and list, work by the hour, as a page and as a file."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from apps.access.downloads import download_csv
from apps.access.marking import OFFICIAL
from apps.access.refusal import Refused
from apps.jrcc import policy
from apps.jrcc.lists import STEPS_BY, columns_of_steps
from apps.jrcc.queries import service_levels
from apps.jrcc.rules import numbers as counting
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
        "whole": counting.row(pgettext("words, jrcc", "All"), facts),
        "names": counting.step_names(),
        "tables": [
            {"code": f"jrcc.steps_by_{code}", "words": words, "rows": rows[:SHOWN], "columns": columns_of_steps(rows)}
            for code, (words, rows) in zip(STEPS_BY, tables, strict=True)
        ],
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
    return download_csv(counting.lines(tables), "floor-numbers", OFFICIAL)


def _form(request: Any) -> PeriodForm:
    if not policy.may_read_numbers(request.actor):
        raise Refused("not-visible")
    return PeriodForm(request.GET)


def _counted(request: Any, form: PeriodForm) -> tuple[list[counting.Fact], list[tuple[str, list[counting.Row]]]]:
    begin, end = form.moments()
    facts = service_levels.facts(request.actor, begin, end)
    late = service_levels.overdue_steps(request.actor, begin, end)
    keys: dict[str, Any] = {
        "state": lambda fact: fact.states,
        "carrier": lambda fact: [fact.carrier],
        "list": lambda fact: [fact.list_name],
    }
    return facts, [
        (str(words), counting.by(facts, keys[code], late if code == "state" else None))
        for code, words in STEPS_BY.items()
    ]
