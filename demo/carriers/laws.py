"""Laws on bookings for the demo: one that comes into force, one that waits for its second person. All invented."""

import datetime

from django.utils import timezone

from apps.carriers.actions import booking_laws
from apps.carriers.models import BookingLawChange
from demo.people import seated


def load() -> None:
    """Propose both where no change is there yet."""
    officer = seated("jam.border.officer")
    if BookingLawChange.objects.visible_to(officer).exists():
        return
    first = timezone.now().date() + datetime.timedelta(days=14)
    coming = booking_laws.propose_booking_law_change(
        seated("brb.border.officer"), None, elements=["documents", "itinerary", "contacts"], keep_days=180,
        valid_from=first, source="Fictional: Passenger Name Record Act 2026, ss. 4 and 9",
    )  # fmt: skip
    booking_laws.confirm_booking_law_change(seated("brb.border.head"), coming)
    booking_laws.propose_booking_law_change(
        officer, None, elements=["documents", "seats", "bags"], keep_days=90,
        valid_from=first, source="Fictional: Immigration (Bookings) Order 2026, s. 3",
    )  # fmt: skip
