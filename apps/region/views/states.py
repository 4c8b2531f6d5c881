"""All of one State, and the region's initiatives at a date."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from apps.access.refused import Refused
from apps.region.queries import initiatives as items
from apps.region.queries import states as reading
from apps.region.views.common import asked, page
from apps.region.views.instruments import STATUSES


@require_GET
def state(request: Any, code: str) -> HttpResponse:
    """What the register holds of one State on a day; for an Associate Member the pages of others are not there."""
    form, actor = asked(request), request.actor
    found = reading.page_of(actor, code, form.day, form.known)
    if found is None:
        raise Refused("not-visible")
    context = {
        "at": "region:map",
        "party": found.party,
        "found": found,
        "lines": [(standing, line, STATUSES[standing.status]) for standing, line in found.lines],
        "indicators": list(reading.indicators(actor).order_by("position")),
    }
    return page(request, "region/state.html", form, **context)


@require_GET
def initiatives(request: Any) -> HttpResponse:
    """Everything that was in hand on a day, with the page that shows it."""
    form = asked(request)
    found = items.on(request.actor, form.day)
    context = {"at": "region:initiatives", "areas": found, "all": sum(len(rows) for _area, rows in found)}
    return page(request, "region/initiatives.html", form, **context)
