"""What follows by itself: a notice of what a saved search has found."""

from apps.search.listeners import telling

__all__ = ["telling"]
