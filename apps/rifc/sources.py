"""References of sources, encrypted: with a key of its own for each party, made from the portal's FIELD_KEY."""

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


@lru_cache(maxsize=64)
def _key(party: str) -> bytes:
    """HKDF (RFC 5869) over FIELD_KEY; the party's code is the context."""
    field_key = settings.FIELD_KEY if isinstance(settings.FIELD_KEY, bytes) else settings.FIELD_KEY.encode()
    return HKDF(SHA256(), 32, salt=None, info=f"rifc source {party}".encode()).derive(field_key)


def seal(party: str, reference: str) -> str:
    """The reference encrypted (Fernet)."""
    return Fernet(base64.urlsafe_b64encode(_key(party))).encrypt(reference.encode()).decode()


def opened(party: str, sealed: str) -> str:
    """The reference; LookupError where it was sealed with another key."""
    try:
        return Fernet(base64.urlsafe_b64encode(_key(party))).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise LookupError("sealed with another key") from None


def pseudonym(party: str, desk: str, reference: str) -> str:
    """A short name, the same for one reference of one desk; it never leaves that desk."""
    mark = hmac.new(_key(party), f"{desk}\n{reference}".encode(), hashlib.sha256).hexdigest()
    return f"S-{mark[:8].upper()}"
