"""The work plan as one reader may see it."""
