"""Many tasks changed at once: each change through its own action's rule, all of them or none.

A rehearsal does exactly what the real thing does and takes it back, so that a preview cannot promise what is refused
afterwards.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access import progress
from apps.access.actor import Actor
from apps.access.declared_actions import action, do_also, emit, record_refusal
from apps.access.grants import share
from apps.access.refusal import Refused
from apps.access.short_cache import asking_once
from apps.impacs.models import Task, TaskBatch
from apps.impacs.plan.policy.tasks import may_create
from apps.impacs.plan.queries.words import cells, list_changed_cells
from apps.impacs.policy import is_clock
from apps.people.queries import desk_ids

IN_A_SLICE = 500
"""Tasks that are read at a time."""
NOTED_EACH = 20
"""Changes after which it is noted how far a batch is."""


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
    label=_("Change several tasks"),
    done=_("Changed several tasks"),
    policy=may_create,
    ends=TaskBatch.State.APPLIED,
)
def apply_task_batch_part(
    actor: Actor, _row: None, *, kind: str, changes: Sequence[Change], sha256: str = "", rehearse: bool = False
) -> TaskBatch:
    """Carry out many changes of tasks, all of them or none; keep what they did."""
    outcomes = list(_carried_out(actor, changes))
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


@action(
    "task_batch.confirm",
    model=TaskBatch,
    label=_("Take a long sheet over"),
    done=_("Confirmed a long sheet of task changes"),
    policy=may_create,
    ends=TaskBatch.State.WAITING,
)
def confirm_task_batch(actor: Actor, _row: None, *, count: int, sheet: dict[str, Any], sha256: str) -> TaskBatch:
    """Have a sheet that is too long for a page taken over behind it; `sheet` says which, as it was looked at."""
    batch = TaskBatch.objects.create(
        kind=TaskBatch.Kind.SHEET,
        count=count,
        sha256=sha256,
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        state=TaskBatch.State.WAITING,
    )
    share(actor, batch, {actor.desk_id, *desk_ids("IMPACS.secretariat", "IMPACS.automation")}, basis="work plan")
    emit("task_batch.confirmed", batch, {**sheet, "seat": actor.seat_id})
    return batch


@action(
    "task_batch.carry_out",
    model=TaskBatch,
    label=_("Carry a long sheet out"),
    done=_("Changed several tasks"),
    policy=may_create,
    starts={TaskBatch.State.WAITING},
    ends=TaskBatch.State.APPLIED,
    automatic=True,
)
def carry_out_task_batch(actor: Actor, batch: TaskBatch, *, changes: Sequence[Change]) -> TaskBatch:
    """Change many tasks as the person who confirmed it would, all of them or none; how far it is, is noted."""
    note, outcomes = progress.noting(key_of(batch)), []
    for outcome in _carried_out(actor, changes):
        outcomes.append(outcome)
        if len(outcomes) % NOTED_EACH == 0:
            note(len(outcomes))
    if any(one.faults for one in outcomes):
        raise TakenBackError(outcomes)
    batch.count = len({one.task.pk for one in outcomes})
    batch.content = [_kept(one) for one in outcomes]
    return batch


@action(
    "task_batch.give_back",
    model=TaskBatch,
    label=_("Give a long sheet back"),
    done=_("Gave a long sheet back unapplied"),
    policy=is_clock,
    starts={TaskBatch.State.WAITING},
    ends=TaskBatch.State.REFUSED,
    automatic=True,
)
def give_back_task_batch(actor: Actor, batch: TaskBatch, *, faults: Sequence[tuple[str, str]]) -> TaskBatch:
    """Say that nothing of a sheet was taken over, and why: (cell or "", sentence)."""
    batch.content = [{"place": place, "fault": sentence} for place, sentence in faults]
    return batch


def key_of(batch: TaskBatch) -> str:
    """Under which it is noted how far a batch is (apps.access.progress)."""
    return f"task_batch:{batch.pk}"


RELATED = ("owner", "programme", "mandate")
"""Records that a task in cells names."""


def _carried_out(actor: Actor, changes: Sequence[Change]) -> Iterator[Outcome]:
    """What comes of each change, one after the other; the tasks are read in slices, and what stays the same once."""
    rows = Task.objects.visible_to(actor).select_related("owner", "programme", "mandate__decision", "mandate__clause")
    with asking_once():
        for begin in range(0, len(changes), IN_A_SLICE):
            some = changes[begin : begin + IN_A_SLICE]
            known = rows.in_bulk([change.task for change in some if change.task])
            for change in some:
                found = _one(change, known.get(change.task) if change.task else None)
                if found.task is not None:
                    known[found.task.pk] = found.task
                yield found


def _one(change: Change, row: Any) -> Outcome:
    found = Outcome(change)
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
        for name in RELATED if row is not None else ():
            if getattr(done, f"{name}_id") == getattr(row, f"{name}_id"):  # read with the slice already
                setattr(done, name, getattr(row, name))
        found.task, found.cells = done, list_changed_cells(before, cells(done))
    return found


def _kept(one: Outcome) -> dict[str, Any]:
    task = one.task
    named = {"task": str(task.pk), "reference": task.reference, "title": task.title}
    return {**named, "verb": one.change.verb, "cells": one.cells}


def rehearse(actor: Actor, kind: str, changes: Sequence[Change]) -> list[Outcome]:
    """What would come of the changes; nothing is kept of it. Raises Refused if the seat may change nothing at all."""
    try:
        apply_task_batch_part(actor, None, kind=kind, changes=changes, rehearse=True)
    except TakenBackError as taken:
        return taken.outcomes
    raise RuntimeError("a rehearsal is always taken back")


def apply(actor: Actor, kind: str, changes: Sequence[Change], sha256: str = "") -> TaskBatch | list[Outcome]:
    """The batch; or, if any change was refused, what came of each, and nothing was changed."""
    if not changes:
        raise ValidationError(_now("Nothing would change. Choose tasks and what to change."))
    try:
        batch: TaskBatch = apply_task_batch_part(actor, None, kind=kind, changes=changes, sha256=sha256)
    except TakenBackError as taken:
        return remembered(actor, taken)
    return batch


def remembered(actor: Actor, taken: TakenBackError) -> list[Outcome]:
    """What came of each change, once refusals are on record."""
    for one in taken.outcomes:
        if one.refused is not None:
            record_refusal(actor, one.change.verb, one.task, one.refused)
    return taken.outcomes
