"""Everything that changes the register."""

from apps.region.actions import audit_verbs, indicators, instruments, laws, participation, parties

__all__ = ["audit_verbs", "indicators", "instruments", "laws", "participation", "parties"]
