"""Everything that changes watchlists and their entries."""

from apps.screening.actions.applying import carry_out, hold, read
from apps.screening.actions.clearances import Cleared, end_clearance, make, revoke, share_clearance
from apps.screening.actions.closing import close, end_entries
from apps.screening.actions.entries import LONGEST_REASON, LONGEST_WHY, change, create, expire, review, withdraw
from apps.screening.actions.files import drop, take_in
from apps.screening.actions.imports import bring_in, countersign, drop_import, propose, send_file
from apps.screening.actions.lists import begin, open_list, open_list_for

__all__ = [
    "LONGEST_REASON",
    "LONGEST_WHY",
    "Cleared",
    "begin",
    "bring_in",
    "carry_out",
    "change",
    "close",
    "countersign",
    "create",
    "drop",
    "drop_import",
    "end_clearance",
    "end_entries",
    "expire",
    "hold",
    "make",
    "open_list",
    "open_list_for",
    "propose",
    "read",
    "review",
    "revoke",
    "send_file",
    "share_clearance",
    "take_in",
    "withdraw",
]
