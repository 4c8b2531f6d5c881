"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import WORKS, Actor
from apps.access.verdict import ALLOW, Deny, Verdict

UNSETTLED = frozenset({"waiting", "unavailable"})
"""Scan states in which nobody but the uploader may open a file."""


def may_send(actor: Actor, _row: Any) -> Verdict:
    """Whoever works at a desk may send a file; what he attaches it to asks again."""
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def may_tend(actor: Actor, _row: Any) -> Verdict:
    """The malware check and the removal of what was never used are the portal's own work."""
    return ALLOW if tends(actor) else Deny("not-file-service")


def is_service(actor: Actor) -> bool:
    """Whether this is one of the portal's own seats."""
    return actor.seat_kind == "service"


def tends(actor: Actor) -> bool:
    """Whether this is the portal's own service for files."""
    return is_service(actor) and actor.function == "platform"


def may_open(actor: Actor, attachment: Any) -> Verdict:
    """Whether somebody who sees an attachment (with its blob loaded) gets the bytes as well."""
    if attachment.blob.state == "refused":
        return Deny("file-refused")
    if attachment.state == "withdrawn":
        return Deny("file-withdrawn")
    if attachment.blob.state in UNSETTLED and attachment.added_by_seat_id != actor.seat_id:
        return Deny("file-waiting")
    return ALLOW
