"""Refusals that every app may give, and those of access themselves."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NOT_VISIBLE = "not-visible", "There is nothing here that you can open."
    STALE = (
        "stale",
        "Someone changed this record while you were reading it. Read the new version, then send again.",
    )
    MAY_NOT = "may-not", "Your role does not allow this."
    READ_ONLY = "read-only", "This API key is read-only."
    WRONG_STATE = "wrong-state", "This is no longer possible: the record has changed."
    OUT_OF_SCOPE = "out-of-scope", "You would lose access to this record."
    NEEDS_OFFICER = "needs-officer", "Viewers cannot do this. Ask an officer at your desk."
    NOT_YOUR_DESK = "not-your-desk", "This belongs to another desk."
    EMERGENCY_SEAT = (
        "emergency-seat",
        "Emergency access is read-only: you cannot share, export, approve or change anything.",
    )
    NOT_THE_CLOCK = "not-the-clock", "Only the portal does this, at the set time."
    NOT_THE_PORTAL = "not-the-portal", "Only the portal does this, automatically."
    STEP_UP = "step-up", "Confirm your identity first: this needs a second factor used in the last 15 minutes."
    KEY_OTHER_VERB = "key-other-verb", "This API key does not allow this action."
