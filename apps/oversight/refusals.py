"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    CASE_KNOWN = "case-known", "This finding already has a case."
    NOT_OVERSIGHT = "not-oversight", "Only officers of an oversight desk can do this."
    OWN_CASE = "own-case", "This concerns you. Another person must review it."
    ANCHORED_ALREADY = "anchored-already", "This hour has its anchor."
    WALKED_ALREADY = "walked-already", "The audit seals were already checked for this day."
    OTHER_PARTYS_WITNESS = "other-partys-witness", "This is the witness of another party."
    NEEDS_SECOND = (
        "witness-needs-second",
        "You asked for this witness. A second person of your party approves it.",
    )
    NO_WITNESS = "no-witness", "Only an oversight or administration desk can submit what a witness has signed."
    COSIGNED_ALREADY = "cosigned-already", "This witness has co-signed this anchor."
    NOT_ANCHORED_YET = "not-anchored-yet", "This entry has no anchor yet. It gets one within the hour."
    QUORUM_NOTED = "quorum-noted", "That this anchor has too few witnesses is noted."
