"""What follows from what oversight writes: notices to desks."""

from collections.abc import Sequence
from typing import Any

from apps.access import outbox
from apps.access.models import Dispatch, Level
from apps.notices import actions as notices
from apps.notices.queries import CLOCK
from apps.oversight.queries.anchors import oversight_desks, oversight_of
from apps.people.queries import service_actor

OPERATORS = "IMPACS.platform"


def _tell(dispatch: Dispatch, event: str, page: str, desks: Sequence[str], number: str, **more: Any) -> None:
    """Tell desks of the record that was dispatched, and on which page of oversight it stands."""
    notices.create_notices(
        service_actor(CLOCK, request_id=dispatch.request_id),
        None,
        event=event,
        desks=desks,
        object_type=dispatch.object_type,
        object_id=dispatch.object_id,
        number=number,
        url_name=f"oversight:{page}",
        **{"level": Level.OFFICIAL} | more,
    )


@outbox.on("conduct.opened")
def tell_of_case(dispatch: Dispatch) -> None:
    """The oversight of the party concerned and of the region."""
    said = dispatch.payload
    _tell(dispatch, "oversight.case_opened", "case", oversight_of(said["party"]), said["number"])


@outbox.on("anchor.made")
def tell_of_anchor(dispatch: Dispatch) -> None:
    """The first root of a day goes to every oversight desk by mail: a witness that nobody in the portal can change."""
    said = dispatch.payload
    if event := {"broken": "audit.anchor_broken", "made": "audit.anchored"}.get(said["told"]):
        _tell(dispatch, event, "anchor", oversight_desks(), said["root"], step=said["day"])


@outbox.on("quorum.missed")
def tell_of_missed_quorum(dispatch: Dispatch) -> None:
    """All oversight desks, and the operators, who read nothing above public."""
    desks = [*oversight_desks(), OPERATORS]
    number = dispatch.payload["number"]
    _tell(dispatch, "audit.unwitnessed", "anchors", desks, number, level=Level.PUBLIC)


@outbox.on("witness.changed")
def tell_of_witness(dispatch: Dispatch) -> None:
    """The oversight of the party and of the region: fewer witnesses are fewer who see."""
    said = dispatch.payload
    _tell(dispatch, "audit.witness_changed", "witness", oversight_of(said["party"]), said["code"], step=said["step"])


@outbox.on("chain_walk.broken")
def tell_of_break(dispatch: Dispatch) -> None:
    """The oversight of the party whose chain it is and of the region, and the operators; the number is the place."""
    for stream, seq in dispatch.payload["breaks"]:
        # the platform desk reads nothing above public
        more = {"step": stream, "level": Level.PUBLIC}
        _tell(dispatch, "audit.chain_broken", "walk", [*oversight_of(stream), OPERATORS], f"{stream} {seq}", **more)


@outbox.on("emergency_opening.told")
def tell_of_opening(dispatch: Dispatch) -> None:
    """The oversight of the party whose records were opened, and of the region."""
    said = dispatch.payload
    _tell(dispatch, "oversight.opened_in_emergency", "opening", oversight_of(said["party"]), said["desk"])
