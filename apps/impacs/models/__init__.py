"""What follows from decisions: mandates, actions of States and what they report, and the dated rules."""

from apps.impacs.models.following import Mandate, MandateDeskGrant, StateAction, StateActionDeskGrant
from apps.impacs.models.reports import Report
from apps.impacs.models.rules import StatusRules

__all__ = ["Mandate", "MandateDeskGrant", "Report", "StateAction", "StateActionDeskGrant", "StatusRules"]
