"""Bodies and rules on a day; what States owe, and what follows for their vote."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.declared_actions import REGISTRY
from apps.access.forms import ActorForm
from apps.access.marking import OFFICIAL, marked
from apps.access.queries import visible_or_404
from apps.council.actions import contributions as acts_on
from apps.council.actions.decision_fields import DayField
from apps.council.models import Contribution, VotingWaiver
from apps.council.policy import may_keep
from apps.council.queries import arrears, institutions
from apps.pages.verb_pages import TEMPLATE, VerbPages, answer_form, refuse_early

payments = VerbPages(
    noun="contribution",
    address="council:act",
    arguments=("contributions",),
    rows=Contribution.objects.visible_to,
    page=lambda _row: reverse("council:contributions"),
    title=lambda _row: _("Contributions and votes"),
    prepare=lambda _request, _row, _spec: {"initial": {"paid_on": datetime.date.today().isoformat()}},
    tries_first=True,
)


class DayForm(ActorForm):
    """The day of which something is asked."""

    on = DayField(required=False)


@require_GET
@marked(OFFICIAL)
def bodies(request: Any) -> HttpResponse:
    """Organs, members and rule sets as they stood on `?on=`, today unless given."""
    form = DayForm(request.GET, actor=request.actor)
    day = (form.cleaned_data["on"] if form.is_valid() else None) or timezone.now().date()
    context = {
        "form": form,
        "it": institutions.on(request.actor, day),
        "may_keep": bool(may_keep(request.actor, None)),
    }
    return render(request, "council/bodies.html", context, status=200 if form.is_valid() else 422)


@require_GET
@marked(OFFICIAL)
def contributions(request: Any) -> HttpResponse:
    """What the seat may see of contributions: all for the Secretariat, its own State's for a ministry."""
    today = timezone.now().date()
    context = {
        "rows": Contribution.objects.visible_to(request.actor).select_related("party").order_by("-year", "party_id"),
        "waivers": VotingWaiver.objects.visible_to(request.actor).select_related("party").order_by("-valid_from"),
        "without_vote": arrears.without_vote(request.actor, today),
        "may_keep": bool(may_keep(request.actor, None)),
    }
    return render(request, "council/contributions.html", context)


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def contribution_new(request: Any) -> HttpResponse:
    """Record what a State owes for a year."""
    return _create(request, "contribution.record", "council:contributions", _("Contributions and votes"))


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def waiver_new(request: Any) -> HttpResponse:
    """Record a leave of the Conference to vote."""
    return _create(request, "waiver.grant", "council:contributions", _("Contributions and votes"))


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def chair_new(request: Any) -> HttpResponse:
    """Record which State takes the chair."""
    return _create(request, "chair.record", "council:bodies", _("Bodies and rules"))


def _create(request: Any, verb: str, onward: str, title: str) -> HttpResponse:
    spec = REGISTRY[verb]
    refuse_early(request.actor, None, spec)
    place = reverse(onward)
    return answer_form(request, spec, None, TEMPLATE, lambda _row: place, back=place, title=title)


@require_POST
def waiver_end(request: Any, pk: Any) -> HttpResponse:
    """End a leave to vote."""
    acts_on.end_arrears_waiver(request.actor, visible_or_404(VotingWaiver, request.actor, pk))
    return redirect("council:contributions")
