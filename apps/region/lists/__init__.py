"""Tables of the register, as they are declared: participation, instruments, laws, indicators and initiatives."""

from apps.region.lists import indicators, initiatives, instruments, laws, participation

__all__ = ["indicators", "initiatives", "instruments", "laws", "participation"]
