"""A list explained line by line: what the reader understood in each segment, and what it found there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from .layout import NO_LAYOUTS, Layouts
from .normalise_dates import read_birth, read_moment
from .normalise_documents import plain_number
from .normalise_names import read_name
from .normalise_places import read_place
from .normalise_states import read_state
from .read import read_file
from .read_message import TYPES
from .read_segments import TRAVELLER_CODES
from .segments import Segment

_PERSONS = {"FL": "Passenger", "FM": "Crew member", "DDU": "Passenger in transit", "DDT": "Crew member in transit",
            "ZZZ": "Person", "COT": "Gate pass applicant", "MS": "Contact"}  # fmt: skip
_PLACES = {"125": "Departure", "87": "Arrival", "92": "Stop", "130": "Final destination", "22": "Clearance at",
           "174": "Residence", "178": "Embarks at", "179": "Disembarks at", "180": "Born in",
           "91": "Issued by", "25": "Issued by", "188": "Filed at", "172": "Reported from"}  # fmt: skip
_TIMES = {"189": "Departure", "232": "Arrival", "329": "Born", "36": "Expires", "554": "Valid until"}
_REFERENCES = {"TN": "Transaction", "AVF": "Booking", "ABO": "Carrier's reference", "SEA": "Seat",
               "AEA": "Government reference", "CR": "Known traveller"}  # fmt: skip
_SEXES = {"M": "Male", "F": "Female", "X": "Sex unspecified", "U": "Sex unknown", "MALE": "Male", "FEMALE": "Female"}
_LISTS = {"passenger": "Passenger list", "crew": "Crew list", "flight_status": "Flight status",
          "master_crew": "Master crew list", "gate_pass": "Gate pass request"}  # fmt: skip
_RANKS = {"CR1": "cockpit", "CR2": "cabin", "CR3": "operations", "CR4": "cargo", "CR5": "not on duty"}


def annotate(data: bytes, *, as_of: datetime | None = None, layouts: Layouts = NO_LAYOUTS) -> list[dict[str, Any]]:
    """Each segment in message order with its meaning in plain English and the findings about it.

    `position` counts from UNH in its message and is None outside; `line` counts through the file. Findings without a
    segment stand on the first line of their list; a file that cannot be read gives no lines.
    """
    reading = read_file(data, as_of=as_of, layouts=layouts)
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    first = reading.rows[0].line if reading.rows else 1
    for obj in reading.objects:
        for finding in obj["findings"]:
            found[finding["line"] or first].append(finding)
    if reading.rows:
        return [
            {
                "position": row.line,
                "line": row.line,
                "tag": "ROW",
                "raw": row.raw,
                "meaning": row.meaning,
                "findings": found.get(row.line, []),
            }
            for row in reading.rows
        ]
    flight = next((obj["flight"] for obj in reading.objects if obj["flight"]), None)
    words = Words(flight)
    segments = reading.segments
    followers: list[Segment | None] = [*segments[1:], None]
    return [
        {
            "position": segment.position,
            "line": segment.line,
            "tag": segment.tag,
            "raw": segment.raw,
            "meaning": words.of(segment, follower),
            "findings": found.get(segment.line, []),
        }
        for segment, follower in zip(segments, followers, strict=False)
    ]


def spoken_moment(iso: str) -> str:
    """`2026-11-25T14:30` as `25 Nov 2026 14:30`; partial dates as far as they go."""
    day, _, clock = iso.partition("T")
    parts = day.split("-")
    if len(parts) == 3:
        shown = f"{int(parts[2])} {date(2000, int(parts[1]), 1):%b} {parts[0]}"
    elif len(parts) == 2:
        shown = f"{date(2000, int(parts[1]), 1):%b} {parts[0]}"
    else:
        shown = day
    return f"{shown} {clock}".strip()


class Words:
    """Short phrases for segments; "" for what the reader does not use."""

    def __init__(self, flight: dict[str, Any] | None) -> None:
        self.mode: str = flight["mode"] if flight else "air"
        day = flight["date"] if flight else None
        self.reference = date.fromisoformat(day) if day else datetime.now(UTC).date()
        self._phrases: dict[str, Callable[[Segment], str]] = {
            "UNB": self._unb, "UNH": self._unh, "BGM": self._bgm, "TDT": self._tdt, "NAD": self._nad,
            "DTM": self._dtm, "ATT": self._att, "NAT": self._nat, "RFF": self._rff, "DOC": self._doc,
            "CNT": self._cnt, "UNT": self._unt, "UNZ": self._unz, "EMP": self._emp, "COM": self._com,
            "MEA": self._mea,
        }  # fmt: skip

    def of(self, segment: Segment, follower: Segment | None) -> str:
        """What was understood in the segment; a place is told with the time behind it."""
        if segment.tag == "LOC":
            return self._loc(segment, follower)
        phrase = self._phrases.get(segment.tag)
        return phrase(segment) if phrase else ""

    def _unb(self, segment: Segment) -> str:
        sender = segment.value(2)
        return f"Sent by {sender}" if sender else ""

    def _unh(self, segment: Segment) -> str:
        number, mark = segment.value(4).lstrip("0"), segment.value(4, 1)
        part = f", part {number}{' (last)' if mark == 'F' else ''}" if number else ""
        return f"Message {segment.value(1)}{part}"

    def _bgm(self, segment: Segment) -> str:
        kind = TYPES.get(segment.value(1))
        return f"{_LISTS[kind]}{' ' + segment.value(2) if segment.value(2) else ''}" if kind else ""

    def _tdt(self, segment: Segment) -> str:
        ship, number = segment.value(8, 3), segment.value(2)
        if ship:
            return f"Voyage {number} of {ship}" if number else f"Ship {ship}"
        return f"Flight {number}" if number else ""

    def _nad(self, segment: Segment) -> str:
        code = segment.value(1)
        who = _PERSONS.get(code)
        if code not in TRAVELLER_CODES and code != "ZZZ":
            return f"{who} {segment.value(4)}".strip() if who else ""
        name = read_name(segment.composite(4))
        shown = ", ".join(part for part in (name.surname, name.given_names) if part)
        return f"{who} {shown}" if shown else f"{who} without name"

    def _loc(self, segment: Segment, follower: Segment | None) -> str:
        role, value = segment.value(1), segment.value(2) or segment.value(2, 3)
        if role not in _PLACES or not value:
            return ""
        if role in ("174", "180", "91", "25"):
            return f"{_PLACES[role]} {read_state(value).code}"
        phrase = f"{_PLACES[role]} {read_place(value, self.mode).code}"
        timed = role in ("125", "87", "92", "130") and follower is not None and follower.tag == "DTM"
        time = read_moment(follower.value(1, 1), follower.value(1, 2)) if timed and follower else None
        return f"{phrase}, {spoken_moment(time.iso)}" if time else phrase

    def _dtm(self, segment: Segment) -> str:
        role, value, code = segment.value(1), segment.value(1, 1), segment.value(1, 2)
        if role not in _TIMES or not value:
            return ""
        if role == "329":
            birth = read_birth(segment.composite(1)[1].upper(), code, self.reference)
            return f"Born {spoken_moment(birth.iso)}" if birth else ""
        moment = read_moment(value, code)
        return f"{_TIMES[role]} {spoken_moment(moment.iso)}" if moment else ""

    def _att(self, segment: Segment) -> str:
        return _SEXES.get(segment.value(3) or segment.value(2), "") if segment.value(1) == "2" else ""

    def _nat(self, segment: Segment) -> str:
        return f"Nationality {read_state(segment.value(2)).code}" if segment.value(2) else ""

    def _rff(self, segment: Segment) -> str:
        kind, value = segment.value(1), segment.value(1, 1)
        return f"{_REFERENCES[kind]} {value}" if kind in _REFERENCES and value else ""

    def _doc(self, segment: Segment) -> str:
        kind, number = segment.value(1), segment.value(2)
        return f"Document {kind} {plain_number(number)}".replace("  ", " ") if number else ""

    def _cnt(self, segment: Segment) -> str:
        who = {"42": ("passenger", "passengers"), "41": ("crew member", "crew members")}.get(segment.value(1))
        count = segment.value(1, 1)
        return f"{count} {who[count != '1']} on the whole list" if who and count else ""

    def _unt(self, segment: Segment) -> str:
        return f"End of message, {segment.value(1)} segments" if segment.value(1) else "End of message"

    def _unz(self, _segment: Segment) -> str:
        return "End of transmission"

    def _emp(self, segment: Segment) -> str:
        rank = segment.value(2)
        return f"Rank: {_RANKS.get(rank, rank.lower())}" if rank else ""

    def _com(self, segment: Segment) -> str:
        contacts = [segment.value(index) for index in range(1, min(len(segment.elements), 4))]
        return "Reached at " + ", ".join(contact for contact in contacts if contact) if any(contacts) else ""

    def _mea(self, segment: Segment) -> str:
        bags = segment.value(3, 1) or segment.value(3)
        return f"Bags: {bags}" if segment.value(1) == "CT" and bags else ""
