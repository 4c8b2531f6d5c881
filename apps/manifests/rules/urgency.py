"""How urgent a list is before anybody has read it: when its flight lands, by a look at what stands above its people.

Only the order of work hangs on it (apps.access.intake_lane); what is decided is read from the whole list.
"""

import datetime
import json
import re
from typing import Any

from apps.manifests import paxlst
from apps.manifests.rules import routing

HEAD = 4_000
"""Bytes that are looked at: service segments, flight and legs take a tenth of it, headings of sheets as little."""
JSON_LIMIT = 400_000
"""Bytes of a list in JSON, which cannot be cut: a thousand people. Longer ones have to wait for being read."""
FLIGHT = datetime.timedelta(hours=2)
"""Where only the departure is known: a usual flight within the region, with its stop."""
OVER = datetime.timedelta(hours=6)
"""Nobody of a flight that landed before stands at a gate any longer: such a list has no haste."""
# NAD with a status of a traveller, whatever the delimiters are: FL, FM, DDU, DDT, ZZZ
_FIRST_PERSON = re.compile(rb"NAD[^A-Za-z0-9\s](?:F[LM]|DD[UT]|ZZZ)\b", re.IGNORECASE)
_SHEET_LINES = 8
_ANY = b"UNH+1+PAXLST:D:12B:UN:IATA'BGM+745'TDT+20+7T100'LOC+125+POS'DTM+189:3012311400:201'LOC+87+BGI'UNT+7+1'"


def landing_of(data: bytes, now: datetime.datetime) -> datetime.datetime | None:
    """When the flight of this list lands first from now on; None when a look does not tell, or it is long over.

    About 1 ms for a telegram whatever its length. Never raises: the reader does not.
    """
    head = _head(data)
    if head is None:
        return None
    moments = [_landing(leg) for obj in paxlst.read(head, as_of=now) for leg in routing.legs_of(obj["flight"], {})]
    return min((moment for moment in moments if moment and moment > now - OVER), default=None)


def load() -> None:
    """Load the tables that the first list needs: places with their zones, codes, sentences; a quarter of a second."""
    landing_of(_ANY, datetime.datetime.now(datetime.UTC))


def _landing(leg: routing.Leg) -> datetime.datetime | None:
    return leg.arrives_at or (leg.departs_at + FLIGHT if leg.departs_at else None)


def _head(data: bytes) -> bytes | None:
    """A list without its people, in its own form; None for what cannot be cut (packed sheets, notices of ships)."""
    if data.startswith(b"PK"):
        return None
    first = data[:HEAD].lstrip()
    if first[:1] in (b"{", b"["):
        return _without_people(data) if len(data) <= JSON_LIMIT else None
    found = _FIRST_PERSON.search(first)
    if found:
        return first[: found.start()]
    return first if b"UNH" in first.upper() else b"\n".join(first.splitlines()[:_SHEET_LINES])


def _without_people(data: bytes) -> bytes | None:
    try:
        sent: Any = json.loads(data)
        lists = [one for one in (sent if isinstance(sent, list) else [sent]) if isinstance(one, dict)]
        return json.dumps([{"flight": one.get("flight"), "travellers": []} for one in lists]).encode()
    except (ValueError, RecursionError):
        return None
