"""Whose work the registers of accounts, seats and reviews are."""

REGISTERS = frozenset({"administration", "oversight"})
"""The functions."""
