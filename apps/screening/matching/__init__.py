"""Compare persons' records: a score kept as a ledger, side-by-side fields, and keys for candidate search.

Pure functions: no database, no clock, no settings. The same pair under the same MATCHER_VERSION has the same score.
"""

import sys

from .tables import COMPILED, PACKAGE

if COMPILED.is_dir():
    # this very version as machine code (see `apps.screening.compiling`): its modules come before those written here
    sys.path.append(str(COMPILED))
    __path__.insert(0, str(COMPILED.joinpath(*PACKAGE.parts[-3:])))

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
from .search_keys import GROWTH, LIST, STOP_AT, entry_keys, foremost, most_compared, probe_keys, ranks, stop_at
from .side_by_side import FieldComparison, compare_fields
from .spelling import read_tables

__all__ = [
    "GROWTH",
    "LIST",
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
    "likeness",
    "most_compared",
    "prepare",
    "probe_keys",
    "ranks",
    "read_tables",
    "stop_at",
]
