"""Everything that oversight writes."""

from apps.oversight.actions.anchors import make_anchor
from apps.oversight.actions.cases import assess, close, end_leaver, explain, note_leaver, open_case, reopen
from apps.oversight.actions.openings import tell_owner
from apps.oversight.actions.walks import note_walk

__all__ = [
    "assess",
    "close",
    "end_leaver",
    "explain",
    "make_anchor",
    "note_leaver",
    "note_walk",
    "open_case",
    "reopen",
    "tell_owner",
]
