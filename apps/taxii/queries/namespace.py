"""The secret namespace of the ids that the portal gives, made from its marking key."""

import uuid
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from apps.access.encryption import marking_key


@lru_cache(maxsize=4)
def _derived(key: bytes, purpose: str, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=purpose.encode()).derive(key)


def _key(purpose: str, length: int) -> bytes:
    """HKDF (RFC 5869) over the marking key, which never changes: a new one would give every object a new id."""
    return _derived(marking_key(), purpose, length)


def namespace() -> uuid.UUID:
    """Of ids of objects."""
    return uuid.UUID(bytes=_key("taxii ids", 16))


def page_key() -> bytes:
    """By which places in a list are signed."""
    return _key("taxii pages", 32)
