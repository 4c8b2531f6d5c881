"""Everything that changes accounts, seats and keys."""

from apps.people.actions.accounts import (
    install,
    open_account,
    prefer,
    reactivate,
    renew,
    session_moved,
    set_address,
    suspend,
)
from apps.people.actions.keys import create_token, digest, revoke_token, used
from apps.people.actions.seats import appoint, end_seat, make_service_seat, service_seat, switch_seat

__all__ = [
    "appoint",
    "create_token",
    "digest",
    "end_seat",
    "install",
    "make_service_seat",
    "open_account",
    "prefer",
    "reactivate",
    "renew",
    "revoke_token",
    "service_seat",
    "session_moved",
    "set_address",
    "suspend",
    "switch_seat",
    "used",
]
