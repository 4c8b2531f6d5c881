"""The key of a subject: keyed, so that nobody finds out by trying which subjects are asked about."""

import hashlib
import hmac
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from apps.access.encryption import marking_key
from apps.exchange.rules.subjects import normal


@lru_cache(maxsize=4)
def _secret(key: bytes) -> bytes:
    """HKDF (RFC 5869) over the marking key."""
    return HKDF(SHA256(), 32, salt=None, info=b"exchange subjects").derive(key)


def key_of(kind: str, value: str) -> str:
    """HMAC-SHA256 of kind and normalised value, 64 hex digits; NotASubject where the value cannot be read."""
    return hmac.new(_secret(marking_key()), f"{kind}\n{normal(kind, value)}".encode(), hashlib.sha256).hexdigest()
