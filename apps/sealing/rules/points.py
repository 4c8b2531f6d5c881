"""Public keys: points of P-256, and what people compare of them."""

import base64
import binascii
import hashlib

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

POINT_BYTES = 65


def read_bytes(text: str, length: int = 0) -> bytes:
    """Bytes of base64url without padding, `length` of them if given; ValueError for anything else."""
    try:
        found = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as wrong:
        raise ValueError("no base64url") from wrong
    if (length and len(found) != length) or base64.urlsafe_b64encode(found).rstrip(b"=").decode() != text:
        raise ValueError("not as many bytes, or not written the one way there is")
    return found


def read_point(text: str) -> bytes:
    """The 65 bytes of an uncompressed point that is on the curve; ValueError for anything else."""
    point = read_bytes(text, POINT_BYTES)
    EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    return point


def fingerprint(point: bytes) -> str:
    """The first 128 bits of SHA-256, in groups of four digits."""
    digits = hashlib.sha256(point).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))
