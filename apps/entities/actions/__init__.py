"""Everything that changes persons and things, and what is said of them."""

from apps.entities.actions import (
    accepted_proposals,
    audit_verbs,
    chart_exports,
    deletions,
    disclosure_choices,
    duplicates,
    silent_hits,
    statements,
    watchlist_entries,
)

__all__ = [
    "accepted_proposals",
    "audit_verbs",
    "chart_exports",
    "deletions",
    "disclosure_choices",
    "duplicates",
    "silent_hits",
    "statements",
    "watchlist_entries",
]
