"""How often one seat or one address may ask."""

from typing import Any

from django.core.cache import cache
from rest_framework.throttling import SimpleRateThrottle


def used_up(key: str, most: int, kept_s: int) -> bool:
    """Count one more under a key, kept for some seconds from the first; whether that is more than `most`.

    To be asked before what it protects: who tries several at once has tried several.
    """
    cache.add(key, 0, kept_s)
    return int(cache.incr(key)) > most


class _Throttle(SimpleRateThrottle):
    def allow_request(self, request: Any, view: Any) -> bool:
        """Count the request; a cache that is away lets it pass, since the counter protects and does not authorise."""
        try:
            return super().allow_request(request, view)
        except ConnectionError:
            return True
        except Exception as failure:
            if type(failure).__module__.startswith("redis"):
                return True
            raise


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
