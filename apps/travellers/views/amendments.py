"""Correcting what is held on a traveller, and a correction with what was held before."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.marking import of
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.journeys import policy
from apps.journeys.models import Amendment, Traveller
from apps.jrcc.queries import floor
from apps.manifests.queries.corrections import FIELDS
from apps.pages.verb_pages import TEMPLATE, answer_form
from apps.travellers.actions import amendments as actions

DOCUMENT = "document.number"


@require_http_methods(["GET", "POST"])
def show_new_amendment(request: Any, pk: Any) -> HttpResponse:
    """Say what is right; on POST it is held from then on."""
    actor = request.actor
    verdict = policy.may_amend(actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    rows = Traveller.objects.visible_to(actor).select_related("journey").defer("keys")
    row = visible_or_404(rows, actor, pk)
    place = reverse("jrcc:traveller", args=[row.pk])
    names = ("surname", "given_names", "birth_date", "nationality", "sex")
    initial = {"traveller": row.pk, **{name: getattr(row, name) for name in names}}
    initial |= {"request": request.GET.get("request", ""), "seen": actions.as_held(row)}
    onward = lambda done: reverse("jrcc:amendment", args=[done.pk])  # noqa: E731
    return answer_form(
        request,
        REGISTRY["amendment.make"],
        None,
        TEMPLATE,
        onward,
        run=partial(actions.make_amendment, actor, None),
        initial=initial,
        title=f"{floor.name_of(row)}, {row.journey}",
        back=place,
        marking=of(row),
    )


@require_GET
def amendment(request: Any, pk: Any) -> HttpResponse:
    """One correction: what was held, what is held since, on what proof, and who was told."""
    rows = Amendment.objects.visible_to(request.actor).select_related("journey")
    row = visible_or_404(rows, request.actor, pk)
    note_read(request, "amendment.read", row)
    seen = Traveller.objects.visible_to(request.actor).filter(pk=row.traveller_id).exists()
    context = {"row": row, "lines": lines(row), "seen": seen, "marking": {"level": 1, "caveat": ""}}
    return render(request, "jrcc/amendment.html", context)


def lines(row: Amendment) -> list[tuple[Any, str, str]]:
    """(field in words, what was held, what is held since)."""
    return [(FIELDS[name if name in FIELDS else DOCUMENT][0], row.was[name], row.now[name]) for name in row.now]
