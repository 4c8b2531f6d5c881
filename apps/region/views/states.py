"""All of one State, and the region's initiatives at a date."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from apps.access.refusal import Refused
from apps.region.lists.instruments import instrument_rows
from apps.region.lists.laws import law_rows
from apps.region.queries import initiatives as items
from apps.region.queries import states as reading
from apps.region.views.common import asked, kept_days, page
from apps.region.views.instruments import STATUSES


@require_GET
def state(request: Any, code: str) -> HttpResponse:
    """What the register holds of one State on a day; for an Associate Member the pages of others are not there."""
    form, actor = asked(request), request.actor
    found = reading.read_state_page(actor, code, form.day, form.known)
    if found is None:
        raise Refused("not-visible")
    days = kept_days(request, form)
    context = {
        "party": found.party,
        "found": found,
        "lines": instrument_rows(((standing, line, STATUSES[standing.status]) for standing, line in found.lines), days),
        "laws": law_rows(((found.party, cell) for cell in found.laws), days),
        "indicators": list(reading.indicators(actor).order_by("position")),
    }
    return page(request, "region/state.html", form, **context)


@require_GET
def initiatives(request: Any) -> HttpResponse:
    """Everything that was in hand on a day, with the page that shows it."""
    form = asked(request)
    found = items.on(request.actor, form.day)
    context = {"items": found, "all": len(found)}
    return page(request, "region/initiatives.html", form, **context)
