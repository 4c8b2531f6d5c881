"""A sheet of the plan is taken over: on the page where it is short, behind it where it is long; all of it or none."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from apps.access.actor import Actor
from apps.files import storage
from apps.files.queries import attachments as uploads
from apps.impacs.models import TaskBatch
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.plan.actions import batches
from apps.impacs.plan.actions.batches import Change, Outcome, TakenBackError
from apps.impacs.plan.queries import workbook as reading
from apps.impacs.plan.queries.rules_in_force import limits_on
from apps.impacs.plan.queries.workbook import CONFLICT, FAULT, Plan, Verdict
from apps.impacs.plan.rules import workbook

AT_ONCE = 100
"""Changes that a page waits for: each takes some 50 ms, and a proxy gives up after a minute."""
FAULTS_KEPT = 300


def changes_of(found: Sequence[Verdict]) -> tuple[list[Change], list[Verdict]]:
    """What a sheet changes, and of which row each change is."""
    pairs = [(change, one) for one in found for change in _changes(one)]
    return [change for change, _row in pairs], [row for _change, row in pairs]


def _changes(one: Verdict) -> list[Change]:
    if one.task is None:
        fields = {name: value for name, value in one.fields.items() if value not in (None, "")}
        return [Change("task.create", None, None, fields)]
    found = [Change("task.change", one.task.pk, one.task.version, one.fields)] if one.fields else []
    for verb, name, keys in (("remove", "dependency", one.drop_after), ("add", "before", one.add_after)):
        for key in keys:
            version = None if found else one.task.version
            found.append(Change(f"task.{verb}_dependency", one.task.pk, version, {name: str(key)}))
    return found


def tell(rows: Sequence[Verdict], outcomes: Sequence[Outcome]) -> None:
    """Put the faults of rules at the cells of their rows."""
    for one, outcome in zip(rows, outcomes, strict=True):
        for name, sentence in outcome.faults:
            column = "after" if name in {"before", "dependency"} else name if name in one.line.cells else "title"
            one.faults.append((f"{column}:{one.line.number}", sentence))


def asked_for(upload: Any, found: Sequence[Verdict], takes: Mapping[str, str]) -> dict[str, Any]:
    """Which sheet is to be taken over, and how it was looked at; keys alone."""
    return {"upload": str(upload.pk), "seen": reading.fingerprint(found), "takes": dict(takes)}


def take_over(actor: Actor, batch: TaskBatch, asked: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Carry a waiting batch out as the person who confirmed it; else why nothing was changed, as (cell or "", why)."""
    upload = uploads.open_upload(actor, asked["upload"])
    if upload is None or upload.blob is None:
        return [("", _("The workbook is no longer there. Send it again."))]
    read = workbook.read_plan_workbook(storage.path_of(upload.blob.sha256), limits_on(today_of(actor)).sheet_rows)
    found = reading.verdicts(Plan(actor, read), asked["takes"])
    if reading.fingerprint(found) != asked["seen"] or any(one.kind in {FAULT, CONFLICT} for one in found):
        return [("", _("Somebody has changed tasks of this sheet since you looked. Send it again."))]
    changes, rows = changes_of(found)
    try:
        batches.carry_out_task_batch(actor, batch, changes=changes)
    except TakenBackError as taken:
        tell(rows, batches.remembered(actor, taken))
        return [_placed(read, place, sentence) for one in rows for place, sentence in one.faults][:FAULTS_KEPT]
    return []


def _placed(read: workbook.Read, place: str, sentence: str) -> tuple[str, str]:
    column, _colon, number = place.partition(":")
    return f"{read.letters.get(column, '')}{number}", sentence
