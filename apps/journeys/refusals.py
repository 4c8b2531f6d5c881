"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NOT_HOLD_DESK = (
        "not-hold-desk",
        "Only the desk that holds this data can do this: the JRCC watch or a State's border desk.",
    )
    OWN_HOLD = "own-hold", "You placed this hold. Another approver at your desk must release it."
    HOLD_NEEDS_DECIDER = "hold-needs-decider", "Only an approver at the desk that placed a hold can release it."
    NOT_FLOOR = "not-floor", "Only the JRCC watch and State border desks can do this."
