"""What oversight keeps: anchors of the audit and walks over it, cases of what looked unusual, who leaves."""

from apps.oversight.models.anchors import Anchor
from apps.oversight.models.cases import AnomalyRule, Case, CaseStep, Leaver
from apps.oversight.models.openings import EmergencyOpening
from apps.oversight.models.walks import ChainWalk

__all__ = ["Anchor", "AnomalyRule", "Case", "CaseStep", "ChainWalk", "EmergencyOpening", "Leaver"]
