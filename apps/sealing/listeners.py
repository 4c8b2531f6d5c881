"""Who is told of a State's keys: the holder's desk, the party's administration and its oversight."""

from apps.access import outbox
from apps.access.models import Dispatch, Level
from apps.notices import actions as notices
from apps.notices.queries import CLOCK
from apps.people.queries import service_actor
from apps.sealing.models import HolderKey
from apps.sealing.queries import desks_told

EVENTS = {
    "holder_key.proposed": "sealing.proposed",
    "holder_key.confirmed": "sealing.confirmed",
    "holder_key.ended": "sealing.ended",
}


def _tell(dispatch: Dispatch) -> None:
    clock = service_actor(CLOCK, request_id=dispatch.request_id)
    key = HolderKey.objects.visible_to(clock).get(pk=dispatch.object_id)
    notices.create_notices(
        clock,
        None,
        event=EVENTS[dispatch.topic],
        desks=desks_told(key),
        object_type="sealing.holderkey",
        object_id=key.pk,
        number=f"{key.party_id}-{key.fingerprint[:4]}",
        level=Level.OFFICIAL,
        step=key.state,
        url_name="sealing:key",
    )


@outbox.on("holder_key.proposed")
def tell_of_proposed_key(dispatch: Dispatch) -> None:
    """A key waits for a second person."""
    _tell(dispatch)


@outbox.on("holder_key.confirmed")
def tell_of_confirmed_key(dispatch: Dispatch) -> None:
    """Texts of the State are sealed for one more key."""
    _tell(dispatch)


@outbox.on("holder_key.ended")
def tell_of_ended_key(dispatch: Dispatch) -> None:
    """A key opens nothing any more."""
    _tell(dispatch)
