"""Airlines' bookings as a State's law lets its border desk have them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.access.middleware import note_read
from apps.access.paging import cut
from apps.jrcc import boards, receipts
from apps.jrcc.models import BookedTraveller, Booking

ROWS = 25


@require_GET
def bookings(request: Any) -> HttpResponse:
    """Bookings that the seat may see, the newest first; carrier, number and day in the address. Each counts as read."""
    actor, filters = request.actor, boards.chosen(request.GET, "carrier", "number", "day")
    day = boards.as_day(filters["day"]) if filters.get("day") else None
    found = Booking.objects.visible_to(actor).select_related("law")
    if filters.get("carrier"):
        found = found.filter(carrier=filters["carrier"].upper())
    if filters.get("number"):
        found = found.filter(number=filters["number"].upper())
    if filters.get("day"):
        found = found.filter(date=day) if day else found.none()
    rows, older, newer = cut(found, request.GET, ROWS)
    people: dict[Any, list[dict[str, Any]]] = {row.pk: [] for row in rows}
    for one in BookedTraveller.objects.visible_to(actor).filter(booking__in=rows).order_by("seq"):
        people[one.booking_id].append({"it": one, "born": receipts.day_words(one.birth_date)})
    for row in rows:
        note_read(request, "booking.read", row)
    context = {
        "lines": [{"it": row, "people": people[row.pk]} for row in rows],
        "filters": filters,
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
    }
    return render(request, "jrcc/bookings.html", context)
