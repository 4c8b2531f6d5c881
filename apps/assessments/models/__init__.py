"""Records of joint threat assessments."""

from apps.assessments.models.assessments import (
    Assessment,
    AssessmentDeskGrant,
    Contribution,
    Member,
    Participant,
    Section,
)
from apps.assessments.models.judgements import Citation, Comment, Judgement, Outcome, Position, Signature
from apps.assessments.models.remarks import Remark

__all__ = [
    "Assessment",
    "AssessmentDeskGrant",
    "Citation",
    "Comment",
    "Contribution",
    "Judgement",
    "Member",
    "Outcome",
    "Participant",
    "Position",
    "Remark",
    "Section",
    "Signature",
]
