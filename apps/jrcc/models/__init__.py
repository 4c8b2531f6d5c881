"""Hits, questions about them, and work that was begun anew."""

from apps.jrcc.models.hits import Hit, HitClock, HitDeskGrant, HitEscalation, HitReferral
from apps.jrcc.models.questions import HitQuestion, HitQuestionDeskGrant
from apps.jrcc.models.retries import Retry

__all__ = [
    "Hit",
    "HitClock",
    "HitDeskGrant",
    "HitEscalation",
    "HitQuestion",
    "HitQuestionDeskGrant",
    "HitReferral",
    "Retry",
]
