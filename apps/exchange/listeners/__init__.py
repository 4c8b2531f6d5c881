"""What follows by itself. Importing declares it."""

from apps.exchange.listeners import telling

__all__ = ["telling"]
