"""The secret namespace of the ids that the portal gives, made from its FIELD_KEY."""

import uuid
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


@lru_cache(maxsize=4)
def _derived(key: bytes, purpose: str, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=purpose.encode()).derive(key)


def _key(purpose: str, length: int) -> bytes:
    """HKDF (RFC 5869) over FIELD_KEY, which outlives SECRET_KEY: a new one would give every object a new id."""
    key = settings.FIELD_KEY if isinstance(settings.FIELD_KEY, bytes) else settings.FIELD_KEY.encode()
    return _derived(key, purpose, length)


def namespace() -> uuid.UUID:
    """Of ids of objects."""
    return uuid.UUID(bytes=_key("taxii ids", 16))


def page_key() -> bytes:
    """By which places in a list are signed."""
    return _key("taxii pages", 32)
