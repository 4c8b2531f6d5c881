"""The portal's signature under what leaves it: Ed25519 (RFC 8032), with a key of its own."""

import base64
import hashlib
import io
import mmap
import shutil
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

CHECK = """    openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in {name} -sigfile {name}.sig
"""
HOW = """These files were exported from the CARICOM Security Portal and signed by it (Ed25519, RFC 8032).

Check with OpenSSL 3:
{names}
Whoever changes the file could put another key beside it: compare the key's fingerprint with the one on the portal's
page "Anchors of the audit", or on a printed anchor. The key in this archive has
    {fingerprint}

The column "entry" of the table is an entry's place in its chain, "hash" its seal, as far as your desk may know them.
A seal is the SHA-256 of the seal before ("prev", as bytes; for the first entry of a chain the SHA-256 of nothing)
followed by the entry's text as UTF-8. The file that ends in .seals.jsonl, for desks of oversight, has both, so that
every seal can be computed anew; where numbers follow each other, "prev" is the seal of the number before. The operators
compare the whole archive with the chains by
    manage.py verify_audit --export ARCHIVE.zip
"""


@lru_cache
def _private(secret: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode(secret))


def sign(data: bytes | memoryview) -> bytes:
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


def signed_archive(target: BinaryIO, files: Mapping[str, BinaryIO]) -> None:
    """Write a ZIP of open files, a signature of each, the public key, and how to check them without the portal.

    Files on disk are neither read into memory nor held there twice: Ed25519 reads a message twice, so it is mapped.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in files.items():
            archive.writestr(f"{name}.sig", _sign_file(file))
            file.seek(0)
            with archive.open(name, "w", force_zip64=True) as inside:
                shutil.copyfileobj(file, inside)
        archive.writestr("public-key.pem", public_pem())
        names = "".join(CHECK.format(name=name) for name in files)
        archive.writestr("HOW-TO-VERIFY.txt", HOW.format(names=names, fingerprint=fingerprint(public_key())))


def _sign_file(file: BinaryIO) -> bytes:
    file.flush()
    if not file.seek(0, io.SEEK_END):
        return sign(b"")
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole, memoryview(whole) as message:
        return sign(message)
