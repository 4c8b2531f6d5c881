"""Reports that States share, what happens to them, and the lists that rule it."""

from apps.rifc.models.recalls import Recall, RecallAck
from apps.rifc.models.reference import GradingScheme, MouMembership, NationalLabel, Term
from apps.rifc.models.release_requests import ReleaseDecision, ReleaseRequest, ReleaseRequestDeskGrant
from apps.rifc.models.reports import NamedPerson, Paragraph, Report, ReportText, SharedReportDeskGrant, SourceReference
from apps.rifc.models.sealed_texts import Opening, ReleasedShare, SealedShare, SealedText
from apps.rifc.models.shares import ReadLog, Receipt
from apps.rifc.models.uses import Balance, Flow, Use

__all__ = [
    "Balance",
    "Flow",
    "GradingScheme",
    "MouMembership",
    "NamedPerson",
    "NationalLabel",
    "Opening",
    "Paragraph",
    "ReadLog",
    "Recall",
    "RecallAck",
    "Receipt",
    "ReleaseDecision",
    "ReleaseRequest",
    "ReleaseRequestDeskGrant",
    "ReleasedShare",
    "Report",
    "ReportText",
    "SealedShare",
    "SealedText",
    "SharedReportDeskGrant",
    "SourceReference",
    "Term",
    "Use",
]
