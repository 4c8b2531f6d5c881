"""What follows from decisions: mandates, tasks, actions of States, money, and the dated rules."""

from apps.impacs.models.following import StateAction, StateActionDeskGrant
from apps.impacs.models.mandates import Mandate, MandateDeskGrant
from apps.impacs.models.money import (
    BudgetLine,
    BudgetLineDeskGrant,
    Commitment,
    ExchangeRate,
    Expenditure,
    Fund,
    FundDeskGrant,
    SpendingCategory,
)
from apps.impacs.models.plans import (
    Programme,
    ProgrammeDeskGrant,
    SavedFilter,
    TaskTemplate,
    TaskTemplateDeskGrant,
)
from apps.impacs.models.reports import Report
from apps.impacs.models.rules import StatusRules, TaskRules
from apps.impacs.models.tasks import (
    Assignment,
    ChecklistItem,
    Deliverable,
    Dependency,
    EffortEntry,
    Task,
    TaskBlocker,
    TaskComment,
    TaskDeskGrant,
    Watcher,
)

__all__ = [
    "Assignment",
    "BudgetLine",
    "BudgetLineDeskGrant",
    "ChecklistItem",
    "Commitment",
    "Deliverable",
    "Dependency",
    "EffortEntry",
    "ExchangeRate",
    "Expenditure",
    "Fund",
    "FundDeskGrant",
    "Mandate",
    "MandateDeskGrant",
    "Programme",
    "ProgrammeDeskGrant",
    "Report",
    "SavedFilter",
    "SpendingCategory",
    "StateAction",
    "StateActionDeskGrant",
    "StatusRules",
    "Task",
    "TaskBlocker",
    "TaskComment",
    "TaskDeskGrant",
    "TaskRules",
    "TaskTemplate",
    "TaskTemplateDeskGrant",
    "Watcher",
]
