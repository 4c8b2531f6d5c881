"""What follows by itself: a notice of what a saved search has found."""

from apps.search.listeners import notifications

__all__ = ["notifications"]
