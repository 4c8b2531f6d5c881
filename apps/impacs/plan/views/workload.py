"""Who has how much to do: people by weeks, and when they are away."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.access.declared_actions import REGISTRY, offers
from apps.access.marking import OFFICIAL, marked
from apps.access.queries import visible_or_404
from apps.impacs.lists.plan import weeks_grid
from apps.impacs.models import Absence
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.plan.policy.tasks import may_create
from apps.impacs.plan.queries import workload as reading
from apps.impacs.plan.queries.rules_in_force import limits_on
from apps.impacs.plan.rules import workload
from apps.impacs.plan.views.plan import views_of
from apps.pages.verb_pages import TEMPLATE, answer_form, refuse_early

FIRST, LAST = datetime.date(2000, 1, 3), datetime.date(2099, 1, 1)
LEVELS = {
    workload.FREE: ("ok", ""),
    workload.FULL: ("info", ""),
    workload.WARN: ("warn", "alert"),
    workload.BLOCK: ("bad", "lock"),
}


@require_safe
def show_workload(request: Any) -> HttpResponse:
    """People of the units by weeks: how full each week is, and why."""
    actor, today = request.actor, today_of(request.actor)
    limits = limits_on(today)
    this_week = workload.monday_of(today)
    first, wrong = _week(request.GET.get("from", ""), this_week)
    units = reading.units(actor, today, first, limits.workload, limits.hosts)
    step = datetime.timedelta(weeks=reading.WEEKS)
    rows = [(unit, [_row(person, actor) for person in unit.people]) for unit in units]
    weeks = [first + datetime.timedelta(weeks=n) for n in range(reading.WEEKS)]
    context = {
        "units": rows,
        "grid": weeks_grid(rows, weeks, this_week),
        "limits": limits.workload,
        "over": sum(
            week.level == workload.BLOCK for unit in units for one in unit.people for week in one.weeks if one.seat
        ),
        "earlier": "?" + urlencode({"from": first - step}),
        "later": "?" + urlencode({"from": first + step}),
        "to_today": "?" if first != this_week else "",
        "views": views_of(request, "workload", ""),
        "wrong": wrong,
        "absences": _absences(actor, today),
        "may_enter": bool(may_create(actor, None)),
        "marking": {"level": 1},
    }
    return render(request, "impacs/workload.html", context, status=422 if wrong else 200)


def _too_full(person: reading.Person) -> int:
    return sum(week.level == workload.BLOCK for week in person.weeks) if person.seat else 0


def _week(text: str, usual: datetime.date) -> tuple[datetime.date, str]:
    """(the Monday of the day asked for, what was wrong with it)."""
    try:
        day = datetime.date.fromisoformat(text) if text else usual
    except ValueError:
        day = datetime.date.min
    if FIRST <= day <= LAST:
        return workload.monday_of(day), ""
    return usual, _("“%(text)s” is not a week. Choose one with Earlier and Later.") % {"text": text[:40]}


def _row(person: reading.Person, actor: Any) -> dict[str, Any]:
    who = person.seat
    tasks = reverse("impacs:task_list")
    query = {"state": "open", "person": who.uid} if who else {}
    cells = [
        {
            "week": week,
            "kind": LEVELS[week.level][0] if who else "mute",
            "icon": LEVELS[week.level][1] if who else "",
            "days": _days(week.load),
            "capacity": _days(week.capacity),
        }
        for week in person.weeks
    ]
    return {"person": person, "url": f"{tasks}?{urlencode(query)}" if who else "", "cells": cells}


def _days(fraction: Any) -> str:
    """Days with at most one decimal."""
    return f"{float(fraction):.1f}".rstrip("0").rstrip(".")


def _absences(actor: Any, today: datetime.date) -> list[dict[str, Any]]:
    """Leave that is not over, of those whom the actor plans for."""
    rows = Absence.objects.visible_to(actor).filter(state="entered", last__gte=today).select_related("user", "owner")
    return [
        {"row": row, "may": any(offer.verb == "withdraw" and offer.allowed for offer in offers(actor, row))}
        for row in rows.order_by("first", "pk")[:200]
    ]


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def enter(request: Any) -> HttpResponse:
    """Enter leave."""
    spec, place = REGISTRY["absence.enter"], reverse("impacs:workload")
    refuse_early(request.actor, None, spec)
    title = pgettext("words, impacs", "Workload")
    return answer_form(request, spec, None, TEMPLATE, lambda _done: place, back=place, title=title)


@require_POST
def withdraw(request: Any, pk: Any) -> HttpResponse:
    """Take leave back."""
    row, spec = visible_or_404(Absence, request.actor, pk), REGISTRY["absence.withdraw"]
    place, title = reverse("impacs:workload"), pgettext("words, impacs", "Workload")
    return answer_form(request, spec, row, TEMPLATE, lambda _done: place, back=place, title=title)
