"""Whether who shows a key also has the program's own private key: a proof of possession (RFC 9449, DPoP)."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import jwt

ALGORITHMS = ("ES256", "ES384", "ES512", "EdDSA", "PS256", "RS256")
"""Signatures by a private key alone (section 4.3, check 5): never none, never one under a shared secret."""
FRESH_S = 60
"""How old, or how far ahead, a proof may be (section 11.1: a short time; its number is known for twice as long)."""
CLAIMS = ["jti", "htm", "htu", "iat", "ath"]
LONGEST = 4096
MOST_JTI = 200
PUBLIC = {"EC": ("crv", "kty", "x", "y"), "OKP": ("crv", "kty", "x"), "RSA": ("e", "kty", "n")}
"""The members of a public key that its thumbprint is made of (RFC 7638, section 3.2; RFC 8037, appendix A.3)."""
PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
DEFAULT_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Shown:
    """How a key was shown: `Bearer`, `DPoP` or `Basic`, with which proof, for which method and address."""

    scheme: str
    proof: str
    method: str
    url: str


def believed(shown: Shown, key: str, thumbprint: str, now: float) -> str:
    """The number of a proof that is right for this key of this program, to be used once; "" for every other.

    `thumbprint` is of the program's public key. Section 4.3, checks 1 to 12 but for the nonce, which is not asked.
    """
    if shown.scheme.lower() != "dpop" or not 0 < len(shown.proof) <= LONGEST:
        return ""
    try:
        header = jwt.get_unverified_header(shown.proof)
        jwk: Any = header.get("jwk")
        right = header.get("typ") == "dpop+jwt" and header.get("alg") in ALGORITHMS and isinstance(jwk, dict)
        if not right or PRIVATE & set(jwk) or not secrets.compare_digest(thumbprint_of(jwk), thumbprint):
            return ""
        public = jwt.PyJWK(jwk, algorithm=header["alg"]).key
        strict: Any = {"verify_iat": False, "enforce_minimum_key_length": True, "require": CLAIMS}
        claims = jwt.decode(shown.proof, public, algorithms=[header["alg"]], options=strict)
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        return ""
    jti = claims["jti"]
    fits = (
        isinstance(jti, str)
        and 0 < len(jti) <= MOST_JTI
        and claims["htm"] == shown.method
        and _plain(claims["htu"]) == _plain(shown.url)
        and isinstance(claims["iat"], int | float)
        and abs(now - claims["iat"]) <= FRESH_S
        and isinstance(claims["ath"], str)
        and secrets.compare_digest(claims["ath"].encode(), _digest(key.encode()).encode())
    )
    return _digest(jti.encode()) if fits else ""


def thumbprint_of(jwk: dict[str, Any]) -> str:
    """SHA-256 thumbprint of a public key, base64url without padding (RFC 7638); ValueError for no key."""
    names = PUBLIC.get(str(jwk.get("kty")))
    if names is None or not all(isinstance(jwk.get(name), str) for name in names):
        raise ValueError("no public key")
    return _digest(json.dumps({name: jwk[name] for name in names}, sort_keys=True, separators=(",", ":")).encode())


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def _plain(url: Any) -> tuple[str, str, int | None, str]:
    """An address without query and fragment, as it is compared (section 4.3; RFC 3986, section 6.2)."""
    parts = urlsplit(str(url))
    scheme = parts.scheme.lower()
    return scheme, (parts.hostname or "").lower(), parts.port or DEFAULT_PORTS.get(scheme), parts.path or "/"
