"""What follows by itself. Importing declares it."""

from apps.exchange.listeners import notifications

__all__ = ["notifications"]
