"""Holds by order on the data of journeys and travellers: the list, one, placing one, and its acts."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.acts import buttons, carry_out
from apps.access.doors import REGISTRY
from apps.access.paging import cut
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.jrcc import keeping, policy
from apps.jrcc.actions import holds as actions
from apps.jrcc.models import Journey, RetentionHold
from apps.jrcc.views.verbs import verb_page

ROWS = 50


@require_GET
def holds(request: Any) -> HttpResponse:
    """Holds that the seat may see, newest first."""
    rows = RetentionHold.objects.visible_to(request.actor).select_related("journey")
    found, older, newer = cut(rows, request.GET, ROWS)
    today = timezone.now().date()
    context = {
        "lines": [keeping.hold_line(row, today) for row in found],
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
    }
    return render(request, "jrcc/holds.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Place a hold on the journey, or on the one traveller of it, that the address names."""
    verdict = policy.may_hold(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    asked = request.POST if request.method == "POST" else request.GET
    row = visible_or_404(Journey, request.actor, asked.get("journey", ""))
    person = asked.get("traveller", "")
    back = reverse("jrcc:traveller", args=[person]) if person else reverse("jrcc:journey", args=[row.pk])
    shown: dict[str, Any] = {
        "title": f"{row}, {row.date}",
        "back": back,
        "initial": {"journey": row.pk, "traveller": person},
    }
    run = partial(actions.place, request.actor, None)
    onward = lambda done: reverse("jrcc:retentionhold", args=[done.pk])  # noqa: E731
    return carry_out(request, REGISTRY["hold.place"], None, "jrcc/do.html", onward, run=run, **shown)


@require_GET
def hold(request: Any, pk: Any) -> HttpResponse:
    """One hold: what it keeps, by what order, until when, and what the seat may do."""
    row = _hold(request, pk)
    context = {
        "line": keeping.hold_line(row, timezone.now().date()),
        "offers": buttons(request.actor, row, partial(_place, row), {"release"}),
        "primary": "",
        "version": row.version,
    }
    return render(request, "jrcc/retentionhold.html", context)


def _hold(request: Any, pk: Any) -> RetentionHold:
    rows = RetentionHold.objects.visible_to(request.actor).select_related("journey", "originator")
    row: RetentionHold = visible_or_404(rows, request.actor, pk)
    return row


def _place(row: RetentionHold, verb: str) -> str:
    return reverse("jrcc:hold_do", args=[row.pk, verb])


@require_http_methods(["GET", "POST"])
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """The page of a verb, and its try."""
    row = _hold(request, pk)
    place = reverse("jrcc:retentionhold", args=[pk])
    return verb_page(request, row, "hold", verb, title=f"{row}, {row.journey} {row.journey.date}", place=place)
