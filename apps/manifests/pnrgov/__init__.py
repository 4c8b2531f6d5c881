"""Reading airlines' booking data (PNRGOV) at the basic level, and answering it (ACKRES). No Django, no database."""

from .answers import acknowledge
from .cut import is_bookings, lists_beside
from .explain import explain
from .narrow import ELEMENTS, kept, narrowed, without_people
from .read import read

__all__ = [
    "ELEMENTS",
    "acknowledge",
    "explain",
    "is_bookings",
    "kept",
    "lists_beside",
    "narrowed",
    "read",
    "without_people",
]
