"""What follows from what oversight writes: notices to desks."""

from apps.access import outbox
from apps.access.models import Dispatch, Level
from apps.notices import actions as notices
from apps.notices.queries import CLOCK
from apps.oversight.queries.anchors import oversight_desks, oversight_of
from apps.people.queries import service_actor

OPERATORS = "IMPACS.platform"


@outbox.on("conduct.opened")
def tell_of_case(dispatch: Dispatch) -> None:
    """The oversight of the party concerned and of the region."""
    notices.tell(
        service_actor(CLOCK, request_id=dispatch.request_id),
        None,
        event="oversight.case_opened",
        desks=oversight_of(dispatch.payload["party"]),
        object_type="oversight.case",
        object_id=dispatch.object_id,
        number=dispatch.payload["number"],
        level=Level.OFFICIAL,
        url_name="oversight:case",
    )


@outbox.on("anchor.made")
def tell_of_anchor(dispatch: Dispatch) -> None:
    """The root goes to every oversight desk by mail: a witness that nobody in the portal can change."""
    notices.tell(
        service_actor(CLOCK, request_id=dispatch.request_id),
        None,
        event="audit.anchor_broken" if dispatch.payload["broken"] else "audit.anchored",
        desks=oversight_desks(),
        object_type="oversight.anchor",
        object_id=dispatch.object_id,
        number=dispatch.payload["root"],
        step=dispatch.payload["day"],
        level=Level.OFFICIAL,
        url_name="oversight:anchor",
    )


@outbox.on("chain_walk.broken")
def tell_of_break(dispatch: Dispatch) -> None:
    """The oversight of the party whose chain it is and of the region, and the operators; the number is the place."""
    for stream, seq in dispatch.payload["breaks"]:
        notices.tell(
            service_actor(CLOCK, request_id=dispatch.request_id),
            None,
            event="audit.chain_broken",
            desks=[*oversight_of(stream), OPERATORS],
            object_type="oversight.chainwalk",
            object_id=dispatch.object_id,
            number=f"{stream} {seq}",
            step=stream,
            level=Level.PUBLIC,  # the platform desk reads nothing above it
            url_name="oversight:walk",
        )


@outbox.on("emergency_opening.told")
def tell_of_opening(dispatch: Dispatch) -> None:
    """The oversight of the party whose records were opened, and of the region."""
    notices.tell(
        service_actor(CLOCK, request_id=dispatch.request_id),
        None,
        event="oversight.opened_in_emergency",
        desks=oversight_of(dispatch.payload["party"]),
        object_type="oversight.emergencyopening",
        object_id=dispatch.object_id,
        number=dispatch.payload["desk"],
        level=Level.OFFICIAL,
        url_name="oversight:opening",
    )
