"""Everything that changes the records of the Council. Importing declares the actions."""

from apps.council.actions import (
    amending,
    confirming,
    contributions,
    declaring,
    drafting,
    sealing,
    voting,
)

__all__ = [
    "amending",
    "confirming",
    "contributions",
    "declaring",
    "drafting",
    "sealing",
    "voting",
]
