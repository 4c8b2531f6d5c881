"""What oversight keeps: anchors of the audit, cases of what looked unusual, who is about to leave."""

from apps.oversight.models.anchors import Anchor
from apps.oversight.models.cases import AnomalyRule, Case, CaseStep, Leaver

__all__ = ["Anchor", "AnomalyRule", "Case", "CaseStep", "Leaver"]
