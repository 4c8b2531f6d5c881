"""The portal's signature under what leaves it: Ed25519 (RFC 8032), with a key of its own."""

import base64
import hashlib
import io
import zipfile
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

HOW = """This file was exported from the CARICOM Security Portal and signed by it (Ed25519, RFC 8032).

Check with OpenSSL 3:
    openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in {name} -sigfile {name}.sig

Whoever changes the file could put another key beside it: compare the key's fingerprint with the one on the portal's
page "Anchors of the audit", or on a printed anchor. The key in this archive has
    {fingerprint}
"""


@lru_cache
def _private(secret: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode(secret))


def sign(data: bytes) -> bytes:
    """The portal's signature of these bytes: 64 bytes."""
    return _private(settings.SIGNING_KEY).sign(data)


def public_key() -> bytes:
    """The portal's public key: 32 bytes."""
    return _private(settings.SIGNING_KEY).public_key().public_bytes_raw()


def public_pem() -> bytes:
    """The same as other programs read it (PEM, RFC 8410)."""
    return _private(settings.SIGNING_KEY).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint(key: bytes) -> str:
    """What people compare: the first 128 bits of the key's SHA-256, in groups of four digits."""
    digits = hashlib.sha256(key).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


def is_signed(data: bytes, signature: bytes, key: bytes) -> bool:
    """Whether the signature of these bytes is by this key."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def signed_archive(name: str, data: bytes) -> bytes:
    """A ZIP with the file, its signature, the public key, and how to check it without the portal."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
        archive.writestr(f"{name}.sig", sign(data))
        archive.writestr("public-key.pem", public_pem())
        archive.writestr("HOW-TO-VERIFY.txt", HOW.format(name=name, fingerprint=fingerprint(public_key())))
    return whole.getvalue()
