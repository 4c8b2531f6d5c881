"""What a document is made from: rows that somebody loaded, and what the engine says of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class RollLine:
    """A State in the roll call. `barred` says in words why it has no vote; `vote` is a ballot's value or empty."""

    name: str
    present: bool
    barred: str
    vote: str
    explanation: str = ""
    confirmed: bool | None = None


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """A decision with everything that its record says; rows of apps.council.models.

    `names` gives the name of a party or body by its code; `addressees` the codes by clause number; `arithmetic` the
    lines of apps.council.rules.result_words.explain of the vote as it was closed, `recount` those after the
    confirmations.
    `entry` is the link of the chain of seals, None before the seal; `corrections` are the links that correct it.
    """

    decision: Any
    clauses: Sequence[Any]
    names: Mapping[str, str]
    addressees: Mapping[str, Sequence[str]] = field(default_factory=dict)
    vote: Any = None
    roll: Sequence[RollLine] = ()
    arithmetic: Sequence[tuple[str, str]] = ()
    sentence: str = ""
    recount: Sequence[tuple[str, str]] = ()
    statements: Sequence[Any] = ()
    entry: Any = None
    corrections: Sequence[Any] = ()
    translations: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_sealed(self) -> bool:
        """Whether number, text and result are fixed for good."""
        return self.entry is not None

    @property
    def restricted(self) -> bool:
        """Whether the matter is for Member States and the Secretariats alone."""
        item = self.decision.item
        return bool(item is not None and item.restricted)


@dataclass(frozen=True, slots=True)
class SittingFacts:
    """A sitting: who was there at its opening, and who came and left while it lasted, as (moment, name, came)."""

    sitting: Any
    present: Sequence[str]
    moves: Sequence[tuple[Any, str, bool]] = ()


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting with what its report says: only what the reader of the report may see."""

    meeting: Any
    delegations: Sequence[Any]
    sittings: Sequence[SittingFacts]
    items: Sequence[Any]
    decisions: Sequence[Any]
    statements: Sequence[Any]
    papers: Sequence[Any]
    names: Mapping[str, str]
    caveat: str = ""
