"""Rules that come with the portal, and the demonstration."""
