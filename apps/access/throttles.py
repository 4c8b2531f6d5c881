"""How often one seat or one address may ask. Without Valkey each process counts for itself (caricom_portal.caching)."""

from typing import Any

from django.core.cache import cache
from rest_framework.throttling import SimpleRateThrottle


def used_up(key: str, most: int, kept_s: int) -> bool:
    """Count one more under a key, kept for some seconds from the first; whether that is more than `most`.

    To be asked before what it protects: who tries several at once has tried several.
    """
    place = f"counted:{key}"
    cache.add(place, 0, kept_s)
    try:
        return int(cache.incr(place)) > most
    except ValueError:  # it ran out between the two, or Valkey went away
        return not cache.add(place, 1, kept_s) or most < 1


def count_anew(key: str) -> None:
    """Forget what was counted under a key."""
    cache.delete(f"counted:{key}")


class _Throttle(SimpleRateThrottle):
    def allow_request(self, request: Any, view: Any) -> bool:
        """As the framework's; pages and feeds ask as well, which are no views of it."""
        return super().allow_request(request, view)


class PerSeat(_Throttle):
    """Requests of one seat, whatever its addresses."""

    scope = "seat"

    def get_cache_key(self, request: Any, view: Any) -> str | None:
        """One counter per seat; none without an actor."""
        actor = request._request.actor
        return f"throttle:seat:{actor.seat_id}" if actor else None


class PerAddress(_Throttle):
    """Requests of one address, signed in or not."""

    scope = "address"

    def get_cache_key(self, request: Any, view: Any) -> str:
        """One counter per address."""
        return f"throttle:address:{self.get_ident(request)}"
