"""A holder's key in a PKCS#11 token, for `caricom_holder.py --token`: beside it on the machine of a State.

It wants `python-pkcs11` and the library of the token's maker. The private half never leaves the token.
"""

import hmac

from cryptography.hazmat.primitives.asymmetric import ec

KEM_ID, SUITE_ID = b"KEM\x00\x10", b"HPKE\x00\x10\x00\x01\x00\x02"


class TokenKey:
    """A key in a PKCS#11 token (CKM_ECDH1_DERIVE): the token does the exchange, the private half stays in it."""

    def __init__(self, library: str, token: str, label: str, pin: str, *, make: bool = False) -> None:
        import pkcs11
        from pkcs11.util import ec as points

        self.mechanism, self.attribute, self.kinds = pkcs11.Mechanism, pkcs11.Attribute, pkcs11.KeyType
        self.session = pkcs11.lib(library).get_token(token_label=token).open(user_pin=pin, rw=make)
        if make:
            curve = points.encode_named_curve_parameters("secp256r1")
            domain = self.session.create_domain_parameters(self.kinds.EC, {self.attribute.EC_PARAMS: curve}, local=True)
            template = {self.attribute.EXTRACTABLE: False, self.attribute.SENSITIVE: True}
            domain.generate_keypair(store=True, label=label, private_template=template)
        found = self.session.get_key(object_class=pkcs11.ObjectClass.PUBLIC_KEY, label=label)
        self.public = bytes(found[self.attribute.EC_POINT])[-65:]  # within an OCTET STRING of DER
        self.private = self.session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=label)

    def exchange(self, other: bytes) -> bytes:
        """ECDH in the token; the secret of this one exchange comes out of it, as it has to."""
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), other)  # ValueError for what is no point
        template = {self.attribute.EXTRACTABLE: True, self.attribute.SENSITIVE: False}
        template |= {self.attribute.VALUE_LEN: 32}
        kind, kdf = self.kinds.GENERIC_SECRET, (1, None, other)  # CKD_NULL
        derived = self.private.derive_key(kind, 256, mechanism_param=kdf, store=False, template=template)
        return bytes(derived[self.attribute.VALUE])

    def schedule(self, enc: bytes, info: bytes) -> tuple[bytes, bytes]:
        """(key, nonce) under which something was sealed, of the encapsulated key that came with it."""
        return schedule(self.exchange(enc), enc, self.public, info)


def schedule(exchanged: bytes, enc: bytes, public: bytes, info: bytes) -> tuple[bytes, bytes]:
    """(key, nonce) of an exchange that a token has made: the library does not take one (RFC 9180, 4.1 and 5.1)."""
    seed = _extract(KEM_ID, b"", b"eae_prk", exchanged)
    shared = _expand(KEM_ID, seed, b"shared_secret", enc + public, 32)
    said_of = _extract(SUITE_ID, b"", b"psk_id_hash", b"") + _extract(SUITE_ID, b"", b"info_hash", info)
    secret = _extract(SUITE_ID, shared, b"secret", b"")
    key = _expand(SUITE_ID, secret, b"key", b"\x00" + said_of, 32)
    return key, _expand(SUITE_ID, secret, b"base_nonce", b"\x00" + said_of, 12)


def _extract(suite: bytes, salt: bytes, label: bytes, given: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + given, "sha256")


def _expand(suite: bytes, key: bytes, label: bytes, info: bytes, length: int) -> bytes:
    text = bytes([0, length]) + b"HPKE-v1" + suite + label + info
    return hmac.digest(key, text + b"\x01", "sha256")[:length]  # one block is enough for all that is made here
