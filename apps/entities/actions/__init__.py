"""Everything that changes persons and things, and what is said of them."""

from apps.entities.actions import choosing, comparing, drawing, forgetting, listing, recording, taking_up, twins

__all__ = ["choosing", "comparing", "drawing", "forgetting", "listing", "recording", "taking_up", "twins"]
