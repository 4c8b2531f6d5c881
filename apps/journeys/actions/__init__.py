"""What changes journeys."""
