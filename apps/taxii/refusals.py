"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NOT_BY_PROGRAM = (
        "not-by-program",
        "Its marking allows reading in the portal only: no API, no export.",
    )
