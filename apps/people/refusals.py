"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    WRONG_SEAT = "wrong-seat", "You have switched to another desk. Reload the page."
    OWN_SEAT = "own-seat", "You cannot change your own appointment. Ask another administrator."
    NOT_ADMINISTRATOR = "not-administrator", "Only an account administrator of this Member State can do this."
    NEEDS_APPROVAL = "needs-approval", "This needs two people: ask a second one to approve it."
    PROPOSED_ALREADY = (
        "proposed-already",
        "This already awaits a second approval. Wait for the answer, or withdraw the request.",
    )
    NO_SUCH_PERSON = (
        "no-such-person",
        "No one from another party has this username. Ask the person's own party how it is written.",
    )
    ASKED_FOR_ENOUGH = (
        "asked-for-enough",
        "Your party has reached today's limit of secondment requests. Ask again tomorrow.",
    )
    NOT_HOME_PARTY = "not-home-party", "Only an administrator of the person's own party can answer this."
    SECONDED = "seconded", "You are seconded to this desk only: your own party has agreed to no other appointment here."
    SECONDED_SEAT = (
        "seconded-seat",
        "You cannot move a seconded person: end the appointment, and ask their own party for another one.",
    )
    OWN_HALF = (
        "own-half",
        "You invited this person, gave the address or the other half: somebody else hands this over.",
    )
    NOT_HANDER = (
        "not-hander",
        "Another account administrator, or a person who decides at that desk, hands this over. Stand-ins cannot.",
    )
    NOT_CONFIRMER = (
        "not-confirmer",
        "Who decides at the desk to which this person was invited says whether it is they. Stand-ins cannot.",
    )
    NOT_KEY_DESK = "not-key-desk", "Another person who decides at this key's desk has to do this. Stand-ins cannot."
    NOT_OF_THE_TWO = (
        "not-of-the-two",
        "Only who asked for this key or approved it is shown it, acting from the same desk.",
    )
    KEY_ABOVE_YOU = (
        "key-above-you",
        "This key reads more than you do at this desk. The other one of you two is shown it.",
    )
    OWN_PROPOSAL = (
        "own-proposal",
        "You asked for this yourself. Another person must approve it; your own second appointment does not count.",
    )
    NOT_YOUR_PROPOSAL = "not-your-proposal", "Only the person who asked for this can withdraw it."
    NOT_SECOND_PERSON = (
        "not-second-person",
        "Another account administrator of this party must approve it. The platform desk can "
        "do so only where there is none.",
    )
    TRANSFER_TAKES_TWO = (
        "transfer-takes-two",
        "The new appointment needs two people. Appoint first; once approved, end the old appointment.",
    )
    NOT_HEAD = "not-head", "Only an account administrator or an approver at the desk can appoint an acting officer."
    NOT_STANDING = "not-standing", "Only people with an appointment in this party can take emergency access there."
    NO_SECOND_FACTOR = "no-second-factor", "Emergency access needs a second factor. Set one up first."
    OWN_EMERGENCY = "own-emergency", "You used this emergency access. An approver at that desk must review it."
    NOT_JUDGE = "not-judge", "An approver at that desk reviews it; the party's oversight does once it is overdue."
    REVIEW_CLOSED = "review-closed", "This access review is closed."
    WRONG_INVITATION_CODE = (
        "wrong-invitation-code",
        "This code does not belong to the link. Ask your administrator for the right one.",
    )
    OWN_ACCOUNT = "own-account", "You cannot change your own account. Ask another administrator."
    NOT_YOUR_ACCOUNT = (
        "not-your-account",
        "People set their own mail address, under their name at the top of the page.",
    )
    PROGRAM_ACCOUNT = "program-account", "This account belongs to a desk's API keys. Revoke the keys instead."
    NOT_PLATFORM = "not-platform", "Only the operators of the portal can do this, on its command line."
    HAS_ADMINISTRATOR = (
        "has-administrator",
        "This party has an account administrator already, who gives accounts and new passwords.",
    )
    LAST_ADMINISTRATOR = "last-administrator", "This is the last account administrator. Appoint a successor first."
