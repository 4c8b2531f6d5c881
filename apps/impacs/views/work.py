"""The obligations of one's own State, one action, and the mandates of bodies."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from apps.access import paging
from apps.access.doors import REGISTRY, offers
from apps.access.forms import form_for, form_for_verb, posted_version, put_faults
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.impacs.models import Mandate, Report, StateAction
from apps.impacs.queries import standing
from apps.impacs.queries.cells import shape_of, word_of
from apps.impacs.queries.obligations import GROUPS, grouped
from apps.impacs.queries.obligations import obligations as of_state
from apps.impacs.queries.progress import today_of

MANDATES = 50


@require_GET
def obligations(request: Any) -> HttpResponse:
    """What one's own State has to do: overdue, due soon, to be acknowledged, the rest."""
    found = of_state(request.actor, today_of(request.actor))
    context = {"groups": grouped(found), "all": len(found), "marking": {"level": 1}}
    return render(request, "impacs/obligations.html", context)


@require_GET
def obligations_summary(request: Any) -> HttpResponse:
    """The obligations in figures, a part of other pages; as a page of its own, the list itself."""
    if request.headers.get("HX-Request-Type") != "partial":
        return redirect("impacs:obligations")
    found = of_state(request.actor, today_of(request.actor))
    counted = [(name, title, sum(one.group == name for one in found)) for name, (title, _icon) in GROUPS.items()]
    return render(request, "impacs/_obligations_summary.html", {"counted": counted, "all": len(found)})


@require_GET
def action(request: Any, pk: Any) -> HttpResponse:
    """One State's action under one clause: status with reasons, reports, and what the seat may do."""
    return _page(request, _row(request.actor, pk))


def _row(actor: Any, pk: Any) -> Any:
    rows = StateAction.objects.visible_to(actor).select_related("clause", "decision", "party")
    return visible_or_404(rows, actor, pk)


def _page(request: Any, row: Any, form: Any = None, status: int = 200) -> HttpResponse:
    actor = request.actor
    _read, at = standing.of_rows(actor, [row], today_of(actor))[row.pk]
    drawing, kind = shape_of(at)
    offered = {offer.verb: offer for offer in offers(actor, row) if offer.allowed}
    if "report" in offered and form is None:
        form = form_for_verb("state_action.report")(actor=actor, row=row, initial={"progress": row.progress})
    context = {
        "row": row,
        "at": at,
        "drawing": drawing,
        "kind": kind,
        "word": word_of(at),
        "reports": Report.objects.visible_to(actor).filter(action=row).order_by("-day", "-at"),
        "reads_reports": actor.party_code in {row.party_id, "IMPACS"},
        "offered": offered,
        "form": form,
        "version": posted_version(request) or row.version,
        "marking": {"level": row.level},
    }
    return render(request, "impacs/action.html", context, status=status)


@require_POST
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """Carry out a verb; what was typed stays in the form when it is refused."""
    spec = REGISTRY.get(f"state_action.{verb}")
    if spec is None or spec.creates or spec.automatic:
        raise Refused("not-visible")
    row = _row(request.actor, pk)
    form = form_for(spec)(request.POST, actor=request.actor, row=row)
    status = 422
    if form.is_valid():
        try:
            spec.run(request.actor, row, version=posted_version(request), **form.cleaned_data)
        except ValidationError as wrong:
            put_faults(form, wrong)
        except Refused as refusal:
            if refusal.reason == "not-visible" or not form.fields:
                raise
            form.add_error(None, refusal.message)
            status = refusal.status
        else:
            messages.success(request, _done(verb))
            return redirect(reverse("impacs:action", args=[row.pk]))
    return _page(request, row, form, status)


def _done(verb: str) -> str:
    return _("Acknowledged.") if verb == "acknowledge" else _("The report is on the record.")


@require_GET
def mandates(request: Any) -> HttpResponse:
    """What clauses gave bodies of the Community to do, newest first; `?body=` for one of them."""
    body = request.GET.get("body", "").strip()
    rows = Mandate.objects.visible_to(request.actor).select_related("decision", "clause")
    try:
        found, older, newer = paging.cut(rows.filter(body=body) if body else rows, request.GET, MANDATES)
    except ValidationError as wrong:
        raise Refused("not-visible") from wrong
    bodies = sorted(set(Mandate.objects.visible_to(request.actor).values_list("body", flat=True)))
    context = {
        "rows": found,
        "body": body,
        "bodies": bodies,
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "marking": {"level": 1},
    }
    return render(request, "impacs/mandates.html", context)
