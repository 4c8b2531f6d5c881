"""Whether a flight, or somebody on it, is settled for who reads: one rule for every page, file and answer.

Nothing but `SETTLED` may be shown as good. Unknown, under way and unanswered are never settled (decisions 024, 053).
"""

from dataclasses import dataclass
from typing import Any, Literal

OFF, HITS, HOLD, DECIDING, CORRECT, PARTIAL, SCREENING, UNAVAILABLE, WAITING, LISTS_ONLY, SETTLED = CODES = (
    *("off", "hits", "hold", "deciding", "correct", "partial", "screening"),
    *("unavailable", "waiting", "lists_only", "settled"),
)
AT_WORK = frozenset({HITS, HOLD, DECIDING})
"""Codes that come from hits, however long ago the flight landed."""
List = Literal["", "correct", "partial"]
Interpol = Literal["", "unavailable", "waiting", "lists_only"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a flight or of one person on it, for one reader.

    `off`: cancelled, or no longer on the list. `hits`: those at work that the reader sees. `hold`: the JRCC decides on
    a hit on this person of which the State may be told. `undecided`: a hit that is not final, which the reader does
    not see, on somebody of the flight who touches the State. `compared`: all (or the one) with the watchlists.
    `fault`: what the list lacks. `interpol`: why INTERPOL has not answered for all (or the one); "" where it has.
    """

    off: bool = False
    hits: int = 0
    hold: bool = False
    undecided: bool = False
    compared: bool = False
    fault: List = ""
    interpol: Interpol = ""


def gate_of(facts: Facts) -> str:
    """The state of the gate, the gravest reason first; `SETTLED` only where no fact speaks against it."""
    reasons: tuple[tuple[Any, str], ...] = (
        (facts.off, OFF),
        (facts.hits, HITS),
        (facts.hold, HOLD),
        (facts.undecided, DECIDING),
        (facts.fault, facts.fault),
        (not facts.compared, SCREENING),
        (facts.interpol, facts.interpol),
    )
    return next((code for holds, code in reasons if holds), SETTLED)


@dataclass(frozen=True, slots=True)
class Known:
    """A hit as far as the rule for telling a State asks of it."""

    state: str
    second_look: str
    owner: str
    owner_only: bool
    open_to: tuple[str, ...]
    cleared_for: tuple[str, ...]


def may_be_named(hit: Known, state: str) -> bool:
    """Whether a State may be told that somebody has to wait for the JRCC's answer to this hit.

    Only while the answer is the JRCC's to give, and only where the JRCC may refer the hit to the State: never where
    nobody but the owner may know (a discreet entry), not even by a person who has to wait. Such a hit is told of the
    flight alone, and everybody on it reads the same.
    """
    answers = hit.state in {"raised", "claimed"} or hit.second_look == "due"
    if not answers:
        return False
    if state == hit.owner:
        return True
    return not hit.owner_only and state in hit.open_to and state not in hit.cleared_for
