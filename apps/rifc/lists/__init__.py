"""Lists of shared reports and what is asked of them, as they are declared."""

from apps.rifc.lists import reports, statistics
from apps.rifc.lists.queues import OPENING_STATES, OPENINGS, REQUEST_STATES, Openings, OwnRequests, Requests, Reviews

__all__ = [
    "OPENINGS",
    "OPENING_STATES",
    "REQUEST_STATES",
    "Openings",
    "OwnRequests",
    "Requests",
    "Reviews",
    "reports",
    "statistics",
]
