"""Mending a list in its page, and what one version changed against the one before."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from apps.access.marking import of
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.manifests.models import Submission
from apps.manifests.queries import corrections, receipts
from apps.manifests.views.submissions import shown

CHANGES = 200


@require_POST
def correct(request: Any, pk: Any) -> HttpResponse:
    """Send the mended list as its next version; 422 with the same page for what cannot be read."""
    rows = Submission.objects.visible_to(request.actor).select_related("owner", "journey")
    return shown(request, visible_or_404(rows, request.actor, pk), request.POST)


@require_GET
def changes(request: Any, pk: Any) -> HttpResponse:
    """Travellers added and removed and fields changed since the version before; 404 for a first version."""
    actor = request.actor
    row = visible_or_404(Submission.objects.visible_to(actor).select_related("owner", "corrects"), actor, pk)
    if row.corrects is None:
        raise Refused("not-visible")
    note_read(request, "submission.read", row)
    before, after = corrections.readings(actor, row.corrects, row)
    found = [
        {
            "kind": one.kind,
            "name": one.name,
            "list": one.list,
            "fields": [(corrections.field_words(field), old, new) for field, old, new in one.fields],
        }
        for one in corrections.list_corrected_lists(before, after)
    ]
    shown = receipts.stretch(found, request.GET, "changes", CHANGES)
    context = {
        "row": row,
        "marking": of(row, row.corrects),
        "before": row.corrects,
        "flight": receipts.flight_words(row.flight),
        "is_read": bool(after),
        "changes": shown,
        "lines": [line for one in shown["rows"] for line in _lines(one)],
        "counts": {kind: sum(one["kind"] == kind for one in found) for kind in ("added", "removed", "changed")},
    }
    return render(request, "jrcc/changes.html", context)


def _lines(one: dict[str, Any]) -> list[dict[str, Any]]:
    """A line for each field that changed; one alone for who was added or removed."""
    known = {"kind": one["kind"], "name": one["name"]}
    fields = [{**known, "field": field, "old": old, "new": new} for field, old, new in one["fields"]]
    return fields or [{**known, "field": "", "old": "", "new": ""}]
