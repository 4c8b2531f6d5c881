"""Written procedures: the list, one procedure, the States' answers, and the ministry's own proposals to object."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from apps.access import stream_log
from apps.access.doors import REGISTRY, Spec, offers
from apps.access.paging import cut
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.council.actions import procedures as _actions  # noqa: F401 - the verbs are declared there
from apps.council.models import ObjectionProposal, WrittenProcedure
from apps.council.policy.procedures import may_prepare
from apps.council.views import acts, procedure_page

ROWS = 30
W = WrittenProcedure.State


@require_GET
def procedures(request: Any) -> HttpResponse:
    """Procedures that run, the next deadline first, then those that have ended."""
    seen = WrittenProcedure.objects.visible_to(request.actor).select_related("decision")
    ended = [W.CONCLUDED, W.LAPSED, W.WITHDRAWN]
    running = list(seen.exclude(state__in=ended).order_by("deadline", "pk")[: 2 * ROWS])
    past, older, newer = cut(seen.filter(state__in=ended), request.GET, ROWS)
    context = {
        "running": procedure_page.list_lines(request.actor, running),
        "past": procedure_page.list_lines(request.actor, past),
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "may_prepare": bool(may_prepare(request.actor, None)),
    }
    return render(request, "council/procedures.html", context)


@require_GET
def procedure(request: Any, pk: Any) -> HttpResponse:
    """One procedure. Reading it changes nothing: a receipt is confirmed with its own button."""
    since = stream_log.here()
    context = procedure_page.page(request.actor, pk)
    return render(request, "council/procedure.html", {**context, "since": since})


@require_http_methods(["GET", "POST"])
def procedure_new(request: Any) -> HttpResponse:
    """Put a decision in writing; `?decision=` chooses it."""
    spec = REGISTRY["procedure.prepare"]
    verdict = spec.policy(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    return acts.carry_out(
        request,
        spec,
        None,
        lambda row: reverse("council:procedure", args=[row.pk]),
        initial={"decision": request.GET.get("decision", "")},
        back=reverse("council:procedures"),
    )


@require_http_methods(["GET", "POST"])
def reply(request: Any, pk: Any, verb: str) -> HttpResponse:
    """A State's own answer, whatever others have answered since its page was loaded."""
    if verb not in procedure_page.ANSWERS:
        raise Refused("not-visible")
    row, spec = visible_or_404(WrittenProcedure, request.actor, pk), REGISTRY[f"procedure.{verb}"]
    _ask(request.actor, row, spec)
    here = reverse("council:procedure", args=[row.pk])
    return acts.carry_out(request, spec, row, lambda _done: f"{here}#answers", version=None)


@require_http_methods(["GET", "POST"])
def proposal_new(request: Any, pk: Any) -> HttpResponse:
    """An officer proposes an objection to those who decide in his ministry."""
    row, spec = visible_or_404(WrittenProcedure, request.actor, pk), REGISTRY["objection.propose"]
    verdict = spec.policy(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    here = reverse("council:procedure", args=[row.pk])
    return acts.carry_out(
        request, spec, None, lambda _done: f"{here}#proposals", initial={"procedure": row.pk}, back=here
    )


@require_http_methods(["GET", "POST"])
def proposal_dismiss(request: Any, pk: Any) -> HttpResponse:
    """Those who decide in the ministry do not follow a proposal to object."""
    row, spec = visible_or_404(ObjectionProposal, request.actor, pk), REGISTRY["objection.dismiss"]
    _ask(request.actor, row, spec)
    here = reverse("council:procedure", args=[row.procedure_id])
    return acts.carry_out(request, spec, row, lambda _done: f"{here}#proposals", back=here)


def _ask(actor: Any, row: Any, spec: Spec) -> None:
    """Refuse before anything is typed what the act would refuse."""
    offer = next((offer for offer in offers(actor, row) if offer.spec is spec), None)
    if offer is None:
        raise Refused("wrong-state", record=row)
    if not offer.allowed:
        raise Refused("may-not", getattr(spec.policy(actor, row), "code", ""))
