"""Hits, and journeys as the watch sees them, in the API."""
