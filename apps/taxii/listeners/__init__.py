"""What follows by itself. Importing declares it."""

from apps.taxii.listeners import reports

__all__ = ["reports"]
