"""What follows from what oversight writes: notices to desks."""

from apps.access import outbox
from apps.access.models import Dispatch, Level
from apps.notices import actions as notices
from apps.notices.queries import CLOCK
from apps.oversight.queries.anchors import oversight_desks, oversight_of
from apps.people.queries import service_actor


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
