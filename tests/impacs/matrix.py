"""Actions of States, tasks, planning and the ladder, for tests/matrix.py."""

from typing import Any

from django.utils import timezone

from apps.impacs.models import Escalation, OfficeHolder, StateAction
from apps.impacs.tasks.escalation import run_escalation_clock
from tests.impacs.planning.world import a_planning
from tests.impacs.tasks.world import a_plan
from tests.matrix import SEATS

RECORDS = {
    "api:impacs-assistance": "help", "api:impacs-escalations": "escalation", "api:impacs-evidence": "proof",
    "api:impacs-extensions": "extension", "api:impacs-mandates": "mandate", "api:impacs-state-actions": "action",
    "api:impacs-tasks": "task",
    "impacs:absence_withdraw": "absence", "impacs:act_budget": "line", "impacs:act_mandates": "mandate",
    "impacs:act_tasks": "task", "impacs:act_templates": "template", "impacs:action": "action",
    "impacs:assistance": "help", "impacs:batch": "batch", "impacs:do": "action", "impacs:escalation": "escalation",
    "impacs:escalation_of": "action", "impacs:evidence": "proof", "impacs:extension": "extension",
    "impacs:line": "line", "impacs:mandate": "mandate", "impacs:move": "task", "impacs:office_end": "holder",
    "impacs:progress": "sealed", "impacs:record_do": "proof", "impacs:saved_": "kept",
    "impacs:sheet_preview": "sheet", "impacs:task": "task", "impacs:template": "template", "impacs:thread": "clause",
}  # fmt: skip
VERBS = {
    "impacs:act_budget": "commit", "impacs:act_mandates": "assign", "impacs:act_tasks": "start",
    "impacs:act_templates": "withdraw", "impacs:do": "report", "impacs:escalation_do": "acknowledge",
    "impacs:record_do": "correct",
}  # fmt: skip
VALUES = {("impacs:escalation_of", "kind"): "impacs.stateaction", ("impacs:record_do", "collection"): "evidence"}


def records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """What the Secretariat plans for the mandate of the Council's sealed decision."""
    plan = a_plan(cast, world["mandate"])
    return {**plan, **a_planning(cast, plan["internal"])}


def last_records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """Jamaica's action is due today and raised to who decides at its ministry; and an office that they hold."""
    row = world["action"]
    StateAction.objects.filter(pk=row.pk).update(due_on=timezone.now().date())
    run_escalation_clock(timezone.now().replace(hour=20))
    seat = cast[SEATS["ministry"]].seat_id
    holder = OfficeHolder.objects.create(
        party_id="JAM", office="minister_office", seat_id=seat, valid_from=timezone.now().date(), by_seat_id=seat
    )
    return {"escalation": Escalation.objects.get(subject_id=row.pk), "holder": holder}
