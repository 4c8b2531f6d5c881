"""Everything that changes mandates, tasks, money and State actions."""

from apps.impacs.actions import mandates, money, task_links, task_parts, task_progress, task_repeat, tasks
from apps.impacs.actions.following import end_actions, end_mandates, generate, open_mandates
from apps.impacs.actions.working import acknowledge, report

__all__ = [
    "acknowledge",
    "end_actions",
    "end_mandates",
    "generate",
    "mandates",
    "money",
    "open_mandates",
    "report",
    "task_links",
    "task_parts",
    "task_progress",
    "task_repeat",
    "tasks",
]
