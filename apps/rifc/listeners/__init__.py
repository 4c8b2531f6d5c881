"""What follows by itself. Importing declares it."""

from apps.rifc.listeners import telling

__all__ = ["telling"]
