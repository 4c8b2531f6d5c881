"""Whether an ID token is to be believed (OpenID Connect Core 1.0, section 3.1.3.7)."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

import jwt

from apps.entrance.rules.directory_requests import Fault

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures by a key that only the directory has (RFC 7518, RFC 8037): never none, never one under the secret."""
CLOCKS_S = 60
"""By how much two clocks may differ."""
LONGEST_SUBJECT = 255
WRONG: tuple[tuple[type[jwt.PyJWTError], str], ...] = (
    (jwt.InvalidIssuerError, "issuer"),
    (jwt.InvalidAudienceError, "audience"),
    (jwt.ExpiredSignatureError, "expired"),
    (jwt.ImmatureSignatureError, "expired"),
    (jwt.InvalidSignatureError, "signature"),
    (jwt.InvalidKeyError, "key"),
)
KEEPS = ["exp", "iat", "iss", "aud", "sub"]


def believed(token: str, keys: Sequence[Mapping[str, Any]], *, issuer: str, client_id: str) -> dict[str, Any]:
    """The claims of a token that this issuer signed for this client and that is not over; Fault with what is wrong.

    The signature is always asked, also of a token that came straight from the directory. `nonce` belongs to the
    browser's own state and is asked by `same_nonce`.
    """
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError:
        raise Fault("token") from None
    if header.get("alg") not in ALGORITHMS:
        raise Fault("algorithm")
    key = _key(keys, header)
    try:
        claims: dict[str, Any] = jwt.decode(
            token, key, algorithms=[header["alg"]], audience=client_id, issuer=issuer, leeway=CLOCKS_S,
            options={"require": KEEPS, "enforce_minimum_key_length": True},
        )  # fmt: skip
    except jwt.PyJWTError as wrong:
        raise Fault(next((code for kind, code in WRONG if isinstance(wrong, kind)), "token")) from None
    others = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if claims.get("azp", client_id if len(others) == 1 else "") != client_id:
        raise Fault("audience")
    if not 0 < len(claims["sub"]) <= LONGEST_SUBJECT:
        raise Fault("token")
    return claims


def same_nonce(claims: Mapping[str, Any], nonce: str) -> bool:
    """Whether a token was made for the sign-in that asked for it."""
    said = claims.get("nonce")
    return isinstance(said, str) and bool(nonce) and secrets.compare_digest(said.encode(), nonce.encode())


def proves_second_factor(claims: Mapping[str, Any], trusted: Sequence[str]) -> bool:
    """Whether the token says, in amr or acr, that a second factor was given that the party trusts (RFC 8176)."""
    methods = claims.get("amr")
    said = [*(methods if isinstance(methods, list) else []), claims.get("acr")]
    return any(isinstance(one, str) and one in trusted for one in said)


def usable(keys: Sequence[Any]) -> list[Mapping[str, Any]]:
    """Those of a directory's keys with which it can sign."""
    return [key for key in keys if isinstance(key, dict) and key.get("use", "sig") == "sig" and key.get("kty") != "oct"]


def _key(keys: Sequence[Mapping[str, Any]], header: Mapping[str, Any]) -> Any:
    """The directory's key by which the token says that it is signed; the only one, where it names none."""
    fit = [key for key in usable(keys) if key.get("alg", header["alg"]) == header["alg"]]
    named = [key for key in fit if key.get("kid") == header.get("kid")] if "kid" in header else fit
    if len(named) != 1:
        raise Fault("key")
    try:
        return jwt.PyJWK(dict(named[0]), algorithm=header["alg"]).key
    except (jwt.PyJWTError, ValueError, TypeError):
        raise Fault("key") from None
