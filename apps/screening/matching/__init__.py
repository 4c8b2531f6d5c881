"""Compare persons' records: a score kept as a ledger, side-by-side fields, and keys for candidate search.

Pure functions: no database, no clock, no settings. The same pair under the same MATCHER_VERSION has the same score.
"""

from .errors import BadIdentity
from .identity import Identity, prepare
from .ledger import (
    MATCH_THRESHOLD,
    MATCHER_VERSION,
    REVIEW_THRESHOLD,
    Comparison,
    Evidence,
    compare,
)
from .search_keys import STOP_AT, entry_keys, foremost, probe_keys
from .side_by_side import FieldComparison, compare_fields
from .spelling import read_tables

__all__ = [
    "MATCHER_VERSION",
    "MATCH_THRESHOLD",
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
    "prepare",
    "probe_keys",
    "read_tables",
]
