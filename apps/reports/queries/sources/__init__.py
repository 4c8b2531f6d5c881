"""Where sentences get their values from, by the name that templates use. Importing declares them."""

from apps.reports.queries.sources import bodies, cards, facts, implementation, register
from apps.reports.queries.sources.frame import SOURCES, Found, Frame, frame

__all__ = ["SOURCES", "Found", "Frame", "bodies", "cards", "facts", "frame", "implementation", "register"]
