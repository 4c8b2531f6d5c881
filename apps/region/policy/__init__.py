"""May this actor? Pure functions over loaded columns, one module for each part of the register."""

from apps.region.policy import instruments, laws, participation
from apps.region.policy.register import is_clock, may_keep, reads_evidence

__all__ = ["instruments", "is_clock", "laws", "may_keep", "participation", "reads_evidence"]
