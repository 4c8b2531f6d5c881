"""Reads across what decisions ask of States and bodies."""
