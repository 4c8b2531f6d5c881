"""Everything that oversight writes."""

from apps.oversight.actions import audit_verbs
from apps.oversight.actions.anchors import make_anchor
from apps.oversight.actions.cases import (
    assess_conduct_case,
    close_conduct_case,
    end_leaver,
    explain_conduct_case,
    note_leaver,
    open_conduct_case,
    reopen_conduct_case,
)
from apps.oversight.actions.openings import tell_owner_of_opening
from apps.oversight.actions.walks import note_walk
from apps.oversight.actions.witnesses import (
    approve_witness,
    cosign_anchor,
    end_witness,
    miss_quorum,
    propose_witness,
    refuse_witness,
)

__all__ = [
    "approve_witness",
    "assess_conduct_case",
    "audit_verbs",
    "close_conduct_case",
    "cosign_anchor",
    "end_leaver",
    "end_witness",
    "explain_conduct_case",
    "make_anchor",
    "miss_quorum",
    "note_leaver",
    "note_walk",
    "open_conduct_case",
    "propose_witness",
    "refuse_witness",
    "reopen_conduct_case",
    "tell_owner_of_opening",
]
