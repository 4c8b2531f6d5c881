"""Many tasks changed at once: each change through its own action's rule, all of them or none.

A rehearsal does exactly what the real thing does and takes it back, so that a preview cannot promise what is refused
afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, do_also, record_refusal
from apps.access.refused import Refused
from apps.access.sharing import share
from apps.impacs.models import Task, TaskBatch
from apps.impacs.policy.tasks import may_create
from apps.impacs.queries.planning_words import cells, changed
from apps.people.queries import desk_ids


@dataclass(frozen=True, slots=True)
class Change:
    """One verb on one task, with its input; `task` None makes a new one, `version` None takes any version."""

    verb: str
    task: UUID | None
    version: int | None = None
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Outcome:
    """What came of a change: the task as it was and is, or why not. `faults` are (field or "", sentence)."""

    change: Change
    task: Any = None
    cells: list[list[str]] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    stale: bool = False
    refused: Refused | None = None


class TakenBackError(Exception):
    """Nothing was changed: it was a rehearsal, or one of the changes was refused."""

    def __init__(self, outcomes: list[Outcome]) -> None:
        self.outcomes = outcomes
        super().__init__("taken back")


@action(
    "task_batch.apply",
    model=TaskBatch,
    label=_("Change many tasks"),
    policy=may_create,
    ends=TaskBatch.State.APPLIED,
)
def _apply(
    actor: Actor, _row: None, *, kind: str, changes: Sequence[Change], sha256: str = "", rehearse: bool = False
) -> TaskBatch:
    """Carry out many changes of tasks, all of them or none; keep what they did."""
    outcomes = [_one(actor, change) for change in changes]
    if rehearse or any(one.faults for one in outcomes):
        raise TakenBackError(outcomes)
    batch = TaskBatch.objects.create(
        kind=kind,
        count=len({one.task.pk for one in outcomes}),
        content=[_kept(one) for one in outcomes],
        sha256=sha256,
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
    )
    share(actor, batch, {actor.desk_id, *desk_ids("IMPACS.secretariat", "IMPACS.automation")}, basis="work plan")
    return batch


def _one(actor: Actor, change: Change) -> Outcome:
    found = Outcome(change)
    rows = Task.objects.visible_to(actor).select_related("owner", "programme", "mandate__decision", "mandate__clause")
    row = rows.filter(pk=change.task).first() if change.task else None
    if change.task and row is None:
        found.faults.append(("", str(Refused("not-visible").message)))
        return found
    found.task, before = row, cells(row) if row is not None else {}
    try:
        done = do_also(change.verb, row, version=change.version, **change.fields)
    except ValidationError as wrong:
        told = wrong.message_dict if hasattr(wrong, "error_dict") else {"": wrong.messages}
        found.faults += [(name, sentence) for name, sentences in told.items() for sentence in sentences]
    except Refused as refusal:
        found.refused, found.stale = refusal, refusal.reason == "stale"
        found.faults.append(("", refusal.message))
    else:
        found.task, found.cells = done, changed(before, cells(done))
    return found


def _kept(one: Outcome) -> dict[str, Any]:
    task = one.task
    named = {"task": str(task.pk), "reference": task.reference, "title": task.title}
    return {**named, "verb": one.change.verb, "cells": one.cells}


def rehearse(actor: Actor, kind: str, changes: Sequence[Change]) -> list[Outcome]:
    """What would come of the changes; nothing is kept of it. Raises Refused if the seat may change nothing at all."""
    try:
        _apply(actor, None, kind=kind, changes=changes, rehearse=True)
    except TakenBackError as taken:
        return taken.outcomes
    raise RuntimeError("a rehearsal is always taken back")


def apply(actor: Actor, kind: str, changes: Sequence[Change], sha256: str = "") -> TaskBatch | list[Outcome]:
    """The batch; or, if any change was refused, what came of each, and nothing was changed."""
    if not changes:
        raise ValidationError(_now("Nothing would change. Choose tasks and what is to become of them."))
    try:
        batch: TaskBatch = _apply(actor, None, kind=kind, changes=changes, sha256=sha256)
    except TakenBackError as taken:
        for one in taken.outcomes:
            if one.refused is not None:
                record_refusal(actor, one.change.verb, one.task, one.refused)
        return taken.outcomes
    return batch
