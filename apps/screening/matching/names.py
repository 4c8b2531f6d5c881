"""Names as ordered tokens with roles: S surname, G given name, `?` unknown."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii

from .making import maker
from .spelling import Token, token

SURNAME, GIVEN, UNKNOWN = "S", "G", "?"
# Longer than any token: a single token cannot be run together.
NO_JOIN = 1000

# What the checkout desk types when it knows no name.
FILLERS = frozenset(("fnu", "lnu", "unk", "unknown", "nfn", "nln", "xxx"))
DIGITS_READ_AS_LETTERS = str.maketrans("0158263479", "olsbzgeaiq")
_PUNCTUATION: dict[int, str | None] = {code: " " for code in range(128) if not chr(code).isalnum()}
_PUNCTUATION |= {ord("'"): None, ord("`"): None}
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
_LATIN = re.compile("[A-Za-z]")
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u04ff]")
_LOOKALIKE = str.maketrans("АВЕКМНОРСТУХІЈавекмнорстухіјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTYXIJabekmhopctyxijABEZHIKMNOPTYXo")
_LOOKALIKE_BACK = str.maketrans("ABEKMHOPCTYXaekmopctyx", "АВЕКМНОРСТУХаекморстух")
# ICAO Doc 9303-3 section 6 lets a State write the umlaut letters and N with tilde so.
_MRZ_LETTERS = (("nxx", "n"), ("uxx", "u"))

type Part = tuple[Token, str]


class Name(NamedTuple):
    """One way of naming a person; `core` leaves out particles unless there is nothing else."""

    parts: tuple[Part, ...]
    core: tuple[Part, ...]
    weak: bool
    shortest_join: int
    longest: int
    spelled: str
    letters: bool


def words(text: str) -> tuple[str, ...]:
    """Lower-case ASCII words of a name in any script; apostrophes vanish, other marks part words."""
    if not text.isascii():
        text = _to_ascii(text)
    text = text.lower()
    if not text.replace(" ", "").isalpha():
        text = text.translate(_PUNCTUATION)
    if "xx" in text:
        for old, new in _MRZ_LETTERS:
            text = text.replace(old, new)
    found = text.split()
    if not text.replace(" ", "").isalpha():
        found = [w.translate(DIGITS_READ_AS_LETTERS) for w in found if not w.isdigit()]
    return tuple(found)


def _to_ascii(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Mn"))
    if _FOREIGN.search(text) and _LATIN.search(text):
        text = " ".join(map(_one_script, text.split(" ")))
    latin = anyascii(text)
    return _CAMEL.sub(" ", latin) if _HAN.search(text) else latin


def _one_script(word: str) -> str:
    """A word that mixes scripts, its look-alike letters in the script of the most letters."""
    foreign, latin = len(_FOREIGN.findall(word)), len(_LATIN.findall(word))
    if not foreign or not latin:
        return word
    return word.translate(_LOOKALIKE if latin >= foreign else _LOOKALIKE_BACK)


def name(surname: str, given: str, full: str, weak: bool) -> Name | None:
    """Build a name from its parts; `full` counts only where both parts are empty. None if no word is left."""
    if surname or given:
        return _assembled(_side(surname, SURNAME), _side(given, GIVEN), weak)
    surname, comma, given = full.partition(",")
    if comma:
        return _assembled(_side(surname, SURNAME), _side(given, GIVEN), weak)
    return _assembled(_side(full, UNKNOWN), _NO_SIDE, weak)


type Side = tuple[tuple[Part, ...], tuple[Part, ...], str]
_NO_SIDE: Side = ((), (), "")


@lru_cache(50_000)
def _side(text: str, role: str) -> Side:
    """The parts of a surname, of given names or of a full name, those that are no particles, and how they are spelled.

    Single letters such as y and l are initials among given names, particles elsewhere.
    """
    if not text:
        return _NO_SIDE
    parts = tuple([(token(word), role) for word in words(text) if word not in FILLERS])
    core = tuple([p for p in parts if not p[0].particle or (role == GIVEN and p[0].size == 1)])
    return parts, core, " ".join([role + t.text for t, _ in parts])


_name = maker(Name)


def _assembled(one: Side, other: Side, weak: bool) -> Name | None:
    parts, core = one[0] + other[0], one[1] + other[1]
    if not parts:
        return None
    spelled = f"{one[2]} {other[2]}" if one[0] and other[0] else one[2] or other[2]
    first, last = parts[0][0], parts[-1][0]
    if first is last and len(parts) > 1 and all([part is first for part, _ in parts]):
        # A surname repeated as given name is how single-name holders are entered.
        parts, core, spelled = parts[:1], core[:1], parts[0][1] + first.text
    shortest, longest, before, letters = NO_JOIN, 0, NO_JOIN, False
    for part, _ in parts:
        size = part.size
        shortest = min(shortest, before + size)
        longest = max(longest, size)
        letters = letters or part.initials
        before = size
    return _name((parts, core or parts, weak, shortest, longest, spelled, letters))
