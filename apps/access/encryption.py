"""Texts that the database or a browser keeps and only the portal reads.

FIELD_KEY encrypts; the keys before it (FIELD_KEYS_BEFORE) still decrypt, until `manage.py encrypt_anew` has written
everything under the first. Marks and ids are made from one key that stays, since nothing is left to make them of anew.
"""

import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def field_keys() -> tuple[bytes, ...]:
    """The keys under which texts are kept, the one that encrypts first."""
    return tuple(map(_bytes, (settings.FIELD_KEY, *settings.FIELD_KEYS_BEFORE)))


def marking_key() -> bytes:
    """The key of marks and ids: MARK_KEY, else the oldest of the keys that are given."""
    return _bytes(settings.MARK_KEY) if settings.MARK_KEY else field_keys()[-1]


def sealed(text: str) -> str:
    """The text under FIELD_KEY: Fernet (AES-128-CBC with HMAC-SHA-256)."""
    return sealed_by(field_keys(), text)


def opened(seal: str) -> str:
    """The text that `sealed` was given, under whichever of the keys; cryptography's InvalidToken for anything else."""
    return opened_by(field_keys(), seal)


def sealed_anew(seal: str) -> str | None:
    """The same text under FIELD_KEY; None where it is already. InvalidToken where no key opens it."""
    return sealed_anew_by(field_keys(), seal)


def sealed_by(keys: tuple[bytes, ...], text: str) -> str:
    """The text under the first of these keys, each 32 bytes in urlsafe base64."""
    return _fernet(keys).encrypt(text.encode()).decode()


def opened_by(keys: tuple[bytes, ...], seal: str) -> str:
    """The text that is kept under any of these keys; InvalidToken for none."""
    return _fernet(keys).decrypt(seal.encode()).decode()


def sealed_anew_by(keys: tuple[bytes, ...], seal: str) -> str | None:
    """The same text under the first of these keys; None where it is already, InvalidToken where none opens it."""
    try:
        _fernet(keys[:1]).decrypt(seal.encode())
    except InvalidToken:
        return _fernet(keys).rotate(seal.encode()).decode()
    return None


def mark_of(text: str) -> str:
    """A hash of the text under the marking key, to find it again where the text itself is not kept: HMAC-SHA-256."""
    return hmac.new(marking_key(), text.encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=256)
def _fernet(keys: tuple[bytes, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def _bytes(key: str | bytes) -> bytes:
    return key if isinstance(key, bytes) else key.encode()
