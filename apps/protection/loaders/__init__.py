"""What brings this app's reference data up to its seed files."""
