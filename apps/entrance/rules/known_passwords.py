"""Passwords that others know: common ones however they are stretched, the portal's own words, and stolen ones.

Sources: OWASP ASVS 5.0.0, 6.2.4, 6.2.11 and 6.2.12; NIST SP 800-63B-4, section 3.1.1.2.
"""

import hashlib
import os
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ImproperlyConfigured, ValidationError

OWN_WORDS = (
    *("analyst", "assessment", "authority", "border", "caricom", "caribbean", "classified", "clearance", "coastguard"),
    *("community", "confidential", "council", "customs", "immigration", "impacs", "intelligence", "interpol", "jrcc"),
    *("ministry", "officer", "official", "oversight", "passport", "police", "portal", "restricted", "rifc"),
    *("secretariat", "secret", "security", "supervisor", "watchlist", "watch"),
    *("anguilla", "antigua", "bahamas", "barbados", "barbuda", "belize", "bermuda", "caicos", "cayman", "curacao"),
    *("dominica", "grenada", "grenadines", "guyana", "haiti", "jamaica", "kitts", "lucia", "montserrat", "nevis"),
    *("saint", "suriname", "tobago", "trinidad", "turks", "vincent", "virgin", "islands"),
)
"""What somebody who knows the portal tries first; docs/reference/security.md lists them."""
LONGEST_FIRST = sorted(OWN_WORDS, key=len, reverse=True)
LEET = str.maketrans("013457@$!|", "oleastasil")
SHORTEST_WORD = FEW = 4
LINE = 200
"""Bytes of a line of hashes are fewer: 40 digits, a colon, a count."""


class KnownPasswordValidator(CommonPasswordValidator):
    """Refuses what is on the framework's list of 20,000, what is made of it, and what is in a file of stolen ones.

    `stolen`: "" or a file with the SHA-1 of each as 40 hexadecimal digits at the beginning of a line, in their order:
    the form in which Have I Been Pwned gives its list away. It is looked into on disk and may be of any size.
    """

    def __init__(self, stolen: str = "") -> None:
        super().__init__()
        self.stolen = Path(stolen) if stolen else None
        if self.stolen is not None and not self.stolen.is_file():
            raise ImproperlyConfigured(f"STOLEN_PASSWORDS names {stolen}, which is no file.")

    def validate(self, password: str, user: Any = None) -> None:
        """ValidationError for a password that others know."""
        super().validate(password, user)
        if is_stretched(password, self.passwords) or self._is_stolen(password):
            raise ValidationError(self.get_error_message(), code="password_too_common")

    def _is_stolen(self, password: str) -> bool:
        if self.stolen is None:
            return False
        with self.stolen.open("rb") as file:  # a list that has gone away is an error and never a clean bill
            return holds(file, sha1_of(password))


def sha1_of(password: str) -> bytes:
    """The hash under which lists of stolen passwords have it: 40 digits in capitals. It protects nothing."""
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()


def is_stretched(password: str, common: set[str]) -> bool:
    """Whether a password is one known word, or words of the portal, with digits and signs about it, or a mere row.

    A third of it has to be the word: many free signs beside a short one are no decoration.
    """
    text = "".join(password.casefold().split())
    if _is_row(text) or _once(text) in common:
        return True
    for spelled in (text, text.translate(LEET)):
        within = _letters_within(spelled)
        bare = _without_own_words(within)
        words = {each for each in (within, _once(within), bare, _once(bare)) if len(each) >= SHORTEST_WORD}
        if 3 * len(within) >= len(text) and (not bare or words & common):
            return True
    return False


def holds(file: BinaryIO, digest: bytes) -> bool:
    """Whether a line begins with these digits, in a file whose lines are in order; reads some forty of them."""
    low, high = 0, file.seek(0, os.SEEK_END)
    while low < high:  # a line that begins at `low` or later, and before `high`
        middle = (low + high) // 2
        start, line = _line_from(file, middle)
        if not line or start >= high:
            high = middle
        elif line[: len(digest)].upper() < digest:
            low = start + len(line)
        elif line[: len(digest)].upper() == digest:
            return True
        else:
            high = middle
    return False


def _line_from(file: BinaryIO, place: int) -> tuple[int, bytes]:
    """(where it begins, the line) of the first one that begins at this place or later; nothing after the last."""
    file.seek(max(place - 1, 0))
    if place:
        file.readline(LINE)
    return file.tell(), file.readline(LINE)


def _letters_within(text: str) -> str:
    """Without what is no letter at its beginning and end."""
    begin, end = 0, len(text)
    while begin < end and not text[begin].isalpha():
        begin += 1
    while end > begin and not text[end - 1].isalpha():
        end -= 1
    return text[begin:end]


def _once(text: str) -> str:
    """What is written several times over, once."""
    period = (text + text).find(text, 1)
    return text[:period]


def _without_own_words(word: str) -> str:
    """What is left of a word without the portal's, and without signs between them; unchanged if it has none of them."""
    rest = word
    for own in LONGEST_FIRST:
        rest = rest.replace(own, " ")
    return word if rest == word else "".join(each for each in rest if each.isalpha())


def _is_row(text: str) -> bool:
    """One sign again and again, the same few three times or more, or signs that follow each other: 2345…, zyxw…."""
    if len(_once(text)) <= FEW and len(text) >= 3 * len(_once(text)):
        return True
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return steps <= {1, -9} or steps <= {-1, 9}  # after nine comes nought
