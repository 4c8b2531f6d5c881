"""Pages of the operators: how the portal stands, apps that are off for a party, maintenance."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.declared_actions import REGISTRY
from apps.access.forms import form_for
from apps.access.marking import OFFICIAL, marked
from apps.access.queries import visible_or_404
from apps.operations import actions, queries
from apps.operations.models import FeatureSwitch, Maintenance
from apps.pages.verb_pages import try_form
from apps.people.models import Party
from caricom_portal import operations_overview

SHOWN = 50


@require_GET
@marked(OFFICIAL)
def status(request: Any) -> HttpResponse:
    """How each part of the portal stands."""
    running = Maintenance.objects.visible_to(request.actor).filter(state=Maintenance.State.RUNNING).first()
    context = {**operations_overview.overview(), "running": running, "form": _form(request, "maintenance.begin")}
    return render(request, "operations/status.html", context)


def _form(request: Any, verb: str, data: Any = None) -> Any:
    return form_for(REGISTRY[verb])(data, actor=request.actor)


@require_POST
@marked(OFFICIAL)
def maintenance_begin(request: Any) -> HttpResponse:
    """Begin maintenance."""
    form = _form(request, "maintenance.begin", request.POST)
    _done, answer = try_form(form, lambda **fields: actions.begin_maintenance(request.actor, None, **fields))
    if answer == 302:
        messages.success(request, _("Maintenance in progress: no one can make changes; manifests still arrive."))
        return redirect("operations:status")
    return render(
        request,
        "operations/status.html",
        {**operations_overview.overview(), "running": None, "form": form},
        status=answer,
    )


@require_POST
def maintenance_end(request: Any, pk: Any) -> HttpResponse:
    """End maintenance."""
    row = visible_or_404(Maintenance.objects.visible_to(request.actor), request.actor, pk)
    actions.end_maintenance(request.actor, row)
    messages.success(request, _("Maintenance has ended."))
    return redirect("operations:status")


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def features(request: Any) -> HttpResponse:
    """Which apps are off for whom, and since when; POST switches one off."""
    form, answer = _form(request, "feature.switch_off"), 200
    if request.method == "POST":
        form = _form(request, "feature.switch_off", request.POST)
        _done, answer = try_form(form, lambda **fields: actions.switch_off_feature(request.actor, None, **fields))
        if answer == 302:
            messages.success(request, _("The area is switched off for this party."))
            return redirect("operations:features")
    rows = FeatureSwitch.objects.visible_to(request.actor).select_related("feature", "party").order_by("-valid_from")
    context = {
        "rows": rows[:SHOWN],
        "rooms": queries.features(),
        "parties": Party.objects.visible_to(request.actor).order_by("short_name"),
        "form": form,
    }
    return render(request, "operations/features.html", context, status=answer)


@require_POST
def switch_on(request: Any, pk: Any) -> HttpResponse:
    """Open a room again."""
    row = visible_or_404(FeatureSwitch.objects.visible_to(request.actor), request.actor, pk)
    actions.switch_on_feature(request.actor, row)
    messages.success(request, _("The area is open again."))
    return redirect("operations:features")
