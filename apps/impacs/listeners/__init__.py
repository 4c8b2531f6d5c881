"""What follows by itself. Importing declares it."""

from apps.impacs.listeners import following

__all__ = ["following"]
