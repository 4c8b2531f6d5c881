"""Airlines' bookings as a State's law lets its border desk have them."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from apps.manifests.lists import Bookings


@require_GET
def bookings(request: Any) -> HttpResponse:
    """Bookings that the seat may see, the newest first; carrier, number and day in the address. Each counts as read."""
    return Bookings(request).answer()
