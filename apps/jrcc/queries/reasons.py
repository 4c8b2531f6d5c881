"""Codes for why a hit was dismissed or withdrawn, and what they are called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DISMISSALS = {
    "different_birth_date": _("Different date of birth"),
    "different_photo": pgettext_lazy("words, jrcc", "Different photo"),
    "different_document": pgettext_lazy("words, jrcc", "Different document"),
    "name_only": _("Only the name matches"),
    "entry_error": _("Error in the watchlist entry"),
    "message_error": _("Error in the carrier's message"),
    "other": pgettext_lazy("words, jrcc", "Another reason"),
}
CLEARED = "cleared"
"""Reason of a hit that earlier clearances have kept down."""
REROUTED = "rerouted"
"""Reason of a hit that came back from a State which the journey no longer touches."""
NARROWED = "entry_narrowed"
"""Reason of a hit that its entry's owner no longer lets the States, or their border desks, screen for."""
NOT_YET = "entry_not_yet"
"""Reason of a hit whose entry was given a later first day."""
WITHDRAWALS = {
    "left_list": _("The traveller is no longer on the manifest"),
    "did_not_board": _("The traveller did not board"),
    "flight_cancelled": _("The flight or voyage was cancelled"),
    "entry_ended": _("The watchlist entry has ended"),
    "entry_expired": _("The watchlist entry has expired"),
    "entry_withdrawn": _("The owner has withdrawn the watchlist entry"),
    "list_closed": _("The owner has closed the watchlist"),
    NARROWED: _("The owner no longer shares the watchlist entry with this State or desk"),
    NOT_YET: _("The watchlist entry applies from a later date"),
    "source_says_no": _("The source no longer has this record"),
    "answer_expired": _("The source's answer may no longer be kept"),
    "no_longer_asked": _("The query has changed: data corrected, or traveller no longer on the manifest"),
    "no_longer_alike": _("Corrected data no longer match the entry"),
}


def label(reason: str) -> str:
    """The words for a code; a reason in words stays as it is."""
    if reason == CLEARED:
        return str(_("Already recorded as a false match"))
    if reason == REROUTED:
        return str(_("The flight or voyage goes to another State"))
    return str(DISMISSALS.get(reason) or WITHDRAWALS.get(reason) or reason)


def of_ended(entry_state: str, list_state: str) -> str:
    """The code for hits of an entry that is no longer kept up, by its state and its list's."""
    if list_state == "closed":
        return "list_closed"
    return "entry_expired" if entry_state == "expired" else "entry_withdrawn"
