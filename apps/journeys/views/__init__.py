"""Pages of holds on journeys."""
