"""What an action has of steps, evidence and requests, for the acts on it."""

from collections.abc import Iterable
from typing import Any

from apps.files.models import Attachment
from apps.impacs.models import Difficulty, Evidence, ExtensionRequest, StateAction, Step

E = Evidence.State


def live_steps(action: StateAction, *, lock: bool = False) -> list[Any]:
    """Steps that are not removed, in the order in which they are due."""
    rows = Step.objects.filter(action=action, removed_on=None).order_by("due_on", "pk")
    return list(rows.select_for_update() if lock else rows)


def has_steps(action: StateAction) -> bool:
    """Whether ticks decide on its progress."""
    return bool(Step.objects.filter(action=action, removed_on=None).exists())


def progress_of(steps: Iterable[Any]) -> int:
    """Per cent done by weight; 0 without steps."""
    rows = list(steps)
    whole = sum(step.weight for step in rows)
    return 100 * sum(step.weight for step in rows if step.done_on) // whole if whole else 0


def open_difficulties(action: StateAction) -> list[Any]:
    """Obstacles that are not cleared, the oldest first."""
    return list(Difficulty.objects.filter(action=action, cleared_on=None).order_by("since", "pk"))


def evidence_of(action: StateAction, *states: str, lock: bool = False) -> list[Any]:
    """Proofs of an action in these states (all of them without), in the order in which they were brought."""
    rows = Evidence.objects.filter(action=action).order_by("pk")
    rows = rows.filter(state__in=states) if states else rows
    return list(rows.select_for_update(of=("self",)) if lock else rows)


def find_unmet_demands(demands: Iterable[str], held: Iterable[Any]) -> list[str]:
    """Demands of the clause that none of the proofs answers."""
    answered = {one.requirement for one in held}
    return [demand for demand in demands if demand not in answered]


def pending_extension(action: StateAction) -> ExtensionRequest | None:
    """The request that waits for an answer, None if none does."""
    found: ExtensionRequest | None = ExtensionRequest.objects.filter(
        action=action, state=ExtensionRequest.State.REQUESTED
    ).first()
    return found


def extensions_of(action: StateAction) -> list[Any]:
    """Every request for a later date, the first one first."""
    return list(ExtensionRequest.objects.filter(action=action).order_by("number"))


def has_file(evidence: Evidence) -> bool:
    """Whether a file stands behind a proof."""
    rows = Attachment.objects.filter(object_type=Evidence._meta.label_lower, object_id=evidence.pk)
    return bool(rows.filter(state=Attachment.State.CURRENT).exists())
