"""Targeting rules: what an officer may ask about a subject, read from JSON, told in words, and answered.

Pure functions: no database, no clock, no settings. A subject is a mapping from the facts of `facts.toml` to values,
whoever it is: a traveller, an applicant for a visa or a party of a cargo.
"""

from apps.screening.rules.language import (
    ASKS,
    DEEPEST,
    LARGEST,
    Ask,
    BadRule,
    Condition,
    Group,
    read_condition,
    written,
)

from .answers import explain, holds
from .facts import FACTS, Fact
from .sentences import sentence

__all__ = [
    "ASKS",
    "DEEPEST",
    "FACTS",
    "LARGEST",
    "Ask",
    "BadRule",
    "Condition",
    "Fact",
    "Group",
    "explain",
    "holds",
    "read_condition",
    "sentence",
    "written",
]
