"""Compare persons' records: a score kept as a ledger, side-by-side fields, and keys for candidate search.

Pure functions: no database, no clock, no settings. The same pair under the same MATCHER_VERSION has the same score.
"""

from . import machine_code  # noqa: F401 - before all others: it says whether they come as machine code
from .errors import BadIdentity
from .identity import Identity, prepare
from .ledger import (
    MATCH_THRESHOLD,
    MATCHER_VERSION,
    REVIEW_THRESHOLD,
    Comparison,
    Evidence,
    compare,
    likeness,
)
from .listed import ALONE, OTHER_NAME, is_by_document, judge, judge_answer, judged, says_something, shared_document
from .search_keys import GROWTH, LIST, STOP_AT, entry_keys, foremost, most_compared, probe_keys, ranks, stop_at
from .side_by_side import FieldComparison, compare_fields
from .spelling import read_tables

__all__ = [
    "ALONE",
    "GROWTH",
    "LIST",
    "MATCHER_VERSION",
    "MATCH_THRESHOLD",
    "OTHER_NAME",
    "REVIEW_THRESHOLD",
    "STOP_AT",
    "BadIdentity",
    "Comparison",
    "Evidence",
    "FieldComparison",
    "Identity",
    "compare",
    "compare_fields",
    "entry_keys",
    "foremost",
    "is_by_document",
    "judge",
    "judge_answer",
    "judged",
    "likeness",
    "most_compared",
    "prepare",
    "probe_keys",
    "ranks",
    "read_tables",
    "says_something",
    "shared_document",
    "stop_at",
]
