"""Offices and escalations of the demonstration: some States have named theirs, one has answered."""

from django.utils import timezone

from apps.access.actor import Actor
from apps.council.queries.membership import day_of
from apps.impacs import actions
from apps.impacs.models import Escalation, OfficeHolder
from apps.impacs.tasks.escalation import run_escalation_clock
from apps.people.models import Seat
from demo.council.players import seated

NAMED = ("jam.ministry.decider", "brb.ministry.decider", "tto.ministry.decider")
EVENING = 20
"""An hour (UTC) at which the working day has begun in every State."""


def load() -> int:
    """Name the offices and let the clock climb once, unless that was done; how many escalations."""
    if not OfficeHolder.objects.exists():
        for name in NAMED:
            _name(seated(name), "permanent_secretary")
        _name(seated("impacs.secretariat.manager"), "impacs_director")
        run_escalation_clock(timezone.now().replace(hour=EVENING))
        _answered(seated(NAMED[0]))
    return Escalation.objects.count()


def _name(actor: Actor, office: str) -> None:
    seat = Seat.objects.get(pk=actor.seat_id)
    today = day_of(timezone.now(), actor.time_zone)
    actions.offices.name_office_holder(actor, None, office=office, seat=str(seat.uid), valid_from=today)


def _answered(actor: Actor) -> None:
    """The first overdue matter of one State has its answer."""
    rows = Escalation.objects.visible_to(actor).filter(owner=actor.desk_id, office="permanent_secretary")
    first = rows.order_by("due_on", "pk").first()
    if first is not None:
        actions.escalation.acknowledge_escalation(
            actor, first, answer="The attorney-general has it; Cabinet sits on Thursday."
        )
