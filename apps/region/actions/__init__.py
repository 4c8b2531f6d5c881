"""Everything that changes the register."""

from apps.region.actions import indicators, instruments, laws, participation, parties

__all__ = ["indicators", "instruments", "laws", "participation", "parties"]
