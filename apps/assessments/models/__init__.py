"""Records of joint threat assessments."""

from apps.assessments.models.assessments import (
    Assessment,
    AssessmentDeskGrant,
    Contribution,
    Member,
    Participant,
    Section,
)
from apps.assessments.models.judgements import Citation, Comment, Judgement, Position, Signature

__all__ = [
    "Assessment",
    "AssessmentDeskGrant",
    "Citation",
    "Comment",
    "Contribution",
    "Judgement",
    "Member",
    "Participant",
    "Position",
    "Section",
    "Signature",
]
