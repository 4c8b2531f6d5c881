"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NOT_CARRIER = "not-carrier", "Only a carrier's desk or the JRCC can send a manifest."
    NOT_YOUR_LIST = "not-your-list", "Only the desk that sent the manifest, or the JRCC on its behalf, can correct it."
    JOURNEY_CLOSED = (
        "journey-closed",
        "This manifest can no longer be opened in the form. Send a new one, or call the JRCC.",
    )
    CORRECTED_ALREADY = "corrected-already", "This manifest has already been corrected. Correct the latest version."
