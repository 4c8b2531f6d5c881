"""Anchors of the audit: the list, one to be printed, and the file to be kept."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.access import paging
from apps.access.queries import visible_or_404
from apps.audit import signing
from apps.oversight.evidence import taken_along
from apps.oversight.models import Anchor
from apps.oversight.queries.anchors import own_heads, sees_all_chains
from apps.oversight.queries.walks import last_walk

ON_A_PAGE = 30


@require_GET
def anchors(request: Any) -> HttpResponse:
    """Anchors by day, newest first."""
    rows, older, newer = paging.cut(Anchor.objects.visible_to(request.actor).defer("heads"), request.GET, ON_A_PAGE)
    context = {
        "anchors": rows,
        "older": f"?{older}" if older else "",
        "newer": f"?{newer}" if newer else "",
        "fingerprint": signing.fingerprint(signing.public_key()),
        "walk": last_walk(),
    }
    return render(request, "oversight/anchors.html", context)


@require_GET
def anchor(request: Any, pk: Any) -> HttpResponse:
    """One anchor, laid out for printing."""
    row = visible_or_404(Anchor.objects.visible_to(request.actor), request.actor, pk)
    context = {
        "anchor": row,
        "heads": own_heads(row, request.actor),
        "whole": sees_all_chains(request.actor),
        "number_of_chains": len(row.heads),
        "fingerprint": signing.fingerprint(signing.public_key()),
    }
    return render(request, "oversight/anchor.html", context)


@require_GET
def anchor_file(request: Any, pk: Any) -> HttpResponse:
    """The anchor as a signed file for `verify_audit --anchor`."""
    row = visible_or_404(Anchor.objects.visible_to(request.actor), request.actor, pk)
    return taken_along(row, request.actor)
