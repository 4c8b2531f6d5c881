"""The limits of the work plan that hold on a day."""

import datetime
from dataclasses import dataclass

from apps.impacs.models import TaskRules
from apps.impacs.planning.workload import Limits


@dataclass(frozen=True, slots=True)
class TaskLimits:
    """Days, and the limits of the load of people."""

    reopen_days: int
    director_extension_days: int
    due_soon_days: int
    waiting_reminder_days: int
    repeat_ahead_days: int
    workload: Limits

    @classmethod
    def read(cls, workload: dict[str, int], **days: int) -> "TaskLimits":
        """The limits of stored content; TypeError for a name that no limit has."""
        return cls(workload=Limits(**workload), **days)


def limits_on(day: datetime.date) -> TaskLimits:
    """The limits of the day. One query; LookupError before the first rules."""
    row = TaskRules.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    if row is None:
        raise LookupError(f"no rules of the work plan on {day}: run load_reference")
    return TaskLimits.read(**row.content)
