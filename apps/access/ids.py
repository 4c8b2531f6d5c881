"""Time-ordered identifiers of records."""

import secrets
import threading
import time
import uuid

RANDOM, STEP = 74, 60
"""Bits after the milliseconds; bits of the random step to the next one within the same millisecond."""

_lock = threading.Lock()
_last = 0


def uuid7() -> uuid.UUID:
    """A UUID version 7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then random bits.

    Those of one process rise strictly (section 6.2, method 2): records made together keep the order of their making.
    Python brings its own from 3.14 on.
    """
    global _last
    with _lock:
        fresh = (time.time_ns() // 1_000_000) << RANDOM | secrets.randbits(RANDOM - 1)
        _last = fresh if fresh > _last else _last + 1 + secrets.randbits(STEP)
        number = _last
    head, tail = number >> 62, number & (1 << 62) - 1
    return uuid.UUID(int=(head >> 12) << 80 | 0x7 << 76 | (head & 0xFFF) << 64 | 0x2 << 62 | tail)
