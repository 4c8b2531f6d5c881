"""State actions as one reader may see them, and how they stand on a day."""
