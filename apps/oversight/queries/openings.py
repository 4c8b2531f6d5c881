"""Whose records were opened from emergency seats that have ended, and what stands of it in the audit."""

import datetime
from collections.abc import Iterator
from typing import Any

from apps.access.actor import Actor
from apps.audit.models import AuditRecord
from apps.audit.queries import owners_under_seat
from apps.oversight.models import EmergencyOpening
from apps.oversight.queries.anchors import oversight_desks
from apps.people.models import EmergencyUse

LOOKED_BACK = datetime.timedelta(days=30)


def untold(now: datetime.datetime) -> Iterator[tuple[Any, str, int]]:
    """(emergency seat that has ended, party whose oversight is to be told, entries), those of the last 30 days."""
    ended = EmergencyUse.objects.filter(seat__valid_to__lte=now, seat__valid_to__gt=now - LOOKED_BACK)
    told = set(EmergencyOpening.objects.filter(use__in=ended).values_list("use_id", "party_id"))
    overseen = {code.partition(".")[0] for code in oversight_desks()}
    for use in ended.select_related("seat__desk").order_by("pk"):
        owners = owners_under_seat(use.seat.user_id, use.seat_id)
        # a carrier has no oversight desk: it is not told who looks at its lists
        for party in sorted((owners.keys() & overseen) - {use.seat.desk.party_id}):
            if (use.pk, party) not in told:
                yield use, party, owners[party]


def entries_of(opening: Any, actor: Actor) -> Any:
    """What was opened, done and tried from the seat, as far as the desk may see."""
    seat = opening.use.seat
    return AuditRecord.objects.visible_to(actor).filter(
        user_id=seat.user_id, seat_id=seat.pk, owner_party=opening.party_id
    )
