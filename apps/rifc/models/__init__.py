"""Reports that States share, and the lists that rule it."""

from apps.rifc.models.reference import GradingScheme, MouMembership, NationalLabel, Term

__all__ = ["GradingScheme", "MouMembership", "NationalLabel", "Term"]
