"""Texts that the database or a browser keeps and only the portal reads."""

import hashlib
import hmac

from cryptography.fernet import Fernet
from django.conf import settings


def sealed(text: str) -> str:
    """The text under FIELD_KEY: Fernet (AES-128-CBC with HMAC-SHA-256)."""
    return Fernet(settings.FIELD_KEY).encrypt(text.encode()).decode()


def opened(seal: str) -> str:
    """The text that `sealed` was given; cryptography's InvalidToken for anything else."""
    return Fernet(settings.FIELD_KEY).decrypt(seal.encode()).decode()


def mark_of(text: str) -> str:
    """A hash of the text under FIELD_KEY, to find it again where the text itself is not kept: HMAC-SHA-256 as hex."""
    return hmac.new(_key(), text.encode(), hashlib.sha256).hexdigest()


def _key() -> bytes:
    key = settings.FIELD_KEY
    return key if isinstance(key, bytes) else key.encode()
