"""Numbers, days and lists as a report writes them. English, the authentic language of what leaves the Community.

House rule of the Secretariat's report of 21 January 2008: numbers in words up to twenty, ordinals in words up to tenth
("fifth meeting", "26th session"), Member States in roll-call order, the last two joined by "and".
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

ONES = (
    *("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
ORDINALS = (*("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),)
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year, where the day is not known."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{MONTHS[self.month - 1]} {self.year}"


@dataclass(frozen=True, slots=True)
class Parties:
    """States or bodies by code, with their names, in roll-call order."""

    codes: tuple[str, ...]
    names: tuple[str, ...]


def word(number: int) -> str:
    """The number as a word, in figures above twenty: `ten`, `none`, `21`. Negative numbers are a ValueError."""
    if number < 0:
        raise ValueError("a count is not negative")
    return ONES[number] if number < len(ONES) else str(number)


def ordinal(number: int) -> str:
    """`fifth`, `26th`, `112th`. Below one there is none: ValueError."""
    if number < 1:
        raise ValueError("an ordinal begins with one")
    if number <= len(ORDINALS):
        return ORDINALS[number - 1]
    ending = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def capital(text: str) -> str:
    """The text with its first letter in capitals."""
    return text[:1].upper() + text[1:]


def listed(items: Sequence[str]) -> str:
    """`Barbados, Jamaica, Saint Lucia and Trinidad and Tobago`, in the order given."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def day(at: datetime.date) -> str:
    """`21 January 2008`."""
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"


def month(at: datetime.date | Month) -> str:
    """`July 2006`."""
    return f"{MONTHS[at.month - 1]} {at.year}"
