"""What follows from decisions: mandates, tasks, actions of States, money, and the dated rules."""

from apps.impacs.models.escalation import (
    Escalation,
    EscalationDeskGrant,
    EscalationRule,
    Office,
    OfficeHolder,
)
from apps.impacs.models.mandates import Mandate, MandateDeskGrant, MandateExtension
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
from apps.impacs.models.rules import ExtensionRules, StatusRules, TaskRules, Term
from apps.impacs.obligations.models.proof import (
    AssistanceRequest,
    AssistanceRequestDeskGrant,
    Evidence,
    EvidenceDeskGrant,
    ExtensionRequest,
    ExtensionRequestDeskGrant,
    Secondment,
)
from apps.impacs.obligations.models.reports import Report
from apps.impacs.obligations.models.state_actions import StateAction, StateActionDeskGrant
from apps.impacs.obligations.models.state_work import Difficulty, NationalNote, Step, Turn
from apps.impacs.plan.models.absences import Absence, AbsenceDeskGrant
from apps.impacs.plan.models.batches import TaskBatch, TaskBatchDeskGrant
from apps.impacs.plan.models.plans import (
    Programme,
    ProgrammeDeskGrant,
    SavedFilter,
    TaskTemplate,
    TaskTemplateDeskGrant,
)
from apps.impacs.plan.models.tasks import (
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
    "Absence",
    "AbsenceDeskGrant",
    "Assignment",
    "AssistanceRequest",
    "AssistanceRequestDeskGrant",
    "BudgetLine",
    "BudgetLineDeskGrant",
    "ChecklistItem",
    "Commitment",
    "Deliverable",
    "Dependency",
    "Difficulty",
    "EffortEntry",
    "Escalation",
    "EscalationDeskGrant",
    "EscalationRule",
    "Evidence",
    "EvidenceDeskGrant",
    "ExchangeRate",
    "Expenditure",
    "ExtensionRequest",
    "ExtensionRequestDeskGrant",
    "ExtensionRules",
    "Fund",
    "FundDeskGrant",
    "Mandate",
    "MandateDeskGrant",
    "MandateExtension",
    "NationalNote",
    "Office",
    "OfficeHolder",
    "Programme",
    "ProgrammeDeskGrant",
    "Report",
    "SavedFilter",
    "Secondment",
    "SpendingCategory",
    "StateAction",
    "StateActionDeskGrant",
    "StatusRules",
    "Step",
    "Task",
    "TaskBatch",
    "TaskBatchDeskGrant",
    "TaskBlocker",
    "TaskComment",
    "TaskDeskGrant",
    "TaskRules",
    "TaskTemplate",
    "TaskTemplateDeskGrant",
    "Term",
    "Turn",
    "Watcher",
]
