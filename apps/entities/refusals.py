"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NOT_KEEPER = "not-keeper", "Only a party that holds one of the two entities, and has not answered yet, can do this."
    NOT_RIFC_WATCH = "not-rifc-watch", "Only the RIFC watch can do this."
