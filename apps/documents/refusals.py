"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NOT_ISSUER = "not-issuer", "Only an approver at the desk that issued this document can revoke it."
