"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NOT_RETENTION_DESK = (
        "not-retention-desk",
        "Only a State's border and ministry desks can change this rule; the JRCC can for other parties.",
    )
    DATA_HELD = "data-held", "This data is under a hold and cannot be deleted."
    NOT_YOUR_PERSON = "not-your-person", "Another desk recorded these as one person. Only that desk can change this."
    NOTHING_TO_UNDO = "nothing-to-undo", "There is nothing left to undo."
    MOVED_SINCE = "moved-since", "One of these persons has been merged or separated again since. Undo that first."
    LOOKUP_NEEDS_DECIDER = (
        "lookup-needs-decider",
        "Only an approver at the desk that made a traveller search can review it.",
    )
    OWN_LOOKUP = "own-lookup", "You made this search. Another approver at your desk must review it."
    NOT_YOUR_LOOKUP = "not-your-lookup", "Only the person who made this search can explain it."
