"""What leaves the project: facts with their sources, templates, reports with their sentences, and who cleared them."""

from apps.reports.models.clearances import Clearance, ClearanceDeskGrant
from apps.reports.models.facts import Fact, FactDeskGrant
from apps.reports.models.reports import (
    HandEdit,
    RenderedSentence,
    Report,
    ReportDeskGrant,
    ReportTemplate,
    Transmission,
)
from apps.reports.models.scores import ScoreComment, ScoreCommentDeskGrant

__all__ = [
    "Clearance",
    "ClearanceDeskGrant",
    "Fact",
    "FactDeskGrant",
    "HandEdit",
    "RenderedSentence",
    "Report",
    "ReportDeskGrant",
    "ReportTemplate",
    "ScoreComment",
    "ScoreCommentDeskGrant",
    "Transmission",
]
