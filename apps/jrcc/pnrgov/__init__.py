"""Reading airlines' booking data (PNRGOV) at the basic level, and answering it (ACKRES). No Django, no database."""

from .answers import acknowledge
from .explain import explain
from .narrow import ELEMENTS, kept, narrowed, without_people
from .read import is_bookings, read

__all__ = ["ELEMENTS", "acknowledge", "explain", "is_bookings", "kept", "narrowed", "read", "without_people"]
