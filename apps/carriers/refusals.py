"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NOT_DEADLINE_DESK = "not-deadline-desk", "Only a State's border and ministry desks can change its deadlines."
    OWN_DEADLINE = (
        "own-deadline",
        "You proposed this deadline. Another approver of your State must confirm it.",
    )
    DEADLINE_NEEDS_DECIDER = (
        "deadline-needs-decider",
        "Only an approver at your State's border or ministry desk can confirm a deadline.",
    )
    NOT_CASE_DESK = "not-case-desk", "Only a State's border and ministry desks handle its cases against carriers."
    OWN_CASE_DECISION = (
        "own-case-decision",
        "You proposed this decision. Another approver of your State must confirm it.",
    )
    CASE_NEEDS_DECIDER = (
        "case-needs-decider",
        "Only an approver at your State's border or ministry desk can confirm a penalty.",
    )
    JOINED_FOR_GOOD = (
        "joined-for-good",
        "The period for undoing this merge is over. Confirm it or merge again.",
    )
    NOT_BOOKING_LAW_DESK = (
        "not-booking-law-desk",
        "Only a State's border and ministry desks can change its law on bookings.",
    )
    OWN_CHANGE = "own-change", "You proposed this change. Another approver must confirm it."
    CHANGE_NEEDS_DECIDER = "change-needs-decider", "Only an approver at one of these desks can confirm a rule change."
