"""Dates and times as PAXLST carries them: format codes of DTM 2379, centuries, and what carriers send instead."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

# DTM 2379: 101 YYMMDD, 102 CCYYMMDD, 201 YYMMDDhhmm, 203 CCYYMMDDhhmm, 204 CCYYMMDDhhmmss.
_LENGTHS = {"101": 6, "102": 8, "201": 10, "203": 12, "204": 14}
_MONTHS = {
    "JAN": "01", "FEB": "02", "MAR": "03", "APR": "04", "MAY": "05", "JUN": "06", "JUL": "07", "AUG": "08",
    "SEP": "09", "OCT": "10", "NOV": "11", "DEC": "12",
}  # fmt: skip
_UNKNOWN = frozenset({"00", "XX", "<<", "  "})
_YEARS = range(1800, 2200)  # a year beyond is a date read in the wrong order
YOUNG, OLD, OLDEST = 6, 95, 110  # ages beside which a two-digit year is doubtful, and a four-digit one implausible


@dataclass(frozen=True, slots=True)
class Moment:
    """A date `YYYY-MM-DD` or local time `YYYY-MM-DDTHH:MM`; `assumed` when no fitting format code stood with it."""

    iso: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth date as ISO text (also `YYYY` or `YYYY-MM`), its other century, and the code of what was assumed."""

    iso: str
    other: str | None = None
    codes: tuple[str, ...] = ()


def valid_date(year: int, month: int, day: int) -> date | None:
    """The date, None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def digits_of(value: str) -> str:
    """Digits of a date, a month written as a word put in figures as DDMMCCYY or DDMMYY; "" when it is neither."""
    plain = value.replace("-", "").replace("/", "").replace(".", "").replace(" ", "")
    if plain.isascii() and plain.isdigit():
        return plain
    month = _MONTHS.get(plain[2:5])
    day, year = plain[:2], plain[5:]
    if month and len(year) in (2, 4) and (day + year).isascii() and (day + year).isdigit():
        return day + month + year
    return ""


def _date_part(digits: str, *, word: bool, coded: bool) -> date | None:
    """Date in six or eight digits, two-digit years in the twenty-first century.

    Eight digits are CCYYMMDD when a code says so or they begin with 19 or 20, else DDMMCCYY is tried first; the
    other order is taken when the first gives no day. `word`: the month was a word, so the day stands first.
    """
    if len(digits) == 6:
        if word:
            digits = digits[4:] + digits[2:4] + digits[:2]
        return valid_date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    orders = [digits, digits[4:] + digits[2:4] + digits[:2]]
    if word or not (coded or digits[:2] in ("19", "20")):
        orders.reverse()
    days = (valid_date(int(order[:4]), int(order[4:6]), int(order[6:])) for order in orders)
    return next((day for day in days if day and day.year in _YEARS), None)


def read_moment(value: str, code: str, *, six_is_regular: bool = False) -> Moment | None:
    """A flight time or expiry date, None when no reading gives one; two-digit years are 20YY."""
    digits = digits_of(value)
    length = len(digits)
    if length not in (6, 8, 10, 12, 14):
        return None
    word = any("A" <= letter <= "Z" for letter in value)
    date_length = 6 if length in (6, 10) else 8
    day = _date_part(digits[:date_length], word=word, coded=_LENGTHS.get(code) == length)
    if not day:
        return None
    clock = digits[date_length:]
    if clock and (clock[:2] > "23" or clock[2:4] > "59" or clock[4:] > "59"):
        return None
    fits = _LENGTHS.get(code) == length and not word and value == digits
    if fits and length in (8, 12, 14):
        fits = digits.startswith(f"{day:%Y%m%d}")
    regular = six_is_regular and length == 6 and not code and value == digits
    iso = day.isoformat() + (f"T{clock[:2]}:{clock[2:4]}" if clock else "")
    return Moment(iso, assumed=not (fits or regular))


_TYPED = re.compile(r"(\d{1,2})[ /.-]+(\d{1,2})[ /.-]+(\d{4})(?:[ T]+(\d{1,2}:\d{2}))?", re.ASCII)
_ISO_CLOCK = re.compile(r"(\d{4}-\d{2}-\d{2}) +(\d{1,2}:\d{2})", re.ASCII)


_MONTH_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "JAN JANUARY JANVIER ENERO ENE JANUARI", "FEB FEBRUARY FEVRIER FEV FEBRERO FEBRUARI",
            "MAR MARCH MARS MARZO MAART MRT", "APR APRIL AVRIL AVR ABRIL ABR", "MAY MAI MAYO MEI",
            "JUN JUNE JUIN JUNIO JUNI", "JUL JULY JUILLET JUIL JULIO JULI", "AUG AUGUST AOUT AOU AGOSTO AGO AUGUSTUS",
            "SEP SEPT SEPTEMBER SEPTEMBRE SEPTIEMBRE SETIEMBRE", "OCT OCTOBER OCTOBRE OCTUBRE OKT OKTOBER",
            "NOV NOVEMBER NOVEMBRE NOVIEMBRE", "DEC DECEMBER DECEMBRE DICIEMBRE DIC",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
"""Months as they are written in English, French, Spanish and Dutch, without accents."""
_ORDINAL = re.compile(r"(\d{1,2})(?:ST|ND|RD|TH|ER|RE|E|O)", re.ASCII)
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?", re.ASCII)


def worded_date(text: str) -> str:
    """A date whose month is a word, in either order (4th March 1980, March 4, 1980, 4 de marzo de 1980, Mar-04-80).

    CCYY-MM-DD, with a clock behind it if one stood there; DDMMMYY where the year has two digits; "" for anything else.
    """
    plain = unicodedata.normalize("NFKD", text.upper())
    words = re.split(
        r"[\s,./-]+", "".join(letter for letter in plain if not unicodedata.combining(letter)).strip(" .,")
    )
    words = [word for word in words if word not in ("DE", "DEL", "OF", "THE", "")]
    clock = words.pop() if len(words) == 4 and _CLOCK.fullmatch(words[-1]) else ""
    if len(words) != 3:
        return ""
    first, second, year = words
    day, month = (first, second) if second in _MONTH_WORDS else (second, first)
    ordinal = _ORDINAL.fullmatch(day)
    day = ordinal[1] if ordinal else day
    if month not in _MONTH_WORDS or not (day + year).isascii() or not (day + year).isdigit() or len(day) > 2:
        return ""
    number = _MONTH_WORDS[month]
    if len(year) == 2:
        return f"{int(day):02}{list(_MONTHS)[number - 1]}{year}"
    found = valid_date(int(year), number, int(day)) if len(year) == 4 else None
    return f"{found:%Y-%m-%d}" + (f"T{clock[:5]:0>5}" if clock else "") if found else ""


def typed_date(text: str) -> str:
    """A date as people type it, day first (28 2 1971, 28/02/1971 14:30), as CCYY-MM-DD; what is none stays as typed."""
    plain = text.strip()
    found = _TYPED.fullmatch(plain)
    if found:
        day, month, year, clock = found.groups()
        if not valid_date(int(year), int(month), int(day)):
            return plain
        return f"{year}-{int(month):02}-{int(day):02}" + (f"T{clock:0>5}" if clock else "")
    with_clock = _ISO_CLOCK.fullmatch(plain)
    return f"{with_clock[1]}T{with_clock[2]:0>5}" if with_clock else plain


def read_birth(value: str, code: str, reference: date) -> Birth | None:
    """A birth date, None when no reading of the value gives one.

    Two-digit years take the latest century that does not lie after `reference`. `value` keeps its blanks, since
    blanks may stand for an unknown month or day.
    """
    plain = value.strip("\r\n\t")
    partial = _partial(plain, code, reference)
    if partial:
        return partial
    digits = digits_of(plain)
    stripped = plain.strip()
    word = any("A" <= letter <= "Z" for letter in stripped)
    if len(digits) in (10, 12, 14):
        digits = digits[: 6 if len(digits) == 10 else 8]
    regular = stripped == digits and (code in ("", "101") or _LENGTHS.get(code) == len(stripped))
    if len(digits) == 6:
        return _six_digits(digits, reference, word=word, regular=regular)
    if len(digits) != 8:
        return None
    day = _date_part(digits, word=word, coded=code == "102")
    if not day:
        return None
    fits = code == "102" and stripped == digits and digits == day.strftime("%Y%m%d")
    codes = () if fits else ("DATE_FORMAT_ASSUMED",)
    if day > reference or age_on(day, reference) > OLDEST:
        codes = (*codes, "DOB_IMPLAUSIBLE")
    return Birth(day.isoformat(), None, codes)


def _six_digits(digits: str, reference: date, *, word: bool, regular: bool) -> Birth | None:
    """YYMMDD, or DDMMYY when that is the only way or the month was a word."""
    codes: tuple[str, ...] = () if regular else ("DATE_FORMAT_ASSUMED",)
    orders = [digits, digits[4:] + digits[2:4] + digits[:2]]
    if word:
        orders.reverse()
    for index, order in enumerate(orders):
        day = _latest(int(order[:2]), int(order[2:4]), int(order[4:]), reference)
        if day:
            if index and not word:
                codes = (*codes, "DOB_REORDERED")
            return Birth(day.isoformat(), _other_century(day, reference), codes)
    return None


def _latest(year: int, month: int, day: int, reference: date) -> date | None:
    """The date in the latest century that does not lie after the reference."""
    century = reference.year // 100 * 100
    for base in (century, century - 100):
        found = valid_date(base + year, month, day)
        if found and found <= reference:
            return found
    return None


def age_on(born: date, day: date) -> int:
    """Full years of age."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _other_century(born: date, reference: date) -> str | None:
    """The same day a century away when the age is doubtful."""
    age = age_on(born, reference)
    if YOUNG <= age <= OLD:
        return None
    other = valid_date(born.year - 100 if age < YOUNG else born.year + 100, born.month, born.day)
    return other.isoformat() if other else None


def _partial(value: str, code: str, reference: date) -> Birth | None:
    """A birth date of which only the year or year and month are known, None when the value is not one."""
    length = len(value)
    if length in (2, 4) and value.isascii() and value.isdigit():
        # blanks for month and day were cut off by a gateway
        value = value + "0000" if length == 2 or value[:2] in ("19", "20") else value + "00"
        length = len(value)
    if length not in (6, 8):
        return None
    year, month, day = value[: length - 4], value[-4:-2], value[-2:]
    if not (year.isascii() and year.isdigit()) or (month not in _UNKNOWN and day not in _UNKNOWN):
        return None
    if month not in _UNKNOWN and not (month.isascii() and month.isdigit() and "01" <= month <= "12"):
        return None
    if day not in _UNKNOWN and not (day.isascii() and day.isdigit() and "01" <= day <= "31"):
        return None
    known_month = int(month) if month not in _UNKNOWN else None
    number = int(year)
    codes: tuple[str, ...] = ("DOB_PARTIAL",)
    if length == 6:
        century = reference.year // 100 * 100
        number += century
        if (number, known_month or 0) > (reference.year, reference.month if known_month else 0):
            number -= 100
    elif not 1800 < number <= reference.year:
        return None
    elif code != "102":
        codes = ("DOB_PARTIAL", "DATE_FORMAT_ASSUMED")
    iso = f"{number:04}" + (f"-{known_month:02}" if known_month else "")
    return Birth(iso, _other_partial(number, known_month, reference) if length == 6 else None, codes)


def _other_partial(year: int, month: int | None, reference: date) -> str | None:
    """The same year or month a century away when the age is doubtful."""
    age = reference.year - year
    if YOUNG <= age <= OLD:
        return None
    suffix = f"-{month:02}" if month else ""
    return f"{year - 100 if age < YOUNG else year + 100:04}{suffix}"
