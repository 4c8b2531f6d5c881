"""What of the sharing of reports waits for a seat, for My work."""
