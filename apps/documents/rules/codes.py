"""The short code on a document: the beginning of its content hash, with a check character."""

import re
from dataclasses import dataclass

from apps.access.references import check_character
from apps.documents.rendering import Closing

DIGITS = 20
"""Hexadecimal digits of a code: 80 bits, so that nobody hits one by trying."""
HASH_DIGITS = 64


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody typed: a whole hash, or the beginning of one."""

    digits: str

    @property
    def is_whole(self) -> bool:
        """Whether it is a hash of 256 bits."""
        return len(self.digits) == HASH_DIGITS


def printed_code(content_hash: str) -> str:
    """The code of a content hash as printed: "3F2A-91C0-77DE-0B12-A4C9-A" (check: ISO 7064, MOD 37,36)."""
    digits = content_hash[:DIGITS].upper()
    groups = [digits[at : at + 4] for at in range(0, DIGITS, 4)]
    return "-".join([*groups, check_character(digits)])


def closing(content_hash: str, verify_at: str, *, seal: str = "") -> Closing:
    """The closing block of a document: its hash, seal and code, and the address of the verification page."""
    return Closing(content_hash=content_hash, verify_at=verify_at, code=printed_code(content_hash), seal=seal)


def read_code(text: str) -> Wanted | None:
    """What was typed, however it was spaced; None when it is neither a hash nor a code whose check is right."""
    typed = re.sub(r"[\s:-]", "", text).upper()
    if re.fullmatch(rf"[0-9A-F]{{{HASH_DIGITS}}}", typed):
        return Wanted(typed.lower())
    digits, check = typed[:DIGITS], typed[DIGITS:]
    if re.fullmatch(rf"[0-9A-F]{{{DIGITS}}}", digits) and check == check_character(digits):
        return Wanted(digits.lower())
    return None
