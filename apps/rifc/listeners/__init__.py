"""What follows by itself. Importing declares it."""

from apps.rifc.listeners import notifications

__all__ = ["notifications"]
