"""Everything that changes accounts, seats and keys."""

from apps.people.actions import approvals, emergency, reviewing, secondments
from apps.people.actions.accounts import (
    clear,
    install,
    open_account,
    prefer,
    reactivate,
    renew,
    session_moved,
    set_address,
    suspend,
)
from apps.people.actions.approvals import do_or_ask
from apps.people.actions.invitations import invite, join, link_of, opened, resend, revoke
from apps.people.actions.keys import create_token, digest, revoke_token, used
from apps.people.actions.leaving import end_waiver, leave, rename, waive
from apps.people.actions.seats import (
    appoint,
    delegate,
    end_seat,
    expire,
    make_service_seat,
    service_seat,
    switch_seat,
    transfer,
)

__all__ = [
    "appoint",
    "approvals",
    "clear",
    "create_token",
    "delegate",
    "digest",
    "do_or_ask",
    "emergency",
    "end_seat",
    "end_waiver",
    "expire",
    "install",
    "invite",
    "join",
    "leave",
    "link_of",
    "make_service_seat",
    "open_account",
    "opened",
    "prefer",
    "reactivate",
    "rename",
    "renew",
    "resend",
    "reviewing",
    "revoke",
    "revoke_token",
    "secondments",
    "service_seat",
    "session_moved",
    "set_address",
    "suspend",
    "switch_seat",
    "transfer",
    "used",
    "waive",
]
