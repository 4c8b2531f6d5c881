"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NOT_ASKING_DESK = "not-asking-desk", "Only the requesting desk can do this."
    NOT_ASKED_ANY_MORE = (
        "not-asked-any-more",
        "This is no longer requested. Your text is kept for your desk.",
    )
    NO_LINE = "no-line", "No request channel is open to your desk."
    NEEDS_RELEASING_OFFICER = (
        "needs-releasing-officer",
        "Only a releasing officer can do this: an approver for the desk or party.",
    )
    NOT_ADDRESSEE = "not-addressee", "Only the desk or person it was sent to can do this."
    NEEDS_NPC = "needs-npc", "Inside your State the national point of contact passes it on. Ask there."
