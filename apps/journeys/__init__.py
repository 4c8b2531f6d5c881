"""Flights and voyages, who carries them, and who is on board."""
