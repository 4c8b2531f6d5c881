"""References of sources, encrypted: with keys of its own for each party, made from the portal's FIELD_KEY."""

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from apps.access import encryption
from apps.access.key_rotation import Kept


@lru_cache(maxsize=256)
def _derived(party: str, key: bytes) -> bytes:
    """HKDF (RFC 5869) over one of the portal's keys; the party's code is the context."""
    return HKDF(SHA256(), 32, salt=None, info=f"rifc source {party}".encode()).derive(key)


def _keys(party: str) -> tuple[bytes, ...]:
    return tuple(base64.urlsafe_b64encode(_derived(party, key)) for key in encryption.field_keys())


def seal(party: str, reference: str) -> str:
    """The reference encrypted (Fernet)."""
    return encryption.sealed_by(_keys(party), reference)


def opened(party: str, sealed: str) -> str:
    """The reference; LookupError where it was sealed with another key."""
    try:
        return encryption.opened_by(_keys(party), sealed)
    except InvalidToken:
        raise LookupError("sealed with another key") from None


def pseudonym(party: str, desk: str, reference: str) -> str:
    """A short name, the same for one reference of one desk; it never leaves that desk."""
    key = _derived(party, encryption.marking_key())
    mark = hmac.new(key, f"{desk}\n{reference}".encode(), hashlib.sha256).hexdigest()
    return f"S-{mark[:8].upper()}"


KEPT = Kept(
    "rifc.SourceReference",
    "sealed",
    lambda row: encryption.sealed_anew_by(_keys(row.party_id), row.sealed),
    of_desks=True,
)
