"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    MOU_NOT_IN_FORCE = "mou-not-in-force", "The MoU on sharing is not in force for your party."
    NOT_CISNET = (
        "not-cisnet",
        "Only officers of contact, intelligence, analysis, watch, customs and border desks share reports.",
    )
    SECOND_OFFICER = (
        "second-officer",
        "This needs second approval, from an approver at the desk who wrote none of it.",
    )
    NOT_AUTHOR = "not-author", "Only the author can do this."
    NOT_ORIGINATOR = "not-originator", "Only the originator of the material can do this."
    VERSION_OPEN = "version-open", "The next version is already being written. Share or discard it first."
    NOT_WHAT_WAS_APPROVED = (
        "not-what-was-approved",
        "The text is not the one approved. Withdraw the approval and review it again.",
    )
    ANOTHER_VERSION = "another-version", "This is not the current version. Open the report again."
    OPEN_FIRST = "open-first", "Open the report first, then acknowledge it."
    OF_OWN_PARTY = "of-own-party", "This is your own party's report. Only its recipients give feedback."
    TOLD_ALREADY = "told-already", "Your desk has already given feedback. Change it instead."
    DECIDED_ALREADY = "decided-already", "Your party has already decided this."
    CHILDREN_OPEN = "children-open", "A recipient it was forwarded to has not answered yet."
    REPLACED_ALREADY = "replaced-already", "A newer version has replaced it."
    TOO_LATE_TO_UNDO = "too-late-to-undo", "A recall can be undone for one day only. Write a new version instead."
    NO_PRINT = "no-print", "NOPRINT: the originator allows no file of this report outside the portal."
    NOT_SEALED = "not-sealed", "The text of this report is not sealed. It is on its page."
    NO_SHARES_HERE = (
        "no-shares-here",
        "Your State has no two shares of the key of this text. Ask its originator to seal it for your State.",
    )
    NOT_A_HOLDER = "not-a-holder", "You hold no share of the key of this text, or your key is not in force."
    OTHER_STATE = "other-state", "This opening is another State's."
    NOT_READER = "not-reader", "Only who asked to read a text opens it."
    OPENING_OVER = "opening-over", "The time of this opening is over. Ask again."
    READER_LOST_SIGHT = "reader-lost-sight", "Who asked cannot see the report any more. Release nothing."
    OPEN_SEALED_FIRST = "open-sealed-first", "Have the sealed text opened and read it before you approve it."
    NO_NEWER_KEY = "no-newer-key", "You have no key in force but the one that this share is under already."
    NOT_SEALED_FOR = (
        "not-sealed-for",
        "The text is not sealed for every State that would get it.",
    )
