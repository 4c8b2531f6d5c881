"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NOT_WATCH = "not-watch", "Only the JRCC watch can do this."
    ONLY_IN_DEMONSTRATION = "only-in-demonstration", "The simulator exists only in the demonstration."
    NEEDS_SUPERVISOR = "needs-supervisor", "Only a watch supervisor can do this."
