"""Lists of manifests and of airlines' bookings, as they are declared."""

from apps.manifests.lists import readings
from apps.manifests.lists.finding_rows import print_group
from apps.manifests.lists.sent import Bookings, Manifests

__all__ = ["Bookings", "Manifests", "print_group", "readings"]
