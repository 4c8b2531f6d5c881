"""Everything that oversight writes."""

from apps.oversight.actions.anchors import make_anchor
from apps.oversight.actions.cases import assess, close, end_leaver, explain, note_leaver, open_case, reopen

__all__ = ["assess", "close", "end_leaver", "explain", "make_anchor", "note_leaver", "open_case", "reopen"]
