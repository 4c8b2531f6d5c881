"""One plain English sentence for each line of the ledger, naming the values compared, the first record's first."""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from rapidfuzz.distance import DamerauLevenshtein

from .alignment import CROSSED
from .birth_dates import BirthDate
from .documents import Document
from .features import MARRIED, TWINS, NameSummary
from .identity import Identity
from .names import GIVEN, SURNAME, UNKNOWN, Part
from .spelling import BEGINNING, CLOSE, EQUAL, INITIAL, PET, SHORTENED, SOUND, SPELLING, Nearness, Token
from .tables import token_shares

if TYPE_CHECKING:
    from .ledger import Findings

KINDS = {
    SPELLING: "in two spellings",
    SOUND: "sounding alike",
    PET: "and its familiar form",
    SHORTENED: "and perhaps its familiar form",
    BEGINNING: "cut short",
    INITIAL: "as an initial",
}
_PLURAL = {"differs": "differ"}
_APART = {1: "one letter apart", 2: "two letters apart"}
DATES = {
    "equal": "Born {a} on both",
    "equal_1_january": "Born {a} on both, a date often entered when only the year is known",
    "swapped": "Birth dates with day and month exchanged: {a} and {b}",
    "day_digit": "Birth day one digit apart: {a} and {b}",
    "month_digit": "Birth month one digit apart: {a} and {b}",
    "year_slip": "Same day and month, birth year looks mistyped: {a} and {b}",
    "default_1_january": "Same birth year, 1 January may stand for an unknown day: {a} and {b}",
    "month_known": "Same birth year and month, day not stated on one side: {a} and {b}",
    "two_digits": "Birth dates two digits apart: {a} and {b}",
    "month_differs": "Birth month differs: {a} and {b}",
    "day_differs": "Birth day differs: {a} and {b}",
    "in_range": "Birth years overlap: {a} and {b}",
    "year_known": "Same birth year, day not stated on one side: {a} and {b}",
    "range_near": "Birth years nearly overlap: {a} and {b}",
    "day_month_only": "Same day and month, but another birth year: {a} and {b}",
    "year_alone_near": "Birth years next to each other, the day not known on one side: {a} and {b}",
    "year_alone_slip": "Birth year looks mistyped, the day not known on one side: {a} and {b}",
    "year_differs_by_1": "Birth year differs by one: {a} and {b}",
    "month_day_differ": "Same birth year, but another day: {a} and {b}",
    "year_differs_by_5": "Birth year differs by a few years: {a} and {b}",
    "year_far": "Birth year differs: {a} and {b}",
}
DOCUMENTS = {
    "same": "{kind} {a} of {issuer_a} on both",
    "confusable": "{kind} number differs only by look-alike characters: {a} and {b}",
    "same_no_issuer": "{kind} {a} on both, issuer not stated on one side",
    "one_edit": "{kind} number one character apart, same issuer: {a} and {b}",
    "same_other_issuer": "{kind} number {a} on both, but issued by {issuer_a} and {issuer_b}",
    "neighbour": "{kind} numbers next to each other, as relatives have them: {a} and {b}",
    "national_id_differs": "National identity number differs: {a} and {b}",
    "different": "{kind} number differs: {a} and {b}",
    "different_issuer": "{kind} number and issuer differ: {a} of {issuer_a} and {b} of {issuer_b}",
    "other_kind": "Documents of two kinds: {a} and {b}",
}
DOCUMENT_KINDS = {"P": "Passport", "V": "Visa", "ID": "Identity", "I": "Card", "A": "Card", "C": "Card"}
WHOLE = {
    "none": "No part of the names agrees",
    "one": "Only one part of the names agrees",
    "both": "Family and given names partly differ",
    "surname": "Family name differs, given name agrees",
    "given": "Given name differs, family name agrees",
    "part": "Every part of the shorter name agrees",
    "all": "Every part of the names agrees",
}
BESIDE = {
    "day": "with an agreeing birth date",
    "year": "with an agreeing birth year",
    "near": "with a birth date that nearly agrees",
    "against": "with another birth date",
    "open": "with no birth date to compare",
    "nothing": "with nothing else to compare",
}


PATTERNS = {"surname": (MARRIED, ", as after a marriage"), "given": (TWINS, ", as with twins")}
MONTHS = tuple(calendar.month_abbr)  # each look there formats a date
OPENING = {(state, date): f"{WHOLE[state]}, {BESIDE[date]}: " for state in WHOLE for date in BESIDE}


@lru_cache(50_000)
def written(date: BirthDate) -> str:
    """A birth date as an officer reads it: 9 Apr 1971, Apr 1971, 1971, 1970 to 1975."""
    if date.first != date.last:
        return f"{date.first} to {date.last}"
    if not date.month:
        return str(date.first)
    # A day no calendar has is shown as it came.
    month = MONTHS[date.month] if date.month <= 12 else f"month {date.month}"
    return f"{date.day} {month} {date.first}" if date.day else f"{month} {date.first}"


class Wording:
    """Sentences for one pair; `turned` says that the findings have the second record first."""

    __slots__ = ("a", "b", "found", "turned")

    def __init__(self, found: Findings, a: Identity, b: Identity, *, turned: bool) -> None:
        self.found, self.a, self.b, self.turned = found, a, b, turned

    def line(self, line: str) -> str:
        """The sentence of a ledger line."""
        text: str = getattr(self, f"_{line}")()
        return text

    def _both(self, ours: str, theirs: str) -> str:
        return f"{theirs} and {ours}" if self.turned else f"{ours} and {theirs}"

    def _place(self, role: str, label: str, line: str) -> str:
        same, said = [], []
        for ours, theirs, as_what, near in self.found.alignment.agreed:
            if as_what == role:
                if near.level is EQUAL:
                    same.append(_shorter(ours, theirs))
                else:
                    said.append(self._alike(ours, theirs, near))
        if same:
            said.insert(0, ("the same", " ".join(same)))
        if self._differs(line):
            said.append(("differs", self._both(*self._left(role))))
        if len(said) == 1:
            kind, values = said[0]
            return f"{label} {kind}: {values}"
        return f"{label}: " + "; ".join([f"{values} {_PLURAL.get(kind, kind)}" for kind, values in said])

    def _surname(self) -> str:
        return self._place(SURNAME, "Family name", "surname")

    def _given_names(self) -> str:
        return self._place(GIVEN, "Given name", "given_names")

    def _full_name(self) -> str:
        return self._place(UNKNOWN, "Name", "full_name")

    def _differs(self, line: str) -> bool:
        names = cast("NameSummary", self.found.summary)
        if not names.conflicts:
            return False
        surname, given = names.surname_differs, names.given_differs
        return surname if line == "surname" else given if line == "given_names" else not surname and not given

    def _left(self, role: str) -> tuple[str, str]:
        alignment = self.found.alignment
        return _left_of(role, alignment.ours_left), _left_of(role, alignment.theirs_left)

    def _alike(self, ours: Token, theirs: Token, near: Nearness) -> tuple[str, str]:
        if near.level is CLOSE:
            kind = _APART.get(DamerauLevenshtein.distance(ours.text, theirs.text), "nearly alike")
        else:
            kind = KINDS[near.level]
        return kind, self._both(ours.upper, theirs.upper)

    def _name_order(self) -> str:
        crossed = [
            _shorter(ours, theirs) if near.level is EQUAL else self._alike(ours, theirs, near)[1]
            for ours, theirs, role, near in self.found.alignment.agreed
            if role == CROSSED
        ]
        return "Family and given name exchanged: " + ", ".join(crossed)

    def _whole_name(self) -> str:
        found = self.found
        if found.ours is None or found.theirs is None:
            return "No names to compare: one record states none"
        state = cast("NameSummary", found.summary).state
        text = OPENING[state, found.date] + self._both(words_of(found.ours.parts), words_of(found.theirs.parts))
        if state in PATTERNS:
            pattern, words = PATTERNS[state]
            if (pattern, 1.0) in found.told:
                text += words
        rarest = max([near.rarity for _, _, _, near in found.alignment.agreed], default=0.0)
        if not rarest:
            return text
        parts = [(ours, theirs) for ours, theirs, _, near in found.alignment.agreed if near.rarity == rarest]
        listed = any([part.text in token_shares() for both in parts for part in both])
        return text + (_borne_by(rarest) if listed else NOT_LISTED)

    def _extra_names(self) -> str:
        ours, theirs = self.found.alignment.ours_left, self.found.alignment.theirs_left
        longer, shorter = (ours, theirs) if len(ours) > len(theirs) else (theirs, ours)
        return f"Stated on one side only: {words_of([part for part in longer[len(shorter) :] if part[0].size > 1])}"

    def _weak_alias(self) -> str:
        return f"The names agree through a weak alias, which alone decides nothing: {self._names()}"

    def _alias(self) -> str:
        return f"The names agree through an alias: {self._names()}"

    def _names(self) -> str:
        if self.found.ours is None or self.found.theirs is None:
            return ""
        return self._both(words_of(self.found.ours.parts), words_of(self.found.theirs.parts))

    def _birth_date(self) -> str:
        # Lines are only asked for where there was something to compare.
        level, ours, theirs = cast("tuple[str, BirthDate, BirthDate]", self.found.facts.date)
        return _of_dates(level, theirs, ours) if self.turned else _of_dates(level, ours, theirs)

    def _sex(self) -> str:
        return (
            f"Sex {self.a.sex} on both" if self.a.sex == self.b.sex else f"Sex differs: {self.a.sex} and {self.b.sex}"
        )

    def _nationality(self) -> str:
        return _of_nationalities(self.a.nationality, self.b.nationality)

    def _document(self) -> str:
        level, ours, theirs = cast("tuple[str, Document, Document]", self.found.facts.document)
        return document_words(level, theirs, ours) if self.turned else document_words(level, ours, theirs)

    def _ceiling(self) -> str:
        return "The sum is held at 18, the end of the scale, where scores can still be told apart"


def document_words(level: str, ours: Document, theirs: Document) -> str:
    """What two documents say of each other, by the level of their agreement."""
    kind = DOCUMENT_KINDS.get(ours.kind, "Document") if ours.kind == theirs.kind else "Document"
    return DOCUMENTS[level].format(
        kind=kind, a=ours.number, b=theirs.number, issuer_a=ours.issuer, issuer_b=theirs.issuer
    )


NOT_LISTED = "; how many people bear the rarest agreeing part is not known: no table of names has it"


@lru_cache(50_000)
def _borne_by(rarity: float) -> str:
    """How many people bear a name of this rarity, with one digit that counts: 40, 2,000, 30,000."""
    people = math.exp(rarity + 1)
    size = 10 ** int(math.log10(people))
    return f"; the rarest agreeing part is borne by about 1 in {round(people / size) * size:,} people"


def _of_dates(level: str, ours: BirthDate, theirs: BirthDate) -> str:
    return DATES[level].format(a=written(ours), b=written(theirs))


@lru_cache(50_000)
def _of_nationalities(ours: frozenset[str], theirs: frozenset[str]) -> str:
    shared = ours & theirs
    if shared:
        return f"Nationality {', '.join(sorted(shared))} on both"
    return f"Nationality differs: {', '.join(sorted(ours))} and {', '.join(sorted(theirs))}"


def _shorter(ours: Token, theirs: Token) -> str:
    """The name without the title that one side may have glued to it."""
    return ours.upper if ours.size <= theirs.size else theirs.upper


def _left_of(role: str, side: list[Part]) -> str:
    return words_of([p for p in side if p[1] in (role, UNKNOWN)] or side)


def words_of(parts: Sequence[Part]) -> str:
    """Parts of a name in capitals, in their order."""
    return " ".join([t.upper for t, _ in parts])
