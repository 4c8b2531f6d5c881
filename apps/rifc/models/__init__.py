"""Reports that States share, what happens to them, and the lists that rule it."""

from apps.rifc.models.recalling import Recall, RecallAck
from apps.rifc.models.reference import GradingScheme, MouMembership, NationalLabel, Term
from apps.rifc.models.releasing import ReleaseDecision, ReleaseRequest, ReleaseRequestDeskGrant
from apps.rifc.models.reports import NamedPerson, Paragraph, Report, ReportText, SharedReportDeskGrant, SourceReference
from apps.rifc.models.sending import ReadLog, Receipt
from apps.rifc.models.using import Balance, Flow, Use

__all__ = [
    "Balance",
    "Flow",
    "GradingScheme",
    "MouMembership",
    "NamedPerson",
    "NationalLabel",
    "Paragraph",
    "ReadLog",
    "Recall",
    "RecallAck",
    "Receipt",
    "ReleaseDecision",
    "ReleaseRequest",
    "ReleaseRequestDeskGrant",
    "Report",
    "ReportText",
    "SharedReportDeskGrant",
    "SourceReference",
    "Term",
    "Use",
]
