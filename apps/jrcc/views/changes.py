"""Changes of deadlines: proposing one, what it would touch, and the second person's word."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.acts import buttons, carry_out
from apps.access.doors import REGISTRY
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.jrcc import boards, policy, rulebooks, touching
from apps.jrcc.actions import regimes as actions
from apps.jrcc.models import Journey, RegimeChange
from apps.jrcc.views.verbs import verb_page

SHOWN = 50


@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Propose a change."""
    verdict = policy.may_propose_regime(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    run = partial(actions.propose, request.actor, None)
    onward = lambda done: reverse("jrcc:regimechange", args=[done.pk])  # noqa: E731
    return carry_out(request, REGISTRY["regime_change.propose"], None, "jrcc/regime_new.html", onward, run=run)


@require_GET
def change(request: Any, pk: Any) -> HttpResponse:
    """One change: the rule in words, what it would touch, and what the seat may do."""
    actor, row = request.actor, _change(request, pk)
    sees = bool(Journey.objects.visible_to(actor)[:1]) if actor.function != "ministry" else False
    past = touching.past(actor, row, timezone.now()) if sees else []
    context = {
        "row": row,
        "line": boards.regime_line(row, timezone.now().date()),
        "chip": rulebooks.CHIPS[row.state],
        "sees": actor.function != "ministry",
        "past": past[:SHOWN],
        "n_past": len(past),
        "late_before": sum(one.late_before for one in past),
        "late_after": sum(one.late_after for one in past),
        "coming": touching.expected(actor, row)[:SHOWN] if sees and row.state == "proposed" else [],
        "offers": buttons(actor, row, partial(_place, row), {"give_back", "withdraw", "confirm"}),
        "primary": "confirm",
        "version": row.version,
    }
    return render(request, "jrcc/regimechange.html", context)


def _change(request: Any, pk: Any) -> RegimeChange:
    rows = RegimeChange.objects.visible_to(request.actor).select_related("party")
    row: RegimeChange = visible_or_404(rows, request.actor, pk)
    return row


def _place(row: RegimeChange, verb: str) -> str:
    return reverse("jrcc:regime_do", args=[row.pk, verb])


@require_http_methods(["GET", "POST"])
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """The page of a verb, and its try."""
    row = _change(request, pk)
    title, place = (
        f"{row.party}, {boards.deadline_words(row.minutes, row.event)}",
        reverse("jrcc:regimechange", args=[pk]),
    )
    return verb_page(request, row, "regime_change", verb, title=title, place=place)
