"""Everything that changes watchlists and their entries."""

from apps.screening.actions import audit_verbs
from apps.screening.actions.clearances import (
    Cleared,
    end_traveller_clearance,
    make,
    revoke_traveller_clearance,
    share_traveller_clearance,
)
from apps.screening.actions.closures import close_watchlist, end_watchlist_entries
from apps.screening.actions.entries import (
    LONGEST_REASON,
    LONGEST_WHY,
    change_watchlist_entry,
    create_watchlist_entry,
    expire_watchlist_entry,
    review_watchlist_entry,
    withdraw_watchlist_entry,
)
from apps.screening.actions.files import import_entries, withdraw_dropped_entries
from apps.screening.actions.import_runs import carry_out_list_import, hold_list_import, read_list_file
from apps.screening.actions.imports import (
    apply_list_import,
    countersign_list_import,
    drop_import,
    propose_list_import,
    send_list_file,
)
from apps.screening.actions.lists import begin_entries, open_watchlist, open_watchlist_for_party

__all__ = [
    "LONGEST_REASON",
    "LONGEST_WHY",
    "Cleared",
    "apply_list_import",
    "audit_verbs",
    "begin_entries",
    "carry_out_list_import",
    "change_watchlist_entry",
    "close_watchlist",
    "countersign_list_import",
    "create_watchlist_entry",
    "drop_import",
    "end_traveller_clearance",
    "end_watchlist_entries",
    "expire_watchlist_entry",
    "hold_list_import",
    "import_entries",
    "make",
    "open_watchlist",
    "open_watchlist_for_party",
    "propose_list_import",
    "read_list_file",
    "review_watchlist_entry",
    "revoke_traveller_clearance",
    "send_list_file",
    "share_traveller_clearance",
    "withdraw_dropped_entries",
    "withdraw_watchlist_entry",
]
