"""What stands in collections, and what came in."""
