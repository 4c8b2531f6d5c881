"""What the rules of release know of a report, of who asks, and of whom it would go to."""

from dataclasses import dataclass

CLEAR, GREEN, AMBER, AMBER_STRICT, RED = "CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"
TLP = (CLEAR, GREEN, AMBER, AMBER_STRICT, RED)
"""Labels of TLP 2.0 (FIRST), the widest audience first."""

UNCLASSIFIED, RESTRICTED, CONFIDENTIAL, SECRET = 0, 1, 2, 3
WORKING = frozenset({"draft", "review", "returned", "approved", "withdrawn"})
"""States of a version that was never shared."""

CLOSES_COMMUNITY = frozenset({"LEONLY", "NOASSOC", "PII"})
"""Handling codes that keep a GREEN or CLEAR report to those it was sent to."""

ADMIN, NPC, RELEASING, SOURCES = "portal_admin", "npc", "releasing_officer", "source_handler"
EXTERNAL = "EXT"
"""A body outside of the portal, as a target."""

Codes = frozenset[str]
NOTHING: Codes = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """One version of a report.

    `classification` is 0 to 3; `desk`, `recipients`, `forwards` and `dropped` are desk codes (PARTY.function),
    `persons` ids of named persons, `eyes` and `third_parties` party codes. `recipients` hold also those of approved
    releases; `dropped` are desks and persons that had it and lost it alone (their entry was withdrawn), and those to
    whom a recall follows because another recipient passed the report on.
    """

    state: str
    originator: str
    desk: str
    classification: int
    tlp: str
    orcon: bool = False
    handling: Codes = NOTHING
    eyes: Codes = NOTHING
    recipients: Codes = NOTHING
    persons: Codes = NOTHING
    forwards: Codes = NOTHING
    dropped: Codes = NOTHING
    third_parties: Codes = NOTHING


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. `roles` are ADMIN, NPC, RELEASING, SOURCES; `mou`: their party's membership of the MoU is in force."""

    party: str
    desk: str
    clearance: int
    person: str
    roles: Codes = NOTHING
    mou: bool = True
    associate: bool = False
    community: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """A desk, or with `party` EXTERNAL a body outside, that a report would go to. `ceiling`: what it may hold."""

    party: str
    desk: str = ""
    ceiling: int = SECRET
    mou: bool = True
    associate: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of a rule and the code of the rule that gave it (V.., O.., C.., P..)."""

    result: str
    rule: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is not kept, and at whom or what: a desk code, a paragraph's number, or nothing."""

    rule: str
    at: str = ""
