"""What of the Council's records waits for a seat, for My work."""
