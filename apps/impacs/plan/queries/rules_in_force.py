"""The limits of the work plan that hold on a day."""

import datetime
from dataclasses import dataclass

from apps.impacs.models import TaskRules
from apps.impacs.plan.rules.workload import Limits


@dataclass(frozen=True, slots=True)
class TaskLimits:
    """Days, rows at once, the limits of the load of people, and the State in which each body sits."""

    reopen_days: int
    director_extension_days: int
    due_soon_days: int
    waiting_reminder_days: int
    repeat_ahead_days: int
    bulk_rows: int
    sheet_rows: int
    workload: Limits
    hosts: dict[str, str]

    @classmethod
    def read(cls, workload: dict[str, int], hosts: dict[str, str], **numbers: int) -> "TaskLimits":
        """The limits of stored content; TypeError for a name that no limit has."""
        return cls(workload=Limits(**workload), hosts=hosts, **numbers)


def limits_on(day: datetime.date) -> TaskLimits:
    """The limits of the day. One query; LookupError before the first rules."""
    row = TaskRules.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    if row is None:
        raise LookupError(f"no rules of the work plan on {day}: run load_reference")
    return TaskLimits.read(**row.content)
