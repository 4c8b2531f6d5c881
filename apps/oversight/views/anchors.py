"""Anchors of the audit: the list, one to be printed, and the file to be kept."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.access.downloads import state_marking
from apps.access.marking import OFFICIAL, marked
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.audit import signatures
from apps.audit.models import AuditRecord
from apps.oversight.lists import Anchors, standing_chip
from apps.oversight.models import Anchor
from apps.oversight.queries.anchor_files import taken_along
from apps.oversight.queries.anchors import own_heads, sees_all_chains
from apps.oversight.queries.receipts import receipt_of
from apps.oversight.queries.witnesses import cosignatures, standings


@require_GET
@marked(OFFICIAL)
def anchors(request: Any) -> HttpResponse:
    """Anchors by hour with their witnesses, newest first."""
    return Anchors(request).answer()


@require_GET
@marked(OFFICIAL)
def anchor(request: Any, pk: Any) -> HttpResponse:
    """One anchor, laid out for printing."""
    row = visible_or_404(Anchor.objects.visible_to(request.actor), request.actor, pk)
    context = {
        "anchor": row,
        "heads": own_heads(row, request.actor),
        "cosignatures": cosignatures(row),
        "standing": standing_chip(standings([row]).get(row.pk)),
        "whole": sees_all_chains(request.actor),
        "number_of_chains": len(row.heads),
        "fingerprint": signatures.fingerprint(signatures.public_key()),
    }
    return render(request, "oversight/anchor.html", context)


@require_GET
def anchor_file(request: Any, pk: Any) -> HttpResponse:
    """The anchor as a signed file for `verify_audit --anchor`."""
    row = visible_or_404(Anchor.objects.visible_to(request.actor), request.actor, pk)
    return taken_along(row, request.actor)


@require_GET
def receipt(request: Any, pk: Any) -> HttpResponse:
    """One entry of the audit as it was sealed, with the way to a signed anchor; taking it is an entry itself."""
    kept, level = receipt_of(request.actor, pk)
    note_read(request, "audit.export", AuditRecord, rows=1)
    headers = {"Content-Disposition": f'attachment; filename="receipt-{kept.chain}-{kept.number}.txt"'}
    answer = HttpResponse(kept.file(), content_type="text/plain; charset=utf-8", headers=headers)
    state_marking(answer, {"level": max(level, OFFICIAL["level"])})
    return answer
