"""One's own kept filters: kept from a view, renamed, deleted."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.access.declared_actions import REGISTRY
from apps.access.forms import carried_out, form_for_verb
from apps.access.marking import OFFICIAL, marked
from apps.access.queries import visible_or_404
from apps.impacs.models import SavedFilter
from apps.impacs.plan.views.plan import VIEWS, address_of
from apps.pages.verb_pages import TEMPLATE, answer_form


@require_safe
def saved(request: Any) -> HttpResponse:
    """All kept filters of the person."""
    return _page(request)


def _page(request: Any, form: Any = None) -> HttpResponse:
    rows = SavedFilter.objects.visible_to(request.actor).filter(state=SavedFilter.State.KEPT).order_by("name")
    context = {
        "rows": [(row, address_of(row), VIEWS[row.view][1]) for row in rows],
        "form": form,
        "marking": {"level": 1},
    }
    return render(request, "impacs/saved_filters.html", context, status=422 if form is not None else 200)


@require_POST
def save_plan_filter(request: Any) -> HttpResponse:
    """Keep the filters of the view that the form stood on."""
    form = form_for_verb("saved_filter.save")(request.POST, actor=request.actor)
    done = carried_out(form, lambda: REGISTRY["saved_filter.save"].run(request.actor, None, **form.cleaned_data))
    if done is None:
        return _page(request, form)
    messages.success(request, pgettext("words, impacs", "Saved as “%(name)s”.") % {"name": done.name})
    return redirect(address_of(done))


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def rename(request: Any, pk: Any) -> HttpResponse:
    """Give kept filters another name."""
    row = visible_or_404(_kept(request.actor), request.actor, pk)
    spec, place = REGISTRY["saved_filter.rename"], reverse("impacs:saved")
    shown: dict[str, Any] = {
        "title": pgettext("words, impacs", "Saved filters"),
        "back": place,
        "initial": {"name": row.name},
    }
    return answer_form(request, spec, row, TEMPLATE, lambda _done: place, **shown)


@require_POST
def drop(request: Any, pk: Any) -> HttpResponse:
    """Delete kept filters."""
    row = visible_or_404(_kept(request.actor), request.actor, pk)
    REGISTRY["saved_filter.drop"].run(request.actor, row)
    messages.success(request, pgettext("words, impacs", "“%(name)s” is deleted.") % {"name": row.name})
    return redirect("impacs:saved")


def _kept(actor: Any) -> Any:
    return SavedFilter.objects.visible_to(actor).filter(state=SavedFilter.State.KEPT)
