"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NEEDS_DESK_DECIDER = "needs-desk-decider", "Only an approver at your desk can do this. Ask one of them."
    NOT_ALARMED = "not-alarmed", "This alarm was sent to those on duty at the desk at that time."
    NO_RECEIPT_ASKED = "no-receipt-asked", "This notification needs no receipt. Mark it as read instead."
    NOT_YOUR_CALENDAR = (
        "not-your-calendar",
        "Only officers of this State's ministry and contact desks can change its holiday calendar.",
    )
    ANSWERED_ALREADY = "answered-already", "This was already answered."
