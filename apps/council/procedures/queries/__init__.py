"""Written procedures as one reader may see them."""
