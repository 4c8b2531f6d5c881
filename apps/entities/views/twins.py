"""Holding two to be the same: proposed, seen side by side, confirmed or refused, taken back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.acts import spec_of
from apps.access.doors import REGISTRY
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.entities.actions import twins as twin_acts
from apps.entities.models import Twin
from apps.entities.queries import pages, sources, things
from apps.rifc.views import acts


@require_http_methods(["GET", "POST"])
def propose(request: Any, pk: Any) -> HttpResponse:
    """Say that another is the same; `?q=` looks for it."""
    actor = request.actor
    title = things.titles(actor, [pk]).get(pk)
    if title is None:
        raise Refused("not-visible")
    spec = REGISTRY["twin.propose"]
    verdict = spec.policy(actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    asked = request.GET.get("q", "").strip()[:200] or title.text
    others = [one for one in things.search(actor, asked, title.type) if one.pk != pk]
    back = reverse("entities:thing", args=[pk])
    if request.method == "POST":
        request.POST = request.POST.copy()
        request.POST["one"] = str(pk)
    run = lambda **given: twin_acts.propose(actor, None, **given)  # noqa: E731
    onward = lambda made: reverse("entities:twin", args=[made.pk])  # noqa: E731
    context: dict[str, Any] = {
        "back": back,
        "title": title,
        "others": others,
        "q": asked,
        "template": "entities/propose.html",
    }
    return acts.carry_out(request, spec, None, onward, run=run, **context)


@require_GET
def twin(request: Any, pk: Any) -> HttpResponse:
    """The two side by side, as the seat knows them."""
    actor = request.actor
    row = visible_or_404(Twin, actor, pk)
    place = lambda verb: reverse("entities:twin_do", args=[row.pk, verb])  # noqa: E731
    facts = things.of_entity(actor, [row.one_id, row.other_id])
    found = sources.sources(actor, facts)
    sides = [[one for one in facts if one.entity_id == key] for key in (row.one_id, row.other_id)]
    involved = actor.party_code in {*row.parties, row.proposer_id}
    context = {
        "row": row,
        "sides": [(things.title_of(own), pages.facts_of(actor, own, found)) for own in sides],
        "reason": row.reason if involved else "",
        "offers": acts.buttons(actor, row, place),
        "primary": "agree",
        "marking": sources.marking(found.values()),
    }
    return render(request, "entities/twin.html", context)


@require_POST
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """Confirm, refuse or take back."""
    spec = spec_of("twin", verb)
    row = visible_or_404(Twin, request.actor, pk)
    done = spec.run(request.actor, row)
    if Twin.objects.visible_to(request.actor).filter(pk=done.pk).exists():
        return redirect("entities:twin", pk=done.pk)
    return redirect("entities:things")
