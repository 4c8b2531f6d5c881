"""Collections of journeys."""
