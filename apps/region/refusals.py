"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NEEDS_DECIDER = (
        "needs-decider",
        "This binds your State: only an approver in the ministry can do it. Ask one of them.",
    )
    NOT_JOINABLE = "not-joinable", "States do not join this individually: it is a regional centre or study."
    NOT_YOUR_STATE = "not-your-state", "Only the ministry of that State can do this."
    NOT_SYSTEM_KEEPER = (
        "not-system-keeper",
        "Only the body that runs this system (JRCC, RIFC or IMPACS) can do this.",
    )
    NOT_REGISTER_KEEPER = (
        "not-register-keeper",
        "Only the Secretariat at IMPACS, which keeps the register, can do this.",
    )
    NOT_DEPOSITARY = "not-depositary", "Only the depositary, or the Secretariat at IMPACS for it, can do this."
