"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NOT_ACTING_STATE = "not-acting-state", "Only the State that this hit was referred to can do this."
    NOT_YOUR_CLAIM = (
        "not-your-claim",
        "Another officer has claimed this hit. Ask that officer to release it, or ask the supervisor.",
    )
    NO_SECOND_LOOK = "no-second-look", "No second review is due."
    OWN_DISMISSAL = "own-dismissal", "You dismissed this hit. Another officer of the watch must review it."
    ACKNOWLEDGED_ALREADY = "acknowledged-already", "Your State has already acknowledged this hit."
    OWNER_ONLY = "owner-only", "Only the State that owns the watchlist entry may be notified of this hit."
    NOT_ANOTHER_PERSON = (
        "not-another-person",
        "Only a person found to be someone else can be recorded as a false match.",
    )
    NOT_CLEARING = (
        "not-clearing",
        "Only the JRCC watch, or an officer of the State that dealt with the hit, can record a false match.",
    )
    NOT_ASKING = (
        "not-asking",
        "Only the owner of the entry and the States acting on the hit can ask each other about it.",
    )
    NOT_ASKED_PARTY = "not-asked-party", "Another party was asked this question and must answer it."
    NOT_YOUR_QUESTION = "not-your-question", "Only the desk that asked can withdraw its question."
