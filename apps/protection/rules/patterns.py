"""Names and numbers of documents as patterns that PostgreSQL finds in texts, however they are accented or parted."""

import re
import unicodedata
from functools import lru_cache

from apps.access.folded_text import plain

PARTED = r"[\s.’'\-]*"
FIRST, LAST = 0xC0, 0x17F
"""Letters with accents, Latin-1 and Latin Extended-A (Unicode)."""


def name(text: str) -> str:
    """A whole name as a pattern, its words in their order; "" for a text without letters."""
    words = re.findall(r"[^\W_]+", plain(text))
    return rf"\m{PARTED.join(''.join(map(_alike, word)) for word in words)}\M" if words else ""


def number(text: str) -> str:
    """A document number as a pattern, with or without blanks; "" for a text without digits."""
    signs = re.findall(r"[A-Z0-9]", plain(text).upper())
    if not any(sign.isdecimal() for sign in signs):
        return ""
    return r"\m" + PARTED.join(signs) + r"\M"


def _alike(letter: str) -> str:
    accented = _accented().get(letter, "")
    return f"[{letter}{accented}]" if accented else letter


@lru_cache
def _accented() -> dict[str, str]:
    """{letter: the same with accents}."""
    found: dict[str, str] = {}
    for code in range(FIRST, LAST + 1):
        base = unicodedata.normalize("NFKD", chr(code).casefold())[0]
        if base.isascii() and base.isalpha():
            found[base] = found.get(base, "") + chr(code)
    return found
