"""Keyed hashes: of a paragraph's words, and of identifiers that parties hold without showing them to each other."""

import hashlib
import hmac
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from apps.access.encryption import marking_key


def hash_of(text: str) -> str:
    """SHA-256 of a paragraph's words, as PostgreSQL gives it in apps.entities.managers.WordsHash."""
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=4)
def _derived(key: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"entities match").derive(key)


def mark_of(field: str, normal: str) -> str:
    """The mark of an identifier: equal for equal ones, and of no use to who has the table without the key."""
    return hmac.new(_derived(marking_key()), f"{field}\n{normal}".encode(), hashlib.sha256).hexdigest()
