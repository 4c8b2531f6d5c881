"""Records, reports and the book of decisions as documents: from loaded rows to a description, without a query."""

from apps.council.rules.documents.book import book
from apps.council.rules.documents.decision import describe_decision, record_data
from apps.council.rules.documents.facts import DecisionFacts, MeetingFacts, RollLine, SittingFacts
from apps.council.rules.documents.meeting import report

__all__ = [
    "DecisionFacts",
    "MeetingFacts",
    "RollLine",
    "SittingFacts",
    "book",
    "describe_decision",
    "record_data",
    "report",
]
