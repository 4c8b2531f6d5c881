"""What follows by itself. Importing declares it."""

from apps.taxii.listeners import following

__all__ = ["following"]
