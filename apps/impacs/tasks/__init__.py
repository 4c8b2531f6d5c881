"""What time brings about in the agency's work. Importing declares it."""

from apps.impacs.obligations import tasks as obligations_tasks
from apps.impacs.plan import tasks as plan_tasks
from apps.impacs.tasks import escalation

__all__ = ["escalation", "obligations_tasks", "plan_tasks"]
