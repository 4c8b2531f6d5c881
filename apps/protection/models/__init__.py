"""What data protection keeps: people's requests, and the dated registers of deadlines, levels, keeping and purposes."""

from apps.protection.models.registers import (
    ClassLevel,
    KeepingRule,
    Purpose,
    PurposeChange,
    PurposeChangeDeskGrant,
    RequestRule,
)
from apps.protection.models.requests import RequestSection, SubjectRequest, SubjectRequestDeskGrant

__all__ = [
    "ClassLevel",
    "KeepingRule",
    "Purpose",
    "PurposeChange",
    "PurposeChangeDeskGrant",
    "RequestRule",
    "RequestSection",
    "SubjectRequest",
    "SubjectRequestDeskGrant",
]
