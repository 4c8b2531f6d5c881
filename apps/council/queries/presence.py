"""Who is in the room, and whose credentials hold, at a moment."""

import datetime

from apps.council.models import Delegation, Meeting, PresenceEvent
from apps.council.queries.membership import day_of

HELD = "held"
HERE = frozenset({"arrive", "connect"})


def present_at(meeting: Meeting, at: datetime.datetime) -> frozenset[str]:
    """Codes of everybody present, Associates too: what the events up to the moment add up to. One query."""
    events = PresenceEvent.objects.filter(meeting=meeting, at__lte=at).order_by("at", "pk")
    here: dict[str, bool] = {}
    for party, event in events.values_list("party_id", "event"):
        here[party] = event in HERE
    return frozenset(party for party, is_here in here.items() if is_here)


def credentials_missing(meeting: Meeting, at: datetime.datetime) -> frozenset[str]:
    """Delegations without credentials in force: not accepted, or ended at midnight where the meeting is. One query."""
    today = day_of(at, meeting.time_zone)
    rows = Delegation.objects.filter(meeting=meeting)
    return frozenset(row.party_id for row in rows if credentials_on(row, today) != HELD)


def credentials_on(delegation: Delegation | None, day: datetime.date) -> str:
    """ "held"; "ended" after their last day at the place; else where they stand: "missing", "presented", "refused"."""
    if delegation is None:
        return str(Delegation.Credentials.MISSING)
    if delegation.credentials != Delegation.Credentials.ACCEPTED:
        return str(delegation.credentials)
    return "ended" if delegation.credentials_until and delegation.credentials_until < day else HELD
