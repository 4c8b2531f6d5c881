"""Hits: the table, one hit with its evidence, and the acts on it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from apps.access import declared_actions, stream_log
from apps.access.forms import ActorForm, posted_version, put_faults
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.jrcc.lists import Hits
from apps.jrcc.models import Hit
from apps.jrcc.queries import dossier, floor
from apps.screening.models import Entry

ROWS = 50


@require_GET
def hits(request: Any) -> HttpResponse:
    """All hits that the seat may see, newest first; state and grade in the address."""
    return Hits(request).answer()


@require_GET
def entry_hits(request: Any, entry: Any) -> HttpResponse:
    """The visible hits of a list entry, as a fragment for the entry's page; 404 if the entry is not for this seat."""
    visible_or_404(Entry, request.actor, entry)
    rows = floor.hit_rows(request.actor).filter(entry_id=entry).order_by("-pk")[: ROWS + 1]
    found = [floor.hit_line(request.actor, row) for row in rows]
    lines = found[:ROWS]
    note_read(request, "hit.list", Hit, rows=len(lines))
    return render(request, "jrcc/_entry_hits.html", {"lines": lines, "older": len(found) > ROWS})


@require_GET
def hit(request: Any, pk: Any) -> HttpResponse:
    """One hit: traveller and entry side by side, the evidence, what was done, and what this seat may do."""
    since = stream_log.here()
    case = dossier.dossier(request.actor, pk)
    note_case(request, case)
    template = "jrcc/_detail.html" if request.headers.get("HX-Request-Type") == "partial" else "jrcc/hit.html"
    return render(request, template, {"case": case, "since": since, "marking": dossier.MARKING})


def note_case(request: Any, case: dossier.Dossier) -> None:
    """The hit was read, and the entry whose contents stand beside the traveller: its owner sees both in the audit."""
    note_read(request, "hit.read", case.it)
    if case.version:
        note_read(request, "entry.read", case.version.entry)


@require_POST
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """Carry out a verb on a hit with the form that its declaration gives; 422 with kept values when it is wrong."""
    spec = declared_actions.REGISTRY.get(f"hit.{verb}")
    if spec is None or spec.model is not Hit or spec.automatic or spec.creates:
        raise Http404
    row = visible_or_404(Hit, request.actor, pk)
    form = dossier.form_of(spec, request.actor, row, request.POST)
    partial = request.headers.get("HX-Request-Type") == "partial"
    try:
        done = _carried_out(request, spec, row, form) if form.is_valid() else None
    except Refused as refusal:
        if refusal.reason == "not-visible":
            raise
        # the hit as it is now, with the reason above it and what was typed still in the form
        return _page(request, pk, {verb: form}, status=refusal.status, refusal=refusal)
    if done is None:
        return _page(request, pk, {verb: form}, status=422)
    messages.success(request, f"{row.reference}: {dossier.done_words(spec)}", extra_tags=_undoing(request, done, spec))
    return _page(request, pk) if partial else redirect(_back(request, pk))


def _undoing(request: Any, hit: Hit, spec: declared_actions.Spec) -> str:
    """The address that takes the act back at once; "" where it cannot be, or not by this seat."""
    allowed = {offer.spec.verb for offer in declared_actions.offers(request.actor, hit) if offer.allowed}
    verb = spec.undo.partition(".")[2]
    return reverse("jrcc:hit_do", args=[hit.pk, verb]) if spec.undo in allowed else ""


def _carried_out(request: Any, spec: declared_actions.Spec, row: Hit, form: ActorForm) -> Any:
    """The hit afterwards; None if the act found fault with the input, which then stands in the form."""
    try:
        return spec.run(request.actor, row, version=posted_version(request), **form.cleaned_data)
    except ValidationError as wrong:
        put_faults(form, wrong)
        return None


def _page(
    request: Any,
    pk: Any,
    bound: dict[str, ActorForm] | None = None,
    *,
    status: int = 200,
    refusal: Refused | None = None,
) -> HttpResponse:
    """The detail pane for htmx, the whole page otherwise."""
    partial = request.headers.get("HX-Request-Type") == "partial"
    context = {
        "case": dossier.dossier(request.actor, pk, bound),
        "form": next(iter((bound or {}).values()), None),
        "on_floor": request.POST.get("back") == "floor",
        "marking": dossier.MARKING,
        "answered": partial,
        "refusal": refusal,
    }
    note_case(request, context["case"])
    return render(request, "jrcc/_detail.html" if partial else "jrcc/hit.html", context, status=status)


def _back(request: Any, pk: Any) -> str:
    if request.POST.get("back") == "floor":
        return f"{reverse('jrcc:floor')}?hit={pk}"
    if request.POST.get("back") == "border":
        return reverse("jrcc:border_hit", args=[pk])
    return reverse("jrcc:hit", args=[pk])
