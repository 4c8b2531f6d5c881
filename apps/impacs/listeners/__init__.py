"""What follows by itself. Importing declares it."""

from apps.impacs.listeners import consequences, escalation
from apps.impacs.obligations import listeners as obligations_listeners
from apps.impacs.plan.listeners import notices, work_plan

__all__ = ["consequences", "escalation", "notices", "obligations_listeners", "work_plan"]
