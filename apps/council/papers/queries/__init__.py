"""Papers as one reader may see them."""
