"""Everything that changes persons and things, and what is said of them."""

from apps.entities.actions import comparing, listing, recording, taking_up, twins

__all__ = ["comparing", "listing", "recording", "taking_up", "twins"]
