"""One plain English sentence for each line of the ledger, naming the values compared, the first record's first."""

from __future__ import annotations

import calendar
import math
from typing import TYPE_CHECKING, cast

from rapidfuzz.distance import DamerauLevenshtein

from .alignment import CROSSED, Agreement
from .birth_dates import BirthDate
from .documents import Document
from .features import NameSummary
from .identity import Identity
from .names import GIVEN, SURNAME, UNKNOWN, Name, Part
from .spelling import BEGINNING, CLOSE, EQUAL, INITIAL, PET, SHORTENED, SOUND, SPELLING

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
_PLACES = {"surname": (SURNAME, "Family name"), "given_names": (GIVEN, "Given name"), "full_name": (UNKNOWN, "Name")}
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


PATTERNS = {"married_name": ", as after a marriage", "twins": ", as with twins"}


def written(date: BirthDate) -> str:
    """A birth date as an officer reads it: 9 Apr 1971, Apr 1971, 1971, 1970 to 1975."""
    if date.first != date.last:
        return f"{date.first} to {date.last}"
    if not date.month:
        return str(date.first)
    # A day no calendar has is shown as it came.
    month = calendar.month_abbr[date.month] if date.month <= 12 else f"month {date.month}"
    return f"{date.day} {month} {date.first}" if date.day else f"{month} {date.first}"


class Wording:
    """Sentences for one pair; `turned` says that the findings have the second record first."""

    def __init__(self, found: Findings, a: Identity, b: Identity, *, turned: bool) -> None:
        self.found, self.a, self.b, self.turned = found, a, b, turned

    def line(self, line: str) -> str:
        """The sentence of a ledger line."""
        if line in _PLACES:
            return self._place(line)
        if line in ("alias", "weak_alias"):
            return self._alias(line)
        return getattr(self, f"_{line}")()

    def _pair(self, ours: str, theirs: str) -> tuple[str, str]:
        return (theirs, ours) if self.turned else (ours, theirs)

    def _both(self, ours: str, theirs: str) -> str:
        return "{} and {}".format(*self._pair(ours, theirs))

    def _place(self, line: str) -> str:
        role, label = _PLACES[line]
        agreed = [x for x in self.found.alignment.agreed if x.role == role]
        same = " ".join(_shorter(x).upper() for x in agreed if x.nearness.level == EQUAL)
        said = [("the same", same)] if same else []
        said += [self._alike(x) for x in agreed if x.nearness.level != EQUAL]
        if self._differs(line):
            said.append(("differs", self._both(*self._left(role))))
        if len(said) == 1:
            return f"{label} {said[0][0]}: {said[0][1]}"
        return f"{label}: " + "; ".join(f"{values} {_PLURAL.get(kind, kind)}" for kind, values in said)

    def _differs(self, line: str) -> bool:
        names = cast(NameSummary, self.found.summary)
        surname, given = names.surname_differs, names.given_differs
        rest = bool(names.conflicts) and not surname and not given
        return {"surname": surname, "given_names": given, "full_name": rest}[line]

    def _left(self, role: str) -> tuple[str, str]:
        alignment = self.found.alignment
        return _left_of(role, alignment.ours_left), _left_of(role, alignment.theirs_left)

    def _alike(self, x: Agreement) -> tuple[str, str]:
        ours, theirs = x.ours.text, x.theirs.text
        if x.nearness.level == CLOSE:
            kind = _APART.get(DamerauLevenshtein.distance(ours, theirs), "nearly alike")
        else:
            kind = KINDS[x.nearness.level]
        return kind, self._both(ours.upper(), theirs.upper())

    def _name_order(self) -> str:
        crossed = [x for x in self.found.alignment.agreed if x.role == CROSSED]
        pairs = [_shorter(x).upper() if x.nearness.level == EQUAL else self._alike(x)[1] for x in crossed]
        return "Family and given name exchanged: " + ", ".join(pairs)

    def _whole_name(self) -> str:
        names = self._names()
        if not names:
            return "No names to compare: one record states none"
        summary, date = cast(NameSummary, self.found.summary), self.found.date
        text = f"{WHOLE[summary.state]}, {BESIDE[date]}: {names}"
        patterns = [PATTERNS[feature] for _, feature, _ in self.found.observations if feature in PATTERNS]
        rarest = max([x.nearness.rarity for x in self.found.alignment.agreed], default=0.0)
        people = (
            [f"; the rarest agreeing part is borne by about 1 in {_round(math.exp(rarest + 1))} people"]
            if rarest
            else []
        )
        return "".join([text, *patterns, *people])

    def _extra_names(self) -> str:
        ours, theirs = self.found.alignment.ours_left, self.found.alignment.theirs_left
        longer, shorter = (ours, theirs) if len(ours) > len(theirs) else (theirs, ours)
        only = [part for part in longer[len(shorter) :] if len(part[0].text) > 1]
        return f"Stated on one side only: {_words(only)}"

    def _alias(self, line: str) -> str:
        if line == "weak_alias":
            return f"The names agree through a weak alias, which alone decides nothing: {self._names()}"
        return f"The names agree through an alias: {self._names()}"

    def _names(self) -> str:
        if self.found.ours is None or self.found.theirs is None:
            return ""
        return self._both(_full(self.found.ours), _full(self.found.theirs))

    def _birth_date(self) -> str:
        # Lines are only asked for where there was something to compare.
        level, ours, theirs = cast(tuple[str, BirthDate, BirthDate], self.found.facts.date)
        first, second = self._pair(written(ours), written(theirs))
        return DATES[level].format(a=first, b=second)

    def _sex(self) -> str:
        return (
            f"Sex {self.a.sex} on both" if self.a.sex == self.b.sex else f"Sex differs: {self.a.sex} and {self.b.sex}"
        )

    def _nationality(self) -> str:
        shared = self.a.nationality & self.b.nationality
        if shared:
            return f"Nationality {', '.join(sorted(shared))} on both"
        first, second = (", ".join(sorted(x.nationality)) for x in (self.a, self.b))
        return f"Nationality differs: {first} and {second}"

    def _document(self) -> str:
        level, ours, theirs = cast(tuple[str, Document, Document], self.found.facts.document)
        if self.turned:
            ours, theirs = theirs, ours
        kind = DOCUMENT_KINDS.get(ours.kind, "Document") if ours.kind == theirs.kind else "Document"
        return DOCUMENTS[level].format(
            kind=kind, a=ours.number, b=theirs.number, issuer_a=ours.issuer, issuer_b=theirs.issuer
        )

    def _ceiling(self) -> str:
        return "The sum is held at 18, the end of the scale, where scores can still be told apart"


def _round(number: float) -> str:
    """With one digit that counts: 40, 2,000, 30,000."""
    size = 10 ** int(math.log10(number))
    return f"{round(number / size) * size:,}"


def _shorter(x: Agreement) -> str:
    """The name without the title that one side may have glued to it."""
    return min(x.ours.text, x.theirs.text, key=len)


def _left_of(role: str, side: list[Part]) -> str:
    return _words([p for p in side if p[1] in (role, UNKNOWN)] or side)


def _words(parts: list[Part] | tuple[Part, ...]) -> str:
    return " ".join(t.text.upper() for t, _ in parts)


def _full(name: Name) -> str:
    return _words(name.parts)
