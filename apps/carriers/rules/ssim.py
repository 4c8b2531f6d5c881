"""Airlines' schedules as SSIM chapter 7 files (records of type 1 to 3) have them: lines of fixed columns.

A carrier record (2) says whether the times of its legs are local (L) or UTC (U); a leg (3) carries both stations'
difference to UTC. What comes out is local time, as a schedule is entered: days and dates move with it.
Source: IATA Standard Schedules Information Manual, chapter 7; columns are counted from 1 there, from 0 here.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TITLE = "AIRLINE STANDARD SCHEDULE DATA SET"
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAY = re.compile(r"(\d{2})([A-Z]{3})(\d{2})", re.ASCII)
_CLOCK = re.compile(r"([01]\d|2[0-3])([0-5]\d)|(24)(00)", re.ASCII)
_DIFFERENCE = re.compile(r"([+-])(\d{2})([0-5]\d)", re.ASCII)
_OPEN_END = "00XXX00"
_SHORTEST = 69  # columns up to the arrival's difference to UTC
_DAY_MINUTES = 24 * 60


class Wrong(ValueError):
    """A leg that cannot be read: `column` is the field as schedules name it, the message says what is wrong."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


@dataclass(slots=True)
class Leg:
    """One leg of the file: its line, as sent, and the fields of a schedule or what is wrong with it."""

    line: int
    sent: str
    origin: str
    destination: str
    fields: dict[str, str] = field(default_factory=dict)
    wrong: Wrong | None = None


@dataclass(slots=True)
class _Carrier:
    """What a carrier record says for the legs behind it."""

    is_utc: bool = False
    until: str = ""


def is_ssim(text: str) -> bool:
    """True for text that begins with the title record, or with a carrier record and a leg."""
    lines = [line for line in text[:2_000].splitlines() if line.strip()]
    if not lines:
        return False
    first = lines[0].lstrip("\ufeff")
    legs = any(line.startswith("3") and len(line) >= _SHORTEST for line in lines[:6])
    return (first.startswith("1") and _TITLE in first.upper()) or (first[:2] in ("2U", "2L") and legs)


def legs(text: str) -> Iterator[Leg]:
    """The legs of a file in their order; lines of other types are passed over."""
    carrier = _Carrier()
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        record = line.rstrip().upper()
        if record.startswith("2"):
            carrier = _Carrier(record[1:2] == "U", record[21:28])
        elif record.startswith("3"):
            leg = Leg(number, record[:_SHORTEST], record[36:39].strip(), record[54:57].strip())
            try:
                leg.fields = _fields(record, carrier)
            except Wrong as wrong:
                leg.wrong = wrong
            yield leg


def _fields(record: str, carrier: _Carrier) -> dict[str, str]:
    """The fields of a schedule; Wrong for what cannot be told."""
    if len(record) < _SHORTEST:
        raise Wrong("number", f"the record has {len(record)} columns and breaks off")
    if record[35:36].strip() not in ("", "1"):
        raise Wrong("days", "it runs every second week: enter its days one by one")
    first, last = _day(record[14:21], "valid_from"), _last_day(record, carrier)
    departs, arrives = _clock(record[39:43], "departs"), _clock(record[61:65], "arrives")
    there, here = _difference(record[65:70]), _difference(record[47:52])
    if carrier.is_utc and (here is None or there is None):
        raise Wrong("departs", "times are UTC and a station's difference to UTC is missing")
    if not carrier.is_utc:
        departs, arrives = departs - (here or 0), arrives - (there or 0)
    while arrives <= departs:
        arrives += _DAY_MINUTES
    arrives -= (arrives - departs) // _DAY_MINUTES * _DAY_MINUTES
    local = departs + (here or 0), arrives + (there or 0)
    # days and dates of a UTC record are those of its UTC departure
    shift = local[0] // _DAY_MINUTES if carrier.is_utc else 0
    later = local[1] // _DAY_MINUTES - local[0] // _DAY_MINUTES
    if later < 0:
        raise Wrong("arrives", "it arrives on the local day before it departs")
    move = datetime.timedelta(days=shift)
    return {
        "carrier": record[2:5].strip(),
        "mode": "air",
        "number": record[5:9].strip().lstrip("0") + record[1:2].strip(),
        "days": "".join(sorted(str((day - 1 + shift) % 7 + 1) for day in _days(record[28:35]))),
        "from": record[36:39].strip(),
        "to": record[54:57].strip(),
        "departs": _written(local[0]),
        "arrives": _written(local[1]),
        "arrives_day": str(later),
        "valid_from": (first + move).isoformat(),
        "valid_until": (last + move).isoformat(),
    }


def _last_day(record: str, carrier: _Carrier) -> datetime.date:
    """The last day; of an open end that of the carrier record."""
    text = record[21:28]
    return _day(carrier.until if text == _OPEN_END else text, "valid_until")


def _day(text: str, column: str) -> datetime.date:
    found = _DAY.fullmatch(text)
    try:
        if found and found[2] in _MONTHS:
            return datetime.date(2000 + int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError:
        pass
    raise Wrong(column, f"{text.strip() or 'nothing'} is no day: it is written as 01DEC26")


def _clock(text: str, column: str) -> int:
    """Minutes since midnight."""
    found = _CLOCK.fullmatch(text)
    if not found:
        raise Wrong(column, f"{text.strip() or 'nothing'} is no time: it is written as 1405")
    return int(text[:2]) * 60 + int(text[2:])


def _difference(text: str) -> int | None:
    """Minutes that a station's clock is ahead of UTC; None where it is not given."""
    found = _DIFFERENCE.fullmatch(text)
    if not found:
        return None
    minutes = int(found[2]) * 60 + int(found[3])
    return minutes if found[1] == "+" else -minutes


def _days(text: str) -> list[int]:
    days = sorted({int(mark) for mark in text if "1" <= mark <= "7"})
    if not days:
        raise Wrong("days", "no day of operation is given")
    return days


def _written(minutes: int) -> str:
    clock = minutes % _DAY_MINUTES
    return f"{clock // 60:02}:{clock % 60:02}"
