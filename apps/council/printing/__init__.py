"""Records, reports and the book of decisions as documents: from loaded rows to a description, without a query."""

from apps.council.printing.book import book
from apps.council.printing.decision import record, record_data
from apps.council.printing.facts import DecisionFacts, MeetingFacts, RollLine, SittingFacts
from apps.council.printing.meeting import report

__all__ = [
    "DecisionFacts",
    "MeetingFacts",
    "RollLine",
    "SittingFacts",
    "book",
    "record",
    "record_data",
    "report",
]
