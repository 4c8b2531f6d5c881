"""Who is named in a booking: its TIFs, and the TIFs of the check-in, which name the same people once more.

TIF in front of the first leg names the travellers, each once, with a number that is theirs alone in the booking
(PNRGOV, group 2). Behind a leg TRI, TIF, SSD and TBD tell who was checked in (group 7): nobody new, but for those who
came without a booking or whose names the booking did not have, as in a group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from apps.manifests.paxlst.normalise_names import TITLES, read_name
from apps.manifests.paxlst.segments import Segment

from .bookings import Traveller
from .cut import REPETITION

_KINDS = {
    "A": "adult", "C": "child", "CH": "child", "CHD": "child", "IN": "infant", "INF": "infant", "INS": "infant",
    "G": "group",
}  # fmt: skip
_OF_MANY = frozenset({"G", "GR", "GRP", "C", "CR", "CORP"})  # C322: the name of a group or company, of nobody
_SEATS = frozenset({"EXST", "CBBG", "STCR"})  # AIRIMP: a further seat, a bag on a seat, a stretcher
_ALIKE = 0.75  # likeness of two spellings under the same number
_LOOKED_AT = 100
_LETTERS = re.compile(r"[^\w]|[\d_]")
_TITLE = re.compile(rf"(?<=\w)(?:{'|'.join(sorted(TITLES, key=len, reverse=True))})$")


def people_of(segment: Segment) -> list[Traveller]:
    """The travellers that a TIF names: one, or as many as have a kind or number of their own; none of a group."""
    givens = [place for place in range(2, len(segment.elements)) if segment.value(place) or _is_typed(segment, place)]
    if not (segment.value(1) or givens):
        return []
    if _is_of_many(segment, givens):
        return []
    groups: list[list[int]] = []
    for place in givens:
        if not groups or _is_further(segment, place):
            groups.append([place])
        elif not _is_typed(segment, place):
            groups[-1].append(place)
    return [one for one in (_person(segment, places) for places in groups or [[2]]) if one]


def _is_further(segment: Segment, place: int) -> bool:
    """Whether given names behind the first are those of one more traveller: with a kind or number, and no figures."""
    parts = [part.strip().upper() for part in segment.composite(place)] + [""] * 2
    named = any(letter.isalpha() for letter in parts[0]) and not any(letter.isdigit() for letter in parts[0])
    return named and (parts[1] in _KINDS or (not parts[1] and bool(parts[2])))


def _is_typed(segment: Segment, place: int) -> bool:
    return any(part.strip() for part in segment.composite(place)[1:])


def _is_of_many(segment: Segment, givens: list[int]) -> bool:
    """Whether the surname is that of a group or company, with nobody's given names behind it."""
    kind = segment.value(1, 1)
    named = any(segment.value(place) for place in givens)
    own_kind = any(segment.value(place, 1) == "G" for place in givens)
    return not named and (kind in _OF_MANY or own_kind)


def _person(segment: Segment, places: list[int]) -> Traveller | None:
    first = segment.composite(places[0])
    given = " ".join(segment.composite(place)[0].replace(REPETITION, " ") for place in places)
    name = read_name([segment.composite(1)[0], given])
    if name.given_names.split(" ")[0] in _SEATS:
        return None
    kind = first[1].strip().upper() if len(first) > 1 else ""
    return Traveller(
        segment,
        0,
        reference=first[2].strip() if len(first) > 2 else "",
        surname=name.surname,
        given_names=name.given_names,
        kind="infant" if name.infant else _KINDS.get(kind, "adult"),
    )


@dataclass(slots=True)
class _Entry:
    """A traveller with the names as letters alone."""

    traveller: Traveller
    surname: str
    given: str
    met: str | None = None  # the number of this leg's check-in that took the traveller
    leg: int = -1

    def is_same(self, other: _Entry) -> bool:
        """Equal surnames, and given names of which hosts may cut the end off."""
        mine, theirs = self.given, other.given
        if not self.surname or self.surname != other.surname:
            return False
        return mine == theirs or (bool(mine and theirs) and (mine.startswith(theirs) or theirs.startswith(mine)))

    def is_like(self, other: _Entry) -> bool:
        """Two spellings of one name, or the same letters in another order of words; or nobody named there."""
        mine, theirs = self.surname + self.given, other.surname + other.given
        if not theirs or sorted(mine) == sorted(theirs):
            return True
        return SequenceMatcher(None, mine, theirs, autojunk=False).ratio() >= _ALIKE


def _entry(one: Traveller) -> _Entry:
    given = _TITLE.sub("", _LETTERS.sub("", one.given_names))
    return _Entry(one, _LETTERS.sub("", one.surname or ""), given)


class Roll:
    """The travellers of one booking, and whom a TIF behind a leg means.

    Of one name or number the first hundred are looked at, so that time stays linear in the length of a file.
    """

    def __init__(self, people: list[Traveller] | None = None) -> None:
        self.people: list[Traveller] = [] if people is None else people
        self.leg = 0
        self.number: str | None = None
        self.by_surname: dict[str, list[_Entry]] = {}
        self.by_number: dict[str, list[_Entry]] = {}

    def next_leg(self) -> None:
        """A leg of the itinerary: its check-in tells again who is there."""
        self.leg += 1
        self.number = None

    def check_in(self, number: str) -> None:
        """One traveller's check-in, with the number in the booking that TRI gives, "" without one."""
        self.number = number

    def take(self, one: Traveller) -> Traveller | None:
        """The traveller of the booking who is meant, else this one as a further traveller; None for nobody named."""
        new = _entry(one)
        behind = self.leg > 0 or self.number is not None
        found = self._met(new) if behind else self._repeated(new)
        if found is None:
            if behind and one.surname is None:
                return None
            found = self._add(new)
        if behind:
            found.met, found.leg = self._key(new), self.leg
        return found.traveller

    def _add(self, new: _Entry) -> _Entry:
        one = new.traveller
        one.number, one.at_check_in = len(self.people) + 1, self.number is not None
        self.people.append(one)
        for index, key in ((self.by_surname, new.surname), (self.by_number, one.reference)):
            held = index.setdefault(key, [])
            if key and len(held) < _LOOKED_AT:
                held.append(new)
        return new

    def _key(self, new: _Entry) -> str:
        return new.traveller.reference or self.number or ""

    def _repeated(self, new: _Entry) -> _Entry | None:
        """The same number and name a second time in the booking."""
        number = new.traveller.reference
        return next((one for one in self.by_number.get(number, ()) if number and one.is_same(new)), None)

    def _met(self, new: _Entry) -> _Entry | None:
        """By number and name, then by name, then by number where the names are spelt alike.

        Whom another number of this leg's check-in has taken is not met again: two of one name stay two. Only a check-in
        cuts names; without TRI the whole name is asked for.
        """
        numbers = [number for number in (new.traveller.reference, self.number) if number]
        numbered = self._free([one for number in numbers for one in self.by_number.get(number, ())], new)
        same = [one for one in self._free(self.by_surname.get(new.surname, []), new) if one.is_same(new)]
        if self.number is None:
            same = [one for one in same if one.given == new.given]
        same.sort(key=lambda one: one.given != new.given)
        exact = [one for one in numbered if one.is_same(new)]
        unmet = [one for one in same if one.leg != self.leg]
        alike = [one for one in numbered if one.is_like(new)]
        return next(iter([*exact, *unmet, *same, *alike]), None)

    def _free(self, entries: list[_Entry], new: _Entry) -> list[_Entry]:
        key = self._key(new)
        return [one for one in entries if one.leg != self.leg or (one.met == key and (key or one.given == new.given))]
