"""The chain of seals, walked from the first decision to the last."""

from typing import Any

from apps.council.models import Clause, Decision, SealedEntry
from apps.council.queries import texts
from apps.council.rules import seals


def first_broken() -> str | None:
    """The number of the first decision whose seal, text or result is not what was sealed; None if all hold.

    Every link must follow from its content and the link before it; every sealed decision must still read as sealed.
    """
    entries = list(SealedEntry.objects.select_related("decision").order_by("position"))
    place = seals.first_break([(entry.content, entry.seal) for entry in entries])
    if place is not None:
        return str(entries[place].decision)
    for entry in entries:
        if entry.kind == SealedEntry.Kind.DECISION and not reads_as_sealed(entry):
            return str(entry.decision)
    return None


def reads_as_sealed(entry: SealedEntry, read: list[Clause] | None = None) -> bool:
    """Whether the decision that people read (`read`: its clauses, if at hand) is the one that was sealed."""
    decision: Decision = entry.decision
    clauses = list(Clause.objects.filter(decision=decision).order_by("position")) if read is None else read
    content: dict[str, Any] = entry.content
    return (
        decision.seal == entry.seal
        and decision.text_hash == content["text_hash"] == texts.hash_of(decision.preamble, clauses)
        and decision.title == content["title"]
        and [[one.number, one.text] for one in clauses] == [pair[:2] for pair in content["clauses"]]
        and decision.result == content["result"]
    )


def holds(decision: Decision) -> bool | None:
    """Whether a decision's own seal follows from its content; None before it is sealed. Two queries."""
    entry = (
        SealedEntry.objects.select_related("decision").filter(decision=decision, kind=SealedEntry.Kind.DECISION).first()
    )
    if entry is None:
        return None
    return link_holds(entry)


def link_holds(entry: SealedEntry, read: list[Clause] | None = None) -> bool:
    """Whether one link's seal follows from its content, and its decision reads as it was sealed."""
    return seals.seal(entry.content, entry.previous) == entry.seal and reads_as_sealed(entry, read)
