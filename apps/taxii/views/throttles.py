"""How often one key may ask, and how often an address may fail; windows of a second and of a minute."""

import time
from typing import Any

from django.conf import settings
from django.core.cache import cache

MINUTE = 60


def too_often(token: Any) -> bool:
    """Whether a key has used up this second."""
    return _over(f"taxii:key:{token.pk}:{int(time.time())}", settings.TAXII_REQUESTS_PER_SECOND, 2)


def failed_too_often(address: str) -> bool:
    """Count a failed authentication from an address; whether it has used up this minute. Right keys always pass."""
    window = int(time.time()) // MINUTE
    return _over(f"taxii:failed:{address}:{window}", settings.TAXII_FAILURES_PER_MINUTE, 2 * MINUTE)


def _over(key: str, most: int, kept: int) -> bool:
    try:
        if cache.add(key, 1, kept):
            return most < 1
        return int(cache.incr(key)) > most
    except ValueError:
        return False  # it ran out between the two
    except Exception as failure:
        # the counter protects and does not authorise: without it requests pass
        if isinstance(failure, ConnectionError) or type(failure).__module__.startswith("redis"):
            return False
        raise
