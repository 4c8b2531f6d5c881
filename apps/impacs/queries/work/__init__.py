"""What waits for a seat, for My work."""
