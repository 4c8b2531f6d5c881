"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NEEDS_SECRETARY = (
        "needs-secretary",
        "Only an approver at the Secretariat can approve a report for the Secretary-General.",
    )
    OWN_REPORT = (
        "own-report",
        "You compiled this report. Another approver at the Secretariat must approve it.",
    )
    NOT_NAMED = "not-named", "Only the ministry of the State asked can answer this."
    CLEARANCE_OVER = (
        "clearance-over",
        "This is no longer requested: it was answered, its date has passed, or the report has changed.",
    )
