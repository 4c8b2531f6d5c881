"""Names as ordered tokens with roles: S surname, G given name, `?` unknown."""

import re
import unicodedata
from operator import add
from typing import NamedTuple

from anyascii import anyascii

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
    if not (surname or given) and full:
        surname, comma, given = full.partition(",")
        if not comma:
            return _assemble([(w, UNKNOWN) for w in words(full)], weak)
    roles = [(w, SURNAME) for w in words(surname)] + [(w, GIVEN) for w in words(given)]
    return _assemble(roles, weak)


def _assemble(roles: list[tuple[str, str]], weak: bool) -> Name | None:
    parts = [(token(word), role) for word, role in roles if word not in FILLERS]
    if not parts:
        return None
    first = parts[0][0]
    if len(parts) > 1 and all([part is first for part, _ in parts]):
        # A surname repeated as given name is how single-name holders are entered.
        del parts[1:]
    # Single letters such as y and l are initials among given names, particles elsewhere.
    core = [p for p in parts if not p[0].particle or (p[1] == GIVEN and len(p[0].text) == 1)]
    sizes = [len(t.text) for t, _ in parts]
    shortest = min(map(add, sizes, sizes[1:]), default=NO_JOIN)
    spelled = " ".join([role + t.text for t, role in parts])
    return Name(tuple(parts), tuple(core or parts), weak, shortest, max(sizes), spelled)
