"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NOT_A_HOLDING_DESK = "not-a-holding-desk", "People of desks that are sent sealed texts hold the keys of a State."
    NOT_CLEARED = "not-cleared", "Who holds a key of the State is cleared for confidential at least."
    ENOUGH_HOLDERS = (
        "enough-holders",
        "Your State has twelve keys in force, as many as a text has shares for. End one that is not needed first.",
    )
