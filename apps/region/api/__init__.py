"""Endpoints of the register (CONTRACT.md: participations, instruments, measures, indicators)."""
