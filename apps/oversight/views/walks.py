"""One walk over the chains of the audit."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.access.marking import OFFICIAL, marked
from apps.access.queries import visible_or_404
from apps.oversight.models import ChainWalk
from apps.oversight.queries.anchors import sees_all_chains
from apps.oversight.queries.walks import own_breaks


@require_GET
@marked(OFFICIAL)
def walk(request: Any, pk: Any) -> HttpResponse:
    """When it was, how much it was over, and what did not fit of the chains that the desk may see."""
    row = visible_or_404(ChainWalk.objects.visible_to(request.actor), request.actor, pk)
    own = own_breaks(row, request.actor)
    whole = sees_all_chains(request.actor)
    context = {"walk": row, "breaks": own, "others": len(row.breaks) - len(own), "whole": whole}
    return render(request, "oversight/walk.html", context)
