"""Bodies and rules on a day; what States owe, and what follows for their vote."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.doors import REGISTRY
from apps.access.forms import ActorForm
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.council.actions import contributions as acts_on
from apps.council.actions.drafting import DayField
from apps.council.models import Contribution, Decision, VotingWaiver
from apps.council.policy import may_keep
from apps.council.queries import institutions, standing
from apps.council.views import acts


class DayForm(ActorForm):
    """The day of which something is asked."""

    on = DayField(required=False)


@require_GET
def bodies(request: Any) -> HttpResponse:
    """Organs, members and rule sets as they stood on `?on=`, today unless given."""
    form = DayForm(request.GET, actor=request.actor)
    day = (form.cleaned_data["on"] if form.is_valid() else None) or timezone.now().date()
    context = {
        "form": form,
        "it": institutions.on(request.actor, day),
        "questions": dict(Decision.Question.choices),
        "may_keep": bool(may_keep(request.actor, None)),
    }
    return render(request, "council/bodies.html", context, status=200 if form.is_valid() else 422)


@require_GET
def contributions(request: Any) -> HttpResponse:
    """What the seat may see of contributions: all for the Secretariat, its own State's for a ministry."""
    today = timezone.now().date()
    context = {
        "rows": Contribution.objects.visible_to(request.actor).select_related("party").order_by("-year", "party_id"),
        "waivers": VotingWaiver.objects.visible_to(request.actor).select_related("party").order_by("-valid_from"),
        "without_vote": standing.without_vote(request.actor, today),
        "may_keep": bool(may_keep(request.actor, None)),
    }
    return render(request, "council/contributions.html", context)


@require_http_methods(["GET", "POST"])
def contribution_new(request: Any) -> HttpResponse:
    """Record what a State owes for a year."""
    return _create(request, "contribution.record", "council:contributions")


@require_http_methods(["GET", "POST"])
def waiver_new(request: Any) -> HttpResponse:
    """Record a leave of the Conference to vote."""
    return _create(request, "waiver.grant", "council:contributions")


@require_http_methods(["GET", "POST"])
def chair_new(request: Any) -> HttpResponse:
    """Record which State takes the chair."""
    return _create(request, "chair.record", "council:bodies")


def _create(request: Any, verb: str, onward: str) -> HttpResponse:
    spec = REGISTRY[verb]
    verdict = spec.policy(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    place = reverse(onward)
    return acts.carry_out(request, spec, None, lambda _row: place, back=place)


@require_http_methods(["GET", "POST"])
def contribution_pay(request: Any, pk: Any) -> HttpResponse:
    """Record a payment."""
    row, spec = visible_or_404(Contribution, request.actor, pk), REGISTRY["contribution.pay"]
    if request.method == "GET":
        acts.ask(request.actor, row, spec)
    place = reverse("council:contributions")
    initial = {"paid_on": datetime.date.today().isoformat()}
    return acts.carry_out(request, spec, row, lambda _row: place, back=place, initial=initial)


@require_POST
def waiver_end(request: Any, pk: Any) -> HttpResponse:
    """End a leave to vote."""
    acts_on.end(request.actor, visible_or_404(VotingWaiver, request.actor, pk))
    return redirect("council:contributions")
