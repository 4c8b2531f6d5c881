"""Cases of what looked unusual: the list with its figures, one case, its verbs; and who is about to leave."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access import acts, paging
from apps.access.doors import REGISTRY
from apps.access.queries import visible_or_404
from apps.oversight import actions, policy, queries
from apps.oversight.models import Case, Leaver

ON_A_PAGE = 50


@require_GET
def cases(request: Any) -> HttpResponse:
    """Cases, newest first, by state; how many of which kind there are; the rules that open them."""
    rows = Case.objects.visible_to(request.actor).select_related("rule")
    state = request.GET.get("state", "")
    chosen = state if state in Case.State.values else ""
    found, older, newer = paging.cut(rows.filter(state=chosen) if chosen else rows, request.GET, ON_A_PAGE)
    figures = queries.cases.by_rule(request.actor)
    context = {
        "cases": found,
        "chosen": chosen,
        "states": Case.State.choices,
        "older": f"?{older}" if older else "",
        "newer": f"?{newer}" if newer else "",
        "figures": figures,
        "height": max(len(figures) * (queries.cases.HIGH + queries.cases.GAP), 1),
        "rules": queries.cases.rules_on(timezone.now().date()),
    }
    return render(request, "oversight/cases.html", context)


def _buttons(request: Any, case: Any) -> list[dict[str, Any]]:
    return acts.buttons(
        request.actor,
        case,
        lambda verb: reverse("oversight:case_do", args=[case.pk, verb]),
        {"close"},
    )


@require_GET
def case(request: Any, pk: Any) -> HttpResponse:
    """One case: the finding, where to look, what was done with it, what can be done."""
    row = visible_or_404(Case.objects.visible_to(request.actor).select_related("rule"), request.actor, pk)
    context = {
        "case": row,
        "steps": queries.cases.steps_of(row),
        "offers": _buttons(request, row),
        "evidence": queries.cases.evidence(row, request.actor.time_zone),
        "leaving": queries.cases.is_leaving(row.user_id),
    }
    return render(request, "oversight/case.html", context)


@require_http_methods(["GET", "POST"])
def case_do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """The page of one verb of a case."""
    row = visible_or_404(Case.objects.visible_to(request.actor).select_related("rule"), request.actor, pk)
    spec = acts.spec_of("conduct", verb)
    if request.method == "GET":
        acts.ask(request.actor, row, spec)
    return acts.carry_out(
        request, spec, row, "oversight/act.html", lambda done: reverse("oversight:case", args=[done.pk]), case=row
    )


@require_http_methods(["GET", "POST"])
def leavers(request: Any) -> HttpResponse:
    """Who is about to leave, and the form to note somebody."""
    rows = Leaver.objects.visible_to(request.actor).select_related("user").filter(state=Leaver.State.NOTED)

    def onward(_leaver: Any) -> str:
        messages.success(request, _("Noted. Until that day much reading opens a case."))
        return reverse("oversight:leavers")

    return acts.carry_out(
        request,
        REGISTRY["leaver.note"],
        None,
        "oversight/leavers.html",
        onward,
        leavers=rows.order_by("leaves_on")[:200],
        may_note=bool(policy.may_note_leaver(request.actor, None)),
    )


@require_POST
def leaver_end(request: Any, pk: Any) -> HttpResponse:
    """End a notice of leaving."""
    row = visible_or_404(Leaver.objects.visible_to(request.actor), request.actor, pk)
    actions.end_leaver(request.actor, row)
    return redirect("oversight:leavers")
