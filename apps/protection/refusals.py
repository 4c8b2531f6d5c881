"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NOT_PROTECTION_DESK = (
        "not-protection-desk",
        "Only the desks of the party that received a data subject request can handle it.",
    )
    OWN_ANSWER = "own-answer", "You prepared this answer. Another person must release it."
    ANSWER_NEEDS_DECIDER = (
        "answer-needs-decider",
        "Only an approver at an oversight or administration desk can release an answer.",
    )
    NOT_REGISTER_DESK = (
        "not-register-desk",
        "Only a party's oversight, administration and ministry desks propose its purposes.",
    )
    NOT_DUE_TO_FORGET = "not-due-to-forget", "The retention period of this request is not over."
