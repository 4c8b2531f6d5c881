"""Telling a party that its records were opened from an emergency seat of another."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.refusal import Refused
from apps.oversight import policy
from apps.oversight.models import EmergencyOpening
from apps.rifc.refusals import Refusals as RifcRefusals


@action(
    "emergency_opening.tell", model=EmergencyOpening, label=_("Report emergency access"),
    done=_("Notified the owner of records opened under emergency access"), policy=policy.may_keep_time,
    ends="told", automatic=True,
)  # fmt: skip
def tell_owner_of_opening(actor: Actor, _row: None, *, use: Any, party: str, entries: int) -> EmergencyOpening:
    """Tell the oversight of a party, once the emergency has ended, that its records were opened from that seat.

    Once for each seat and party. Refused("wrong-state") for one that was told.
    """
    if EmergencyOpening.objects.filter(use=use, party_id=party).exists():
        raise Refused("wrong-state", RifcRefusals.TOLD_ALREADY)
    row = EmergencyOpening.objects.create(use=use, party_id=party, entries=entries)
    emit("emergency_opening.told", row, {"party": party, "desk": use.seat.desk.code})
    return row
