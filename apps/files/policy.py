"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.files.refusals import Refusals

UNSETTLED = frozenset({"waiting", "unavailable"})
"""Scan states in which nobody but the uploader may open a file."""


def may_send(actor: Actor, _row: Any) -> Verdict:
    """Whoever works at a desk may send a file; what they attach it to asks again."""
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_tend(actor: Actor, _row: Any) -> Verdict:
    """The malware check and the removal of what was never used are the portal's own work."""
    return ALLOW if tends(actor) else Deny(Refusals.NOT_FILE_SERVICE)


def is_service(actor: Actor) -> bool:
    """Whether this is one of the portal's own seats."""
    return actor.seat_kind == "service"


def tends(actor: Actor) -> bool:
    """Whether this is the portal's own service for files."""
    return is_service(actor) and actor.function == "platform"


def may_open(actor: Actor, attachment: Any) -> Verdict:
    """Whether somebody who sees an attachment (with its blob loaded) gets the bytes as well."""
    if attachment.blob.state == "refused":
        return Deny(Refusals.FILE_REFUSED)
    if attachment.state == "withdrawn":
        return Deny(Refusals.FILE_WITHDRAWN)
    if attachment.blob.state in UNSETTLED and attachment.added_by_seat_id != actor.seat_id:
        return Deny(Refusals.FILE_WAITING)
    return ALLOW
