"""Everything that changes persons and things, and what is said of them."""

from apps.entities.actions import comparing, drawing, listing, recording, taking_up, twins

__all__ = ["comparing", "drawing", "listing", "recording", "taking_up", "twins"]
