"""Mandates of bodies, one mandate with its tree of tasks, and the thread of one clause."""

from operator import itemgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from apps.access import pagination
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.council.models import Clause
from apps.impacs.models import Mandate
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.plan.policy import tasks as policy
from apps.impacs.queries import mandates as reading
from apps.impacs.queries import thread as threads
from apps.pages.verb_pages import VerbPages

PAGE = 50
PRIMARY = ("assign", "start", "report", "discharge")
verbs = VerbPages(
    noun="mandate",
    address="impacs:act_mandates",
    rows=Mandate.objects.visible_to,
    page=lambda row: reverse("impacs:mandate", args=[row.pk]),
    whence=(pgettext_lazy("link, impacs", "Mandates"), "impacs:mandates"),
    tries_first=True,
)


def in_council(actor: Any) -> bool:
    """Whether pages of the Council are open to the seat; only then anything leads there."""
    return actor.function in {"ministry", "secretariat"}


@require_GET
def mandates(request: Any) -> HttpResponse:
    """What clauses gave bodies of the Community to do, newest first; `?body=` for one of them."""
    actor, body = request.actor, request.GET.get("body", "").strip()
    rows = Mandate.objects.visible_to(actor).select_related("decision", "clause", "lead__user", "lead__desk")
    try:
        found, older, newer = pagination.cut(rows.filter(body=body) if body else rows, request.GET, PAGE)
    except ValidationError as wrong:
        raise Refused("not-visible") from wrong
    counted = reading.count_mandate_tasks(actor, found, today_of(actor))
    context = {
        "lines": [{"row": row, "tasks": counted.get(row.pk), "council": in_council(actor)} for row in found],
        "body": body,
        "bodies": sorted(set(Mandate.objects.visible_to(actor).values_list("body", flat=True))),
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "marking": {"level": 1},
    }
    return render(request, "impacs/mandates.html", context)


@require_GET
def mandate(request: Any, pk: Any) -> HttpResponse:
    """One mandate: the clause that it comes from, who leads it, its tasks, its report."""
    actor = request.actor
    row = visible_or_404(reading.find_mandates_with_relations(actor), actor, pk)
    buttons = sorted(verbs.buttons(actor, row), key=itemgetter("danger"))
    offered = {one["verb"] for one in buttons}
    context = {
        "row": row,
        "tree": reading.tree(actor, today_of(actor), mandate=row.pk),
        "extensions": reading.extensions(actor, row),
        "offers": buttons,
        "primary": next((verb for verb in PRIMARY if verb in offered and (verb != "assign" or row.lead is None)), ""),
        "may_create": bool(policy.may_create(actor, None)) and row.state in Mandate.UNREPORTED,
        "council": in_council(actor),
        "named": actor.function != "ministry",
        "version": row.version,
        "marking": {"level": row.level},
    }
    return render(request, "impacs/mandate.html", context)


@require_GET
def thread(request: Any, pk: Any) -> HttpResponse:
    """From one clause to everything that follows from it: mandates, tasks, the States' actions, and what waits."""
    actor = request.actor
    row = visible_or_404(Clause.objects.visible_to(actor).select_related("decision"), actor, pk)
    context = {"clause": row, "thread": threads.of_clause(actor, row, today_of(actor))}
    return render(request, "impacs/thread.html", {**context, "marking": {"level": row.decision.level}})
