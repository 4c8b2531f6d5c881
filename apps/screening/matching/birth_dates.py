"""Birth dates with unknown parts, ranges and several statements, and how far two of them agree."""

import calendar
import re
from functools import lru_cache
from typing import NamedTuple

from .errors import BadIdentity


class BirthDate(NamedTuple):
    """Years from `first` to `last` (equal for a date); month and day are 0 where not known.

    `digits` are those of a whole date, four bits for each.
    """

    first: int
    last: int
    month: int
    day: int
    digits: int = 0


EARLIEST, LATEST = 1850, 2100
DECADE = 10
_PART = "[0-9Xx<]"
_SHAPE = re.compile(rf"(\d{{4}})(?:-({_PART}{{1,2}})(?:-({_PART}{{1,2}}))?|({_PART}{{2}})({_PART}{{2}})?)?(?:T.*)?")
_WRITE_LIKE = "Write the birth date like 1984-05-31, 1984-05 or 1984."

# Levels of agreement, strongest first; where several dates are stated the first of this order counts.
LEVELS = (
    *("equal", "swapped", "day_digit", "month_digit", "year_slip", "equal_1_january", "default_1_january"),
    *("month_known", "two_digits", "month_differs", "day_differs", "in_range", "year_known", "range_near"),
    *("year_alone_near", "year_alone_slip", "day_month_only", "year_differs_by_1", "month_day_differ"),
    *("year_differs_by_5", "year_far"),
)
RANK = {level: place for place, level in enumerate(LEVELS)}
# A person's own date may look like this after an error of typing, reading or hearing.
STRONG = frozenset(LEVELS[:6])
# Neither an agreement nor a contradiction: one error, or a guess, lies between the two.
NEAR = frozenset(("two_digits", "month_differs", "day_differs", "range_near", "year_alone_near", "year_alone_slip"))


@lru_cache(100_000)
def read_date(text: str, strict: bool) -> BirthDate | None:
    """Read one date; raises ValueError with a sentence. Not `strict`: a day that no calendar has keeps its digits."""
    text = text.strip()
    if not text:
        return None
    year, month, day = _numbers(text)
    if not year:
        return None
    if strict:
        _check_calendar(year, month, day)
    day = day if month else 0
    return BirthDate(year, year, month, day, int(f"{year:04d}{month:02d}{day:02d}", 16))


def _numbers(text: str) -> tuple[int, int, int]:
    """Year, month and day, written with hyphens or without; 0 where not known. ValueError where it is no date."""
    if len(text) == 10 and text.isascii() and text[4] == text[7] == "-":
        digits = text[:4] + text[5:7] + text[8:]
        if digits.isdigit():
            # as nearly all are written
            return int(digits[:4]), int(digits[4:6]), int(digits[6:])
    shape = _SHAPE.fullmatch(text)
    if not shape:
        raise ValueError(_WRITE_LIKE)
    year, month, day, plain_month, plain_day = [int(part) if part and part.isdigit() else 0 for part in shape.groups()]
    return year, month or plain_month, day or plain_day


def _check_calendar(year: int, month: int, day: int) -> None:
    if not EARLIEST <= year <= LATEST:
        raise ValueError(f"The birth year {year} is not between {EARLIEST} and {LATEST}.")
    if month > 12:
        raise ValueError(f"There is no month {month}. {_WRITE_LIKE}")
    if month and day > calendar.monthrange(year, month)[1]:
        raise ValueError(f"{calendar.month_name[month]} {year} has no day {day}.")


def read_dates(value: object, strict: bool) -> tuple[BirthDate, ...]:
    """All dates of a record's `birth_date`: a string, a year, a range, or a list of them."""
    if value is None:
        return ()
    if not isinstance(value, list):
        date = _read_one(value, "/birth_date", strict)
        return (date,) if date else ()
    found = [_read_one(item, f"/birth_date/{i}", strict) for i, item in enumerate(value)]
    return tuple(dict.fromkeys(date for date in found if date))


def _read_one(value: object, pointer: str, strict: bool) -> BirthDate | None:
    try:
        if isinstance(value, str):
            return read_date(value, strict)
        if isinstance(value, int) and not isinstance(value, bool):
            return read_date(str(value), strict)
        if isinstance(value, dict):
            return _read_range(value, pointer)
    except ValueError as error:
        if isinstance(error, BadIdentity):
            raise
        raise BadIdentity(str(error), pointer) from error
    if value is None:
        return None
    raise BadIdentity(_WRITE_LIKE, pointer)


def _read_range(value: dict, pointer: str) -> BirthDate | None:
    first, last = (_year(value.get(end), f"{pointer}/{end}") for end in ("from", "to"))
    if first is None and last is None:
        return None
    first, last = first or last or 0, last or first or 0
    if first > last:
        raise BadIdentity(f"The range of birth years ends ({last}) before it begins ({first}).", pointer)
    return BirthDate(first, last, 0, 0)


def _year(value: object, pointer: str) -> int | None:
    if value is None:
        return None
    digits = str(value)[:4]
    if isinstance(value, bool) or not digits.isdigit() or not EARLIEST <= int(digits) <= LATEST:
        raise BadIdentity("Write the year with four digits, for example 1970.", pointer)
    return int(digits)


def best_level(ours: tuple[BirthDate, ...], theirs: tuple[BirthDate, ...]) -> tuple[str, BirthDate, BirthDate] | None:
    """The best agreement between any two of the dates, with the dates; None where one side states none."""
    if not ours or not theirs:
        return None
    if len(ours) == 1 and len(theirs) == 1:
        return level(ours[0], theirs[0]), ours[0], theirs[0]
    return min(((level(a, b), a, b) for a in ours for b in theirs), key=lambda found: RANK[found[0]])


def level(a: BirthDate, b: BirthDate) -> str:
    """One of LEVELS; symmetric."""
    first, last, month, day, digits = a
    other_first, other_last, other_month, other_day, other_digits = b
    if first != last or other_first != other_last:
        gap = max(0, first - other_last, other_first - last)
        return "in_range" if gap == 0 else "range_near" if gap <= 2 else "year_far"
    if first == other_first:
        return _same_year(a, b)
    if day and other_day:
        # a register's 1 January is no birthday that two people could share
        if day == other_day and month == other_month and not day == month == 1:
            return "year_slip" if _is_slip(first, other_first) else "day_month_only"
        if _digits_apart(digits, other_digits) == 2:
            return "two_digits"
    gap = abs(first - other_first)
    if not (month and other_month) or month == day == 1 or other_month == other_day == 1:
        if gap == 1:
            return "year_alone_near"
        if gap == DECADE or sorted(str(first)) == sorted(str(other_first)):
            return "year_alone_slip"
    return "year_differs_by_1" if gap == 1 else "year_differs_by_5" if gap <= 5 else "year_far"


def _same_year(a: BirthDate, b: BirthDate) -> str:
    if not (a.month and b.month):
        return "year_known"
    if not (a.day and b.day):
        if a.month == b.month:
            return "month_known"
        return "default_1_january" if a.month == a.day == 1 or b.month == b.day == 1 else "month_day_differ"
    if (a.month, a.day) == (b.month, b.day):
        return "equal_1_january" if a.month == a.day == 1 else "equal"
    if (a.month, a.day) == (b.day, b.month):
        return "swapped"
    if (1, 1) in ((a.month, a.day), (b.month, b.day)):
        return "default_1_january"
    if a.month == b.month:
        return "day_digit" if _near_digits(a.day, b.day) else "day_differs"
    if a.day == b.day:
        return "month_digit" if _near_digits(a.month, b.month) else "month_differs"
    return "two_digits" if _digits_apart(a.digits, b.digits) == 2 else "month_day_differ"


def _near_digits(a: int, b: int) -> bool:
    """One digit differs, or the two digits changed places."""
    return a // 10 == b // 10 or a % 10 == b % 10 or a == b % 10 * 10 + b // 10


def _is_slip(a: int, b: int) -> bool:
    """One digit of the year, two digits in each other's place, or the year before or after."""
    x, y = str(a), str(b)
    return abs(a - b) == 1 or sum(p != q for p, q in zip(x, y, strict=False)) == 1 or sorted(x) == sorted(y)


def _digits_apart(a: int, b: int) -> int:
    differing = a ^ b
    differing |= differing >> 1
    differing |= differing >> 2
    return (differing & 0x11111111).bit_count()
