"""What a report says, ready to be drawn."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """A system in the figure: how many Member States use it, of how many."""

    name: str
    short: str
    n: int
    of: int


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """A section: its sentences as one paragraph, or as a list where they repeat; `lines` of a chart.

    `gaps` are what could not be said and why.
    """

    title: str
    place: str
    sentences: tuple[str, ...]
    listed: bool = False
    lines: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """A whole report. `caveat` marks what is not issued; `version` is the draft."""

    title: str
    reference: str
    addressee: str
    covers: str
    as_of: datetime.date
    known_at: datetime.datetime
    level: str
    caveat: str
    version: str
    fictional: bool
    sections: tuple[PrintedSection, ...]
    bars: tuple[Bar, ...] = ()
    bar_title: str = ""
