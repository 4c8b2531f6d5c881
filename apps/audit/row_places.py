"""Where a row stands in the audit, as readers are told it: its number would count everybody's acts."""

import hashlib
import uuid
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

from apps.audit.managers import Reader, is_regional
from apps.audit.models import AuditRecord

LARGEST_KEY = 2**62


@lru_cache
def _cipher(secret: str) -> Cipher[Any]:
    key = hashlib.sha256(b"places in the audit" + secret.encode()).digest()
    # one block for one number: the same row has the same id, and nothing is joined to it
    return Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305


def public_id(pk: int) -> uuid.UUID:
    """The UUID by which a row of the audit is named: its number, encrypted."""
    sealing = _cipher(settings.SECRET_KEY).encryptor()
    return uuid.UUID(bytes=sealing.update(pk.to_bytes(16)) + sealing.finalize())


def number_of(public: str) -> int:
    """The row that a UUID names; ValueError if it names none."""
    opening = _cipher(settings.SECRET_KEY).decryptor()
    number = int.from_bytes(opening.update(uuid.UUID(public).bytes) + opening.finalize())
    if not 0 < number < LARGEST_KEY:
        raise ValueError(public)
    return number


def key_of(public: str | None) -> int | None:
    """The row at a place in the list; None for anything that is none."""
    try:
        return number_of(public) if public else None
    except ValueError:
        return None


def around(chosen: dict[str, str], page: list[Any], newer: bool, older: bool) -> dict[str, str]:
    """{newer, older}: addresses of the pages beside one of the list, as far as there are such."""
    pages = {}
    if page and newer:
        pages["newer"] = "?" + urlencode({**chosen, "after": public_id(page[0].pk)})
    if page and older:
        pages["older"] = "?" + urlencode({**chosen, "before": public_id(page[-1].pk)})
    return pages


def place_of(row: AuditRecord, reader: Reader | None) -> str:
    """Chain and number of a row, the number where the reader may know it."""
    return f"{row.stream} {row.seq}" if reader is not None and knows_seq(row, reader) else row.stream


def may_prove(row: AuditRecord, reader: Reader) -> bool:
    """Whether somebody may hold the whole of what is sealed, addresses of machines too: who oversees that chain."""
    return reader.function == "oversight" and knows_seq(row, reader)


def knows_seq(row: AuditRecord, reader: Reader) -> bool:
    """A chain's numbers are for its own party and the region's oversight; a carrier would count readings by them."""
    own = row.stream == reader.party_code and reader.function != "carrier"
    return own or is_regional(reader)
