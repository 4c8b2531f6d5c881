"""Names as sent, put in one form: surname and given names, without the damage that hosts do to them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .mrz import split_names

TITLES = frozenset({"MR", "MRS", "MS", "MISS", "MSTR", "MASTER", "DR", "PROF", "CHD", "INF"})
_NO_NAME = frozenset({"FNU", "LNU", "XXX", ".", "-"})  # "first/last name unknown" in ship and US systems
_SUFFIXES = frozenset({"JR", "SR", "II", "III", "IV"})
_LONGEST = 35  # C080 3036 an..35
_DIGIT_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])[0158](?=[^\W\d_])")
_DIGITS = {"0": "O", "1": "I", "5": "S", "8": "B"}


@dataclass(frozen=True, slots=True)
class Name:
    """Surname (None when no name was sent), given names, codes of what was done, and whether an infant title stood."""

    surname: str | None
    given_names: str
    codes: tuple[str, ...] = ()
    infant: bool = False


def _tidy(text: str) -> str:
    """Upper case, runs of blanks to one, no outer blanks; other white space than blanks and tabs is kept."""
    text = text.upper().replace("\t", " ")
    if "  " in text:
        text = " ".join(word for word in text.split(" ") if word)
    return text.strip(" ")


def read_name(components: list[str]) -> Name:
    """The name in the components of C080, or of a sheet's two columns."""
    parts = [_tidy(component) for component in components]
    codes: list[str] = []
    if any(len(part) > _LONGEST for part in parts):
        codes.append("NAME_TOO_LONG")
    surname, given = parts[0], " ".join(part for part in parts[1:] if part)
    if "<" in surname or "<" in given:
        surname, given = _unfilled(surname, given, codes)
    elif "/" in surname and not given:
        surname, _, given = surname.partition("/")
        surname, given = _tidy(surname), _tidy(given.replace("/", " "))
        codes.append("NAME_SLASH")
    elif "," in surname and not given:
        surname, given = _at_comma(surname, codes)
    surname = "" if surname in _NO_NAME else surname
    given = "" if given in _NO_NAME else given
    given, title = _without_title(given)
    if title:
        codes.append("NAME_TITLE_REMOVED")
    if any(digit in surname or digit in given for digit in _DIGITS):
        surname, given = _with_letters(surname, codes), _with_letters(given, codes)
    if not surname:
        surname, given = given, ""
    return Name(surname or None, given, tuple(codes), infant=title == "INF")


def _unfilled(surname: str, given: str, codes: list[str]) -> tuple[str, str]:
    """Names without the filler of the machine-readable zone."""
    if "<<" in surname:
        codes.append("NAME_MRZ")
        if surname[:2] in ("P<", "V<") or len(surname) == 44:
            surname = surname[5:]  # a whole first line: type and issuer stand before the name
        surname, found = split_names(surname)
        given = f"{found} {given}"
    return _tidy(surname.replace("<", " ")), _tidy(given.replace("<", " "))


def _at_comma(name: str, codes: list[str]) -> tuple[str, str]:
    """SURNAME, GIVEN of one component; what stands behind the comma is no given name if it is a suffix."""
    surname, _, given = (_tidy(part) for part in name.partition(","))
    if not surname or not given or given.rstrip(".") in _SUFFIXES:
        return name, ""
    codes.append("NAME_COMMA")
    return surname, _tidy(given.replace(",", " "))


def _without_title(given: str) -> tuple[str, str]:
    """Given names without titles behind them, and the last title; a title that is the only word stays."""
    words = given.split(" ")
    title = ""
    while len(words) > 1 and words[-1] in TITLES:
        title = title or words[-1]
        words.pop()
    return (" ".join(words), title) if title else (given, "")


def _with_letters(name: str, codes: list[str]) -> str:
    fixed = _DIGIT_BETWEEN_LETTERS.sub(lambda found: _DIGITS[found.group()], name)
    if fixed != name and "NAME_DIGIT_REPAIRED" not in codes:
        codes.append("NAME_DIGIT_REPAIRED")
    return fixed
