"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NOT_ON_DUTY = "not-on-duty", "Only watch desks keep a log."
    WATCH_IS_ON = "watch-is-on", "This desk already has a watch. Take it over by hand-over."
    WATCH_IS_CLOSED = "watch-is-closed", "This watch is closed. Write in the log of the watch on duty."
    NOT_IN_CHARGE = "not-in-charge", "Only the officer in charge, or an approver at the desk, can hand over the watch."
    INCOMING_IS_OUTGOING = (
        "incoming-is-outgoing",
        "Another person must take over: neither the officer in charge nor the one who signed the hand-over.",
    )
    NOT_ISSUER_OF_BULLETINS = "not-issuer-of-bulletins", "Only points of contact and the RIFC watch issue bulletins."
    ASKED_AGAIN = "asked-again", "This is no longer requested: the bulletin has changed or ended. Open it again."
    NOT_DIGEST_DESK = "not-digest-desk", "Only the RIFC watch and analysis desks draft the weekly digest."
