"""What oversight keeps: anchors of the audit, their witnesses, walks over it, cases of what was unusual, leavers."""

from apps.oversight.models.anchors import Anchor
from apps.oversight.models.cases import AnomalyRule, Case, CaseStep, Leaver
from apps.oversight.models.openings import EmergencyOpening
from apps.oversight.models.walks import ChainWalk
from apps.oversight.models.witnesses import AnchorCosignature, MissedQuorum, QuorumRule, Witness

__all__ = [
    "Anchor",
    "AnchorCosignature",
    "AnomalyRule",
    "Case",
    "CaseStep",
    "ChainWalk",
    "EmergencyOpening",
    "Leaver",
    "MissedQuorum",
    "QuorumRule",
    "Witness",
]
