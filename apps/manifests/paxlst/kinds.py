"""Which messages a file holds, by the types that their headers name: lists, bookings, others."""

from __future__ import annotations

import re
from collections import Counter

from .unwrap import starts_of_interchanges

LIST, BOOKINGS = "PAXLST", "PNRGOV"
# UNH, its reference and the type: a reference has neither delimiters nor more than 35 characters
_HEADER = re.compile(
    r"UNH[ \t]*([^A-Z0-9 \t\r\n])[ \t]*[A-Z0-9 ._/\\-]{0,35}\1[ \t]*([A-Z]{6})(?![A-Z0-9])", re.IGNORECASE
)
_GROUP = re.compile(r"UNG[ \t]*[^A-Z0-9 \t\r\n][ \t]*PNRGOV", re.IGNORECASE)
# what follows the end of a message without a header of its own
_HEADLESS = re.compile(
    r"UNT[ \t]*([^A-Z0-9 \t\r\n])\d{0,10}(?:\1[A-Z0-9 ._/\\-]{0,35})?[^A-Z0-9 \t]?\s*"
    r"(?=(BGM|MSG|SRC|RCI|TIF)[^A-Z0-9])",
    re.IGNORECASE,
)
# a booking behind a list whose end was lost together with the header of the bookings
_UNHEADED = re.compile(r"(?<=[^A-Z0-9 \t])SRC[^A-Z0-9 \t]\s*RCI(?=[^A-Z0-9 \t])", re.IGNORECASE)
# tags that the one has and the other has not
_OF_BOOKINGS = re.compile(r"(?<![A-Z0-9])(?:SRC|RCI|TIF|FOP|TBD|SSR|ABI)(?=[^A-Z0-9 \t])", re.IGNORECASE)
_OF_LISTS = re.compile(r"(?<![A-Z0-9])(?:BGM|NAD|NAT|ATT)(?=[^A-Z0-9 \t])", re.IGNORECASE)


def kinds_of(text: str) -> Counter[str]:
    """{message type: how many headers name it}, in upper case."""
    return Counter(found.group(2).upper() for found in _HEADER.finditer(text))


def has_lists(text: str) -> bool:
    """True where a passenger or crew list stands in the text, with a header or behind another message."""
    return any(kind == LIST for _place, kind in _starts(text))


def others_of(text: str) -> Counter[str]:
    """The messages that are neither lists nor bookings."""
    found = kinds_of(text)
    del found[LIST], found[BOOKINGS]
    return found


def bookings_in(text: str) -> list[tuple[int, int]]:
    """Where bookings stand, as (start, end): each from its header to the next header, interchange or list.

    `text` may hold line ends or not. What closes an interchange may stand at the end of a span.
    """
    spans: list[tuple[int, int]] = []
    begun: int | None = None
    starts = [(0, ""), *_starts(text)]
    for number, (place, named) in enumerate(starts):
        following = starts[number + 1][0] if number + 1 < len(starts) else len(text)
        kind = named or (BOOKINGS if _is_headless(text, place, following) else "")
        if kind == BOOKINGS:
            begun = place if begun is None else begun
        elif begun is not None:
            spans.append((begun, place))
            begun = None
    if begun is not None:
        spans.append((begun, len(text)))
    return spans


def _is_headless(text: str, start: int, end: int) -> bool:
    """Whether the rest of a message that lost its header is one of bookings."""
    return bool(_OF_BOOKINGS.search(text, start, end)) and not _OF_LISTS.search(text, start, end)


def _starts(text: str) -> list[tuple[int, str]]:
    """(place, type) of what begins in the text, in order; "" for an interchange."""
    found = [(one.start(), one.group(2).upper()) for one in _HEADER.finditer(text)]
    found += [(one.start(), BOOKINGS) for one in _GROUP.finditer(text)]
    found += [(one.end(), LIST if one.group(2).upper() == "BGM" else BOOKINGS) for one in _HEADLESS.finditer(text)]
    found += [(one.start(), BOOKINGS) for one in _UNHEADED.finditer(text)]
    found += [(place, "") for place in starts_of_interchanges(text)]
    return sorted(found)
